import { concat, fromBase64Url, fromHex, fromUtf8, toBase64Url, utf8 } from "../kernel/bytes.ts";

/** The key manifests are signed with: Ed25519 (RFC 8032). */
export interface SigningKey {
  id: string;
  /** 32 bytes. */
  seed: Uint8Array;
}

/** The public keys manifests are believed under, by id: several while the signing key is being changed. */
export type ManifestKeys = ReadonlyMap<string, Uint8Array>;

const KEY_BYTES = 32;
/** What stands before the seed in an Ed25519 private key's PKCS #8 form (RFC 8410 §7). */
const PKCS8_HEAD = fromHex("302e020100300506032b657004220420");
const NEWLINE = 0x0a;

/** The manifest's bytes, which hold no line break, and after one the key's id and the signature over them. */
export async function signManifest(manifest: Uint8Array, { id, seed }: SigningKey): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey("pkcs8", concat(PKCS8_HEAD, seed) as BufferSource, "Ed25519", false, ["sign"]);
  const signature = new Uint8Array(await crypto.subtle.sign("Ed25519", key, manifest as BufferSource));
  return concat(manifest, utf8(`\n${id} ${toBase64Url(signature)}`));
}

/** The manifest's own bytes. Throws RangeError unless a key we hold signed exactly them: then nothing of it may be believed. */
export async function verifyManifest(signed: Uint8Array, keys: ManifestKeys): Promise<Uint8Array> {
  const end = signed.lastIndexOf(NEWLINE);
  const manifest = signed.subarray(0, Math.max(0, end));
  const [id = "", signature = ""] = fromUtf8(signed.subarray(end + 1)).split(" ");
  const publicKey = keys.get(id);
  if (end < 0 || !publicKey) throw new RangeError("a manifest signed with no key of ours");
  const key = await crypto.subtle.importKey("raw", publicKey as BufferSource, "Ed25519", false, ["verify"]);
  const bytes = fromBase64Url(signature) as BufferSource;
  if (await crypto.subtle.verify("Ed25519", key, bytes, manifest as BufferSource)) return manifest;
  throw new RangeError("a manifest with a bad signature");
}

/** Reads `{"<id>": "<base64url seed>"}`, one key. Throws when it is anything else, without quoting it. */
export function parseSigningKey(text: string): SigningKey {
  const [key, ...others] = parseKeys(text, "MANIFEST_KEY");
  if (others.length > 0) throw new Error("MANIFEST_KEY must hold one key");
  return { id: key![0], seed: key![1] };
}

/** Reads `{"<id>": "<base64url public key>"}`. Throws when it is anything else. */
export const parseManifestKeys = (text: string): ManifestKeys => parseKeys(text, "MANIFEST_PUBLIC_KEYS");

function parseKeys(text: string, name: string): Map<string, Uint8Array> {
  try {
    const keys = Object.entries(JSON.parse(text) as Record<string, string>).map(([id, key]) => [id, fromBase64Url(key)] as const);
    if (keys.length > 0 && keys.every(([id, key]) => /^\w+$/.test(id) && key.length === KEY_BYTES)) return new Map(keys);
  } catch {
    // The parser's own message would quote the secret.
  }
  throw new Error(`${name} must be a JSON object, id to base64url key of ${KEY_BYTES} bytes`);
}
