/** A published set of any size, drawn as shards directly: filling Register with it would take hours and measure nothing else. */
import { randomBytes } from "node:crypto";
import type { Pseudonym } from "../../bst/kinds.ts";
import type { ManifestRef } from "../../check/feed.ts";
import { contentHash, encodeManifest, type ShardSet } from "../../snapshot/manifest.ts";
import { rowOf, type ShardBits, shardBitsFor } from "../../snapshot/row.ts";
import { encodeShard, Shard } from "../../snapshot/shard.ts";
import { type SigningKey, signManifest } from "../../snapshot/signature.ts";

export const LOG_ID = "bench";
/** Excluded people remembered, over all shards alike, to be asked about. */
const SAMPLE = 20_480;

export interface LargeSet {
  rows: number;
  shardBits: ShardBits;
  /** What the shards weigh together, bytes. */
  bytes: number;
  published: ShardSet;
  manifest: ManifestRef;
  /** The manifest and the shards under their hashes. */
  blobs: Map<string, Uint8Array>;
  sample: readonly Pseudonym[];
  has(p: Pseudonym): boolean;
  /** Each shard's pseudonyms in ascending order, 16 bytes after 16 bytes. */
  members(): Generator<Uint8Array>;
}

export async function drawSet(rows: number, key: SigningKey): Promise<LargeSet> {
  const shardBits = shardBitsFor(rows);
  const width = 2 ** shardBits;
  const blobs = new Map<string, Uint8Array>();
  const [hashes, shards, sample]: [string[], Shard[], Pseudonym[]] = [[], [], []];
  for (let shard = 0; shard < width; shard++) {
    const members = drawMembers(shard, shardBits, shareOf(rows, width, shard));
    const bytes = encodeShard(shard, shardBits, members);
    hashes.push(await contentHash(bytes));
    blobs.set(hashes[shard]!, bytes);
    shards.push(new Shard(bytes));
    sample.push(...pick(members, SAMPLE / width));
  }
  const bytes = shards.reduce((sum, shard) => sum + shard.bytes, 0);
  const published = { rootEpoch: 0, shardBits, shards: hashes };
  const manifest = await publishAs({ published, blobs }, key, LOG_ID, 1);
  const has = (p: Pseudonym): boolean => {
    const row = rowOf(p, shardBits);
    return shards[row.shard]!.has(row.high, row.low);
  };
  function* members(): Generator<Uint8Array> {
    for (const [shard, name] of hashes.entries()) yield membersOf(shard, shardBits, blobs.get(name)!);
  }
  return { rows, shardBits, bytes, published, manifest, blobs, sample, has, members };
}

/** Signs the set as a snapshot of some log, which is said to hold it up to row `sequence`. */
export async function publishAs({ published, blobs }: Pick<LargeSet, "published" | "blobs">, key: SigningKey, logId: string, sequence: number): Promise<ManifestRef> {
  const manifest = await signManifest(encodeManifest({ logId, sequence, sets: [published] }), key);
  const hash = await contentHash(manifest);
  blobs.set(hash, manifest);
  return { hash, sequence };
}

const shareOf = (rows: number, width: number, at: number): number => Math.floor(((at + 1) * rows) / width) - Math.floor((at * rows) / width);

function drawMembers(shard: number, shardBits: ShardBits, rows: number): Pseudonym[] {
  const drawn = randomBytes(8 * rows);
  const values = new BigUint64Array(drawn.buffer.slice(drawn.byteOffset, drawn.byteOffset + drawn.length)).toSorted();
  return Array.from(values, (value) => pseudonymOf(shard, shardBits, value));
}

/** The pseudonym of a row, with zeros where a row holds nothing. */
function pseudonymOf(shard: number, shardBits: ShardBits, row: bigint): Pseudonym {
  const p = new Uint8Array(16);
  const view = new DataView(p.buffer);
  view.setBigUint64(0, (BigInt(shard) << BigInt(64 - shardBits)) | (row >> BigInt(shardBits)));
  view.setBigUint64(8, row << BigInt(64 - shardBits));
  return p;
}

function membersOf(shard: number, shardBits: ShardBits, bytes: Uint8Array): Uint8Array {
  const HEADER = 16;
  const view = new DataView(bytes.buffer, bytes.byteOffset + HEADER);
  const rows = (bytes.length - HEADER) / 8;
  const members = new Uint8Array(16 * rows);
  for (let at = 0; at < rows; at++) {
    const row = (BigInt(view.getUint32(8 * at, true)) << 32n) | BigInt(view.getUint32(8 * at + 4, true));
    members.set(pseudonymOf(shard, shardBits, row), 16 * at);
  }
  return members;
}

/** At most so many, evenly spaced. */
function pick<T>(from: readonly T[], most: number): T[] {
  const wanted = Math.min(Math.ceil(most), from.length);
  return Array.from({ length: wanted }, (_, at) => from[Math.floor((at * from.length) / wanted)]!);
}
