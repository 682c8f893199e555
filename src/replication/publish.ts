import { contentHash, encodeManifest, type Manifest, type ShardSet } from "../snapshot/manifest.ts";
import { type SigningKey, signManifest } from "../snapshot/signature.ts";
import { shardBitsFor, shardStart } from "../snapshot/row.ts";
import { encodeShard } from "../snapshot/shard.ts";
import type { ManifestRef } from "../check/feed.ts";
import type { ObjectDatabase } from "../objects/database.ts";
import { countMembers, membersBetween, readPosition, readPublication, rootEpochs, writePublication } from "./store.ts";

/** Where published bytes go: content-addressed, so that writing one twice is the same as once. */
export type PutBlob = (hash: string, bytes: Uint8Array) => Promise<void>;

/**
 * Writes the set as shards, those whose bytes changed since the last publication, and their manifest.
 * Answers what to announce; null when there is nothing new to publish.
 */
export async function publish(database: ObjectDatabase, put: PutBlob, key: SigningKey): Promise<ManifestRef | null> {
  const last = readPublication(database);
  const { sets, logId, sequence, blobs } = await encodeSets(database);
  if (blobs.size === 0 || sequence === last?.ref.sequence) return null;
  const known = new Set(last?.shards);
  for (const [hash, bytes] of blobs) if (!known.has(hash)) await put(hash, bytes);
  const manifest = await signManifest(encodeManifest({ logId, sequence, sets }), key);
  const ref = { hash: await contentHash(manifest), sequence };
  await put(ref.hash, manifest);
  writePublication(database, ref, [...blobs.keys()]);
  return ref;
}

type EncodedSets = Manifest & { blobs: Map<string, Uint8Array> };

/** The rows are read before the first await, so that all shards are of one moment. */
async function encodeSets(database: ObjectDatabase): Promise<EncodedSets> {
  const { logId, seq } = readPosition(database) ?? { logId: "", seq: 0 };
  const encoded = rootEpochs(database).map((rootEpoch) => encodeSet(database, rootEpoch));
  const blobs = new Map<string, Uint8Array>();
  const sets: ShardSet[] = [];
  for (const { rootEpoch, shardBits, shards } of encoded) {
    const hashes: (string | null)[] = [];
    for (const bytes of shards) {
      const hash = bytes && (await contentHash(bytes));
      if (hash) blobs.set(hash, bytes);
      hashes.push(hash);
    }
    sets.push({ rootEpoch, shardBits, shards: hashes });
  }
  return { logId, sequence: seq, sets, blobs };
}

function encodeSet(database: ObjectDatabase, rootEpoch: number) {
  const shardBits = shardBitsFor(countMembers(database, rootEpoch));
  const count = 2 ** shardBits;
  const shards = Array.from({ length: count }, (_, shard) => {
    const end = shard + 1 < count ? shardStart(shard + 1, shardBits) : null;
    const rows = membersBetween(database, rootEpoch, shardStart(shard, shardBits), end);
    return rows.length > 0 ? encodeShard(shard, shardBits, rows) : null;
  });
  return { rootEpoch, shardBits, shards };
}
