import { equalBytes } from "../../kernel/bytes.ts";
import { type Tile, TILE_WIDTH, tilePath } from "../../tlog/tiles.ts";
import { Halted } from "./halted.ts";

/** What is there under a key, and by what it is told from what may take its place. */
export interface Found {
  bytes: Uint8Array;
  etag: string;
}

/** The log's bucket. Every call has a deadline and throws when it passes; what was put may then be there all the same. */
export interface LogBucket {
  /** Writes unless something is there; answers whether it did. */
  putNew(key: string, bytes: Uint8Array): Promise<boolean>;
  get(key: string): Promise<Found | null>;
  /** Writes in the place of what has this etag, or where null says that nothing is; answers the new etag, null when something else is there. */
  replace(key: string, bytes: Uint8Array, etag: string | null): Promise<string | null>;
}

/** The published checkpoint: the one object that ever changes. */
export const CHECKPOINT = "checkpoint";

/** Kept under a lock, for ever. */
const FULL = "full";
/** Thrown away after some days: a full one took its place, or a wider one. */
const PARTIAL = "partial";

/** Which log it is that lives here: put before its first entry. */
export const GENESIS = `${FULL}/genesis`;

export const tileKey = (tile: Tile): string => `${tile.width === TILE_WIDTH ? FULL : PARTIAL}/${tilePath(tile)}`;

/** The ids of a span's entries, one after the other. */
export const idsKey = (span: number): string => `${FULL}/ids/${span}`;

/** Puts what can be nothing else: what is there already must be the same. Throws Halted when it is not. */
export async function putForGood(bucket: LogBucket, key: string, bytes: Uint8Array): Promise<void> {
  if (await bucket.putNew(key, bytes)) return;
  const there = await bucket.get(key);
  if (!there) throw new Error(`${key} can be neither written nor read`);
  if (!equalBytes(there.bytes, bytes)) throw new Halted(`${key} is another's`);
}

/** What must be there. Throws when it is not. */
export async function getBytes(bucket: LogBucket, key: string): Promise<Uint8Array> {
  const found = await bucket.get(key);
  if (!found) throw new Error(`${key} is not in the bucket`);
  return found.bytes;
}
