import { sha256 } from "@noble/hashes/sha2.js";
import { toBase64, toBase64Url, utf8 } from "../kernel/bytes.ts";
import { type BareItem, parseInnerLists, type StringItem } from "../kernel/structured-field.ts";
import type { Refusal } from "./refusal.ts";

/*
 * HTTP message signatures (RFC 9421) over answers: with one, an operator can prove to anybody what it was told and what it
 * had asked. A signature that cannot be given exactly as it was asked for is refused, never given otherwise.
 */

/** What makes a signature ours and one over an answer: no signature with another tag is ever made with these keys. */
const ANSWER_TAG = "nser-answer";
const ALGORITHM = "ed25519";

/** Without these a signature would not say what was answered to what. */
const REQUIRED = ['"@status"', '"content-digest"', '"content-digest";req'];
const OFFERED = [...REQUIRED, '"@method";req', '"@path";req'];

const NONCE = /^[\w+/=.:~-]{1,128}$/;

/** The one signature that was asked for. */
export interface SignatureRequest {
  label: string;
  /** Component identifiers as the signature base has them. */
  components: string[];
  nonce: string | undefined;
}

/** Reads Accept-Signature (RFC 9421 §5.1): one signature, of what is offered, by the key that signs now. */
export function readSignatureRequest(field: string, keyId: string): { ok: true; request: SignatureRequest } | Refusal {
  const [member, ...others] = parseInnerLists(field) ?? [];
  if (!member) return unsupported("Accept-Signature must be a dictionary of lists of strings (RFC 9421 §5.1)");
  if (others.length > 0) return unsupported("one signature can be asked for at a time");
  const [label, { items, parameters }] = member;
  const components = items.map(identifierOf);
  const strange = components.find((component, at) => !OFFERED.includes(component) || components.indexOf(component) !== at);
  if (strange) return unsupported(`the component ${strange} is not offered, or asked for twice; offered are ${OFFERED.join(" ")}`);
  const missing = REQUIRED.find((component) => !components.includes(component));
  if (missing) return unsupported(`the component ${missing} must be asked for`);
  const refused = [...parameters].find(([name, value]) => !isHonoured(name, value, keyId));
  if (refused) return unsupported(`the parameter ${refused[0]} cannot be honoured with the value that was asked for`);
  return { ok: true, request: { label, components, nonce: parameters.get("nonce") as string | undefined } };
}

const unsupported = (detail: string): Refusal => ({ ok: false, problem: "signature-unsupported", detail });

const identifierOf = ({ value, parameters }: StringItem): string =>
  [JSON.stringify(value), ...[...parameters].map(([name, set]) => (set === true ? name : `${name}=${JSON.stringify(set)}`))].join(";");

function isHonoured(name: string, value: BareItem, keyId: string): boolean {
  if (name === "created") return value === true;
  if (name === "nonce") return typeof value === "string" && NONCE.test(value);
  return value === { alg: ALGORITHM, keyid: keyId, tag: ANSWER_TAG }[name];
}

/** The signature's parameters as Signature-Input carries them. `created` is in seconds since the Unix epoch. */
export function signatureParameters({ components, nonce }: SignatureRequest, created: number, keyId: string): string {
  const parameters = `(${components.join(" ")});created=${created};keyid="${keyId}";alg="${ALGORITHM}";tag="${ANSWER_TAG}"`;
  return nonce === undefined ? parameters : `${parameters};nonce="${nonce}"`;
}

/** What is signed (RFC 9421 §2.5). Throws RangeError when a component has no value. */
export function signatureBase(components: readonly string[], values: Readonly<Record<string, string>>, parameters: string): string {
  const lines = components.map((component) => {
    if (values[component] === undefined) throw new RangeError(`no value for ${component}`);
    return `${component}: ${values[component]}\n`;
  });
  return `${lines.join("")}"@signature-params": ${parameters}`;
}

/** A SHA-256 as Content-Digest writes it (RFC 9530). */
export const contentDigest = (hash: Uint8Array): string => `sha-256=:${toBase64(hash)}:`;

/** A public key as its directory lists it. */
export interface AnswerJwk {
  kty: "OKP";
  crv: "Ed25519";
  x: string;
  kid: string;
  use: "sig";
}

/** The key as a JWK (RFC 8037) under its thumbprint (RFC 7638): what `keyid` names. */
export function answerJwk(publicKey: Uint8Array): AnswerJwk {
  const x = toBase64Url(publicKey);
  const kid = toBase64Url(sha256(utf8(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`)));
  return { kty: "OKP", crv: "Ed25519", x, kid, use: "sig" };
}
