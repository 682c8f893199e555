import { concat, fromBase64Url, fromHex } from "./bytes.ts";

/** A private Ed25519 key (RFC 8032) as configuration holds it. */
export interface SigningKey {
  id: string;
  /** 32 bytes. */
  seed: Uint8Array;
}

/** Public Ed25519 keys by their id: several while the signing key is being changed. */
export type PublicKeys = ReadonlyMap<string, Uint8Array>;

const KEY_BYTES = 32;
/** What stands before the seed in an Ed25519 private key's PKCS #8 form (RFC 8410 §7). */
const PKCS8_HEAD = fromHex("302e020100300506032b657004220420");

export const importSigningKey = (seed: Uint8Array): Promise<CryptoKey> =>
  crypto.subtle.importKey("pkcs8", concat(PKCS8_HEAD, seed) as BufferSource, "Ed25519", false, ["sign"]);

export const importPublicKey = (key: Uint8Array): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", key as BufferSource, "Ed25519", false, ["verify"]);

/** The 32 bytes of the public half. */
export async function publicKeyOf(seed: Uint8Array): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey("pkcs8", concat(PKCS8_HEAD, seed) as BufferSource, "Ed25519", true, ["sign"]);
  const { x } = (await crypto.subtle.exportKey("jwk", key)) as { x: string };
  return fromBase64Url(x);
}

/** Reads `{"<id>": "<base64url seed>"}`, one key. Throws, naming the variable, when it is anything else; never quotes it. */
export function parseSigningKey(text: string, name: string): SigningKey {
  const [key, ...others] = parseKeys(text, name);
  if (others.length > 0) throw new Error(`${name} must hold one key`);
  return { id: key![0], seed: key![1] };
}

/** Reads `{"<id>": "<base64url key of 32 bytes>"}`. Throws, naming the variable, when it is anything else. */
export function parseKeys(text: string, name: string): PublicKeys {
  try {
    const keys = Object.entries(JSON.parse(text) as Record<string, string>).map(([id, key]) => [id, fromBase64Url(key)] as const);
    if (keys.length > 0 && keys.every(([id, key]) => /^\w+$/.test(id) && key.length === KEY_BYTES)) return new Map(keys);
  } catch {
    // The parser's own message would quote the secret.
  }
  throw new Error(`${name} must be a JSON object, id to base64url key of ${KEY_BYTES} bytes`);
}
