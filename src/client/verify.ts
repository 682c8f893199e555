/**
 * Verifies a signed answer (RFC 9421, Ed25519) with nothing but WebCrypto: at once, or years later and offline, from what
 * was kept of it and the register's published keys.
 */

/** What is kept of a signed answer, all of it text: whoever holds it and the keys can verify what was asked and answered. */
export interface SignedAnswer {
  method: string;
  /** Without the query. */
  path: string;
  requestBody: string;
  status: number;
  answerBody: string;
  /** The headers Signature-Input and Signature. */
  signatureInput: string;
  signature: string;
}

/** The register's keys, as `/.well-known/http-message-signatures-directory` lists them. */
export interface Jwks {
  keys: { kty: string; crv: string; x: string; kid: string }[];
}

/** The answer is not proven: it may be anybody's. It must be read as no answer. */
export class SignatureError extends Error {
  override readonly name = "SignatureError";
}

const COMPONENTS = '("@status" "content-digest" "content-digest";req "@method";req "@path";req)';

/** The Accept-Signature whose answer `verifyAnswer` verifies. */
export const ACCEPT_SIGNATURE = `sig=${COMPONENTS};created;alg="ed25519";tag="nser-answer"`;

/** The one form that is believed; its algorithm is not a choice. */
const INPUT = /^sig=((\([^()]*\));created=(\d{1,11});keyid="([\w-]{43})";alg="ed25519";tag="nser-answer")$/;
const SIGNATURE = /^sig=:([A-Za-z0-9+/]{86}==):$/;

const encoder = new TextEncoder();
const base64 = (bytes: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(bytes)));

/** A body's Content-Digest (RFC 9530). */
export const digestOf = async (body: string | Uint8Array<ArrayBuffer>): Promise<string> =>
  `sha-256=:${base64(await crypto.subtle.digest("SHA-256", typeof body === "string" ? encoder.encode(body) : body))}:`;

/** When and with which key the answer was signed. Throws SignatureError unless a published key signed exactly this. */
export async function verifyAnswer(answer: SignedAnswer, { keys }: Jwks): Promise<{ keyId: string; created: Date }> {
  const [, parameters, components, created, keyId] = INPUT.exec(answer.signatureInput) ?? [];
  const [, signature] = SIGNATURE.exec(answer.signature) ?? [];
  if (components !== COMPONENTS || !signature) throw new SignatureError("not the signature that was asked for");
  const key = keys.find(({ kid, kty, crv }) => kid === keyId && kty === "OKP" && crv === "Ed25519");
  if (!key) throw new SignatureError("signed with a key that is not published");
  const base = [
    `"@status": ${answer.status}`,
    `"content-digest": ${await digestOf(answer.answerBody)}`,
    `"content-digest";req: ${await digestOf(answer.requestBody)}`,
    `"@method";req: ${answer.method}`,
    `"@path";req: ${answer.path}`,
    `"@signature-params": ${parameters}`,
  ].join("\n");
  const imported = await crypto.subtle.importKey("jwk", { kty: "OKP", crv: "Ed25519", x: key.x }, "Ed25519", false, ["verify"]);
  const bytes = Uint8Array.from(atob(signature), (char) => char.charCodeAt(0));
  if (!(await crypto.subtle.verify("Ed25519", imported, bytes, encoder.encode(base)))) throw new SignatureError("the signature is of something else");
  return { keyId: keyId!, created: new Date(Number(created) * 1_000) };
}
