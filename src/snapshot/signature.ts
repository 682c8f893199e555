import { concat, fromBase64Url, fromUtf8, toBase64Url, utf8 } from "../kernel/bytes.ts";
import * as ed25519 from "../kernel/ed25519.ts";

/** The key manifests are signed with. */
export type SigningKey = ed25519.SigningKey;

/** The public keys manifests are believed under. */
export type ManifestKeys = ed25519.PublicKeys;

const NEWLINE = 0x0a;

/** The manifest's bytes, which hold no line break, and after one the key's id and the signature over them. */
export async function signManifest(manifest: Uint8Array, { id, seed }: SigningKey): Promise<Uint8Array> {
  const key = await ed25519.importSigningKey(seed);
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
  const key = await ed25519.importPublicKey(publicKey);
  const bytes = fromBase64Url(signature) as BufferSource;
  if (await crypto.subtle.verify("Ed25519", key, bytes, manifest as BufferSource)) return manifest;
  throw new RangeError("a manifest with a bad signature");
}

/** Reads MANIFEST_KEY. Throws when it is not one key. */
export const parseSigningKey = (text: string): SigningKey => ed25519.parseSigningKey(text, "MANIFEST_KEY");

/** Reads MANIFEST_PUBLIC_KEYS. Throws when it is anything else. */
export const parseManifestKeys = (text: string): ManifestKeys => ed25519.parseKeys(text, "MANIFEST_PUBLIC_KEYS");
