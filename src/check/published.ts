import { contentHash, decodeManifest, type Manifest } from "../snapshot/manifest.ts";
import { type ManifestKeys, verifyManifest } from "../snapshot/signature.ts";
import type { ManifestRef } from "./feed.ts";

/** Published bytes under their SHA-256 in hexadecimal; null when they are not to be had now. */
export type BlobStore = (hash: string) => Promise<Uint8Array | null>;

/** Published bytes, believed only under their own hash. Throws when they are not to be had or damaged: another time may do. */
export async function readBlob(blobs: BlobStore, hash: string): Promise<Uint8Array> {
  const bytes = await blobs(hash);
  if (!bytes) throw new Error("a published blob is not to be had");
  if ((await contentHash(bytes)) !== hash) throw new Error("a published blob is damaged");
  return bytes;
}

/**
 * The manifest the log announced. Throws RangeError, for good, when no key of ours signed it or when it is of another
 * log or sequence than was announced: whoever could write to the store could else replay an older set.
 */
export async function readManifest(blobs: BlobStore, keys: ManifestKeys, { hash, sequence }: ManifestRef, logId: string): Promise<Manifest> {
  const manifest = decodeManifest(await verifyManifest(await readBlob(blobs, hash), keys));
  if (manifest.logId !== logId) throw new RangeError("a manifest of another log");
  if (manifest.sequence !== sequence) throw new RangeError("a manifest of another sequence than was announced");
  return manifest;
}
