import type { ManifestRef } from "../check/feed.ts";
import { DAY, type Instant } from "../kernel/clock.ts";
import type { ObjectDatabase } from "../objects/database.ts";
import { contentHash, encodeManifest } from "../snapshot/manifest.ts";
import { shardBitsFor, shardStart } from "../snapshot/row.ts";
import { encodeShard } from "../snapshot/shard.ts";
import { type SigningKey, signManifest } from "../snapshot/signature.ts";
import * as publication from "./publication.ts";
import { estimateMembers, lastSetChange, membersBetween, readPosition, rootEpochs } from "./store.ts";

/** Where published bytes go: content-addressed, so that writing one twice is the same as once. */
export interface BlobHome {
  put(hash: string, bytes: Uint8Array): Promise<void>;
  delete(hashes: string[]): Promise<void>;
}

export interface Publisher {
  database: ObjectDatabase;
  home: BlobHome;
  key: SigningKey;
}

/** What one step reads: about 20 ms and 2 MB. */
const ROWS_A_STEP = 25_000;
const MAX_SHARDS_A_STEP = 64;
/** An isolate that has not heard of a newer snapshot by then has long been cold. */
const UNUSED_FOR_MS = DAY;
const DELETES_A_STEP = 100;

/**
 * Whether the set changed since it was last published, or never was and its rows do not reach back to the beginning, and
 * nothing is being published.
 */
export function isPublicationDue(database: ObjectDatabase): boolean {
  const last = publication.readPublication(database);
  if (last && last.state !== "announced") return false;
  if (!last && (readPosition(database)?.from ?? 1) > 1) return true;
  return lastSetChange(database) > (last?.sequence ?? 0);
}

/**
 * Does the next step of a publication; answers true when another is to follow, false when every byte is written.
 * Rows may change between steps and the object may be lost after any: each shard holds the set as it was when the
 * publication began or later, which the log's rows since then make whole; so the manifest's sequence is the beginning's.
 */
export async function publishStep({ database, home, key }: Publisher): Promise<boolean> {
  const position = readPosition(database);
  if (!position) return false;
  if (isPublicationDue(database)) publication.beginPublication(database, position.seq, plan(database));
  const current = publication.readPublication(database);
  if (current?.state !== "writing") return false;
  for (const set of current.plan) if (await writeShards(database, home, set)) return true;
  const sets = current.plan.map(({ rootEpoch, shardBits }) => ({ rootEpoch, shardBits, shards: publication.writtenShards(database, rootEpoch) }));
  const manifest = await signManifest(encodeManifest({ logId: position.logId, sequence: current.sequence, sets }), key);
  const ref = { hash: await contentHash(manifest), sequence: current.sequence };
  await write(database, home, ref.hash, manifest);
  publication.settle(database, ref);
  return false;
}

const plan = (database: ObjectDatabase): publication.PlannedSet[] =>
  rootEpochs(database).map((rootEpoch) => {
    const rows = estimateMembers(database, rootEpoch);
    const shardBits = shardBitsFor(rows);
    const rowsAShard = Math.max(1, rows / 2 ** shardBits);
    return { rootEpoch, shardBits, shardsAStep: Math.min(MAX_SHARDS_A_STEP, Math.ceil(ROWS_A_STEP / rowsAShard)) };
  });

/** Writes the set's next shards; answers false when it has them all. The rows of one shard are read at one moment. */
async function writeShards(database: ObjectDatabase, home: BlobHome, { rootEpoch, shardBits, shardsAStep }: publication.PlannedSet): Promise<boolean> {
  const from = publication.writtenShards(database, rootEpoch).length;
  const count = 2 ** shardBits;
  const written: { rootEpoch: number; shard: number; hash: string | null }[] = [];
  for (let shard = from; shard < Math.min(from + shardsAStep, count); shard++) {
    const end = shard + 1 < count ? shardStart(shard + 1, shardBits) : null;
    const members = membersBetween(database, rootEpoch, shardStart(shard, shardBits), end);
    const bytes = members.length > 0 ? encodeShard(shard, shardBits, members) : null;
    const hash = bytes && (await contentHash(bytes));
    if (hash) await write(database, home, hash, bytes);
    written.push({ rootEpoch, shard, hash });
  }
  publication.addShards(database, written);
  return written.length > 0;
}

async function write(database: ObjectDatabase, home: BlobHome, hash: string, bytes: Uint8Array): Promise<void> {
  if (!publication.needBlob(database, hash)) return;
  await home.put(hash, bytes);
  publication.blobWritten(database, hash);
}

/** Announces what has settled. */
export async function announce(database: ObjectDatabase, tell: (ref: ManifestRef) => Promise<void>, now: Instant): Promise<void> {
  const current = publication.readPublication(database);
  if (current?.state !== "settling" || !current.manifest) return;
  await tell({ hash: current.manifest, sequence: current.sequence });
  publication.announced(database, current.manifest, now);
}

/** Deletes what no announced snapshot has needed for a day; answers when to look again, null when nothing waits. */
export async function sweep({ database, home }: Publisher, now: Instant): Promise<Instant | null> {
  const hashes = publication.unusedBlobs(database, now - UNUSED_FOR_MS, DELETES_A_STEP);
  if (hashes.length > 0) {
    await home.delete(hashes);
    publication.forgetBlobs(database, hashes);
  }
  const next = publication.unusedSince(database);
  return next === null ? null : Math.max(now, next + UNUSED_FOR_MS);
}
