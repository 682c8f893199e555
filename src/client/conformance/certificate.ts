/** A recorded run's certificate: a signed note (<https://c2sp.org/signed-note>, Ed25519) that anybody verifies offline with nothing but WebCrypto. */

export interface Certificate {
  operator: string;
  run: string;
  kit: string;
  /** How many scenarios, and the hash of their table. All of them passed: there is no certificate otherwise. */
  scenarios: number;
  hash: string;
  began: Date;
  ended: Date;
  /** Checks of test persons that the edge answered to the operator's test keys meanwhile; null: it is not proven that it was asked. */
  testChecks: number | null;
}

/** It is not what the key's holder signed, or no certificate: nothing of it may be believed. */
export class CertificateError extends Error {
  override readonly name = "CertificateError";
}

const FIRST = "nser-conformance/v1";
const UNPROVEN = "unproven";
const FORM = new RegExp([
  `^${FIRST}`, "operator ([a-z0-9]{4,32})", "run ([0-9a-f-]{36})", "kit ([\\d.]{5,20})", "scenarios (\\d{1,4}) ([0-9a-f]{64})",
  "began (\\S{20,24})", "ended (\\S{20,24})", `test-checks (\\d{1,9}|${UNPROVEN})`, "$",
].join("\n"));

/** The text that is signed. */
export const certificateText = ({ operator, run, kit, scenarios, hash, began, ended, testChecks }: Certificate): string => [
  FIRST, `operator ${operator}`, `run ${run}`, `kit ${kit}`, `scenarios ${scenarios} ${hash}`,
  `began ${began.toISOString()}`, `ended ${ended.toISOString()}`, `test-checks ${testChecks ?? UNPROVEN}`, "",
].join("\n");

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

interface Key {
  name: string;
  id: string;
  bytes: Uint8Array;
}

/** Reads `<name>+<id>+<base64 of type and key>`, as `GET /v1/conformance/key` shows it. The id must be the key's own. */
async function readKey(text: string): Promise<Key> {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(text.trim()) ?? [];
  const typed = bytesOf(encoded ?? "");
  if (name === undefined || typed[0] !== 1) throw new CertificateError("the key is no verifier key of Ed25519");
  const named = new TextEncoder().encode(`${name}\n`);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.of(...named, ...typed)));
  if (hexOf(hash.subarray(0, 4)) !== id) throw new CertificateError("the key's id is not its own");
  return { name, id, bytes: typed.slice(1) };
}

/** What the certificate says. Throws CertificateError unless the key signed exactly this; `key` is the published one, never one that came with it. */
export async function verifyCertificate(note: string, key: string): Promise<Certificate> {
  const { name, id, bytes } = await readKey(key);
  const [, text = "", signatures = ""] = /^([^]*\n)\n((?:— [^\n]+\n)+)$/.exec(note) ?? [];
  const lines = signatures.split("\n").map((line) => line.split(" "));
  const [, , encoded] = lines.find(([, by, value]) => by === name && /^[A-Za-z0-9+/]{91}=$/.test(value ?? "") && hexOf(bytesOf(value!).subarray(0, 4)) === id) ?? [];
  if (encoded === undefined) throw new CertificateError("it is not signed with this key");
  const imported = await crypto.subtle.importKey("raw", bytes as BufferSource, "Ed25519", false, ["verify"]);
  if (!(await crypto.subtle.verify("Ed25519", imported, bytesOf(encoded).slice(4) as BufferSource, new TextEncoder().encode(text)))) throw new CertificateError("the signature is of something else");
  return readCertificate(text);
}

function readCertificate(text: string): Certificate {
  const [, operator, run, kit, scenarios, hash, began, ended, checks] = FORM.exec(text) ?? [];
  if (operator === undefined) throw new CertificateError("it is no certificate that is known here");
  return {
    operator, run: run!, kit: kit!, scenarios: Number(scenarios), hash: hash!, began: new Date(began!), ended: new Date(ended!), testChecks: checks === UNPROVEN ? null : Number(checks),
  };
}
