/** An outsider's look at the log: everything is derived anew from its leaves, and each published byte compared. */
import { type Leaf, readLeaf } from "../../src/audit/entry.ts";
import { concat, equalBytes, fromUtf8 } from "../../src/kernel/bytes.ts";
import { decodeBundle } from "../../src/tlog/entries.ts";
import { type Hash, leafHash, rootOf } from "../../src/tlog/merkle.ts";
import { openCheckpoint } from "../../src/tlog/open-checkpoint.ts";
import type { Policy } from "../../src/tlog/policy.ts";
import { newBundles, newTiles, TILE_WIDTH, tilePath } from "../../src/tlog/tiles.ts";

/** What stands under a path of the log's public address (`checkpoint`, `tile/0/000`); null when there is nothing. */
export type ReadLog = (path: string) => Promise<Uint8Array | null>;

export interface CheckedLog {
  size: number;
  root: Hash;
  /** In their places. */
  leaves: Leaf[];
}

async function mustRead(read: ReadLog, path: string): Promise<Uint8Array> {
  const bytes = await read(path);
  if (!bytes) throw new Error(`${path} is missing`);
  return bytes;
}

/** Throws an Error that names the first doubt there is. */
export async function checkLog(read: ReadLog, policy: Policy): Promise<CheckedLog> {
  const opened = await openCheckpoint(fromUtf8(await mustRead(read, "checkpoint")), policy);
  if (!opened.ok) throw new Error(`the checkpoint: ${opened.refusal}`);
  const { size, root } = opened.checkpoint;
  const bytes = await entriesOf(read, size);
  const hashes = bytes.map(leafHash);
  if (!equalBytes(rootOf(hashes), root)) throw new Error("the root is of other entries");
  await checkTiles(read, size, hashes);
  const leaves = bytes.map((leaf, place) => readLeaf(leaf) ?? notALeaf(place));
  if (new Set(leaves.map(({ id }) => id)).size !== leaves.length) throw new Error("an entry stands there twice");
  return { size: leaves.length, root, leaves };
}

async function entriesOf(read: ReadLog, size: bigint): Promise<Uint8Array[]> {
  const bundles: Uint8Array[][] = [];
  for (const bundle of newBundles(0n, size)) {
    const entries = decodeBundle(await mustRead(read, tilePath(bundle)), bundle.width);
    if (!entries) throw new Error(`${tilePath(bundle)} cannot be read`);
    bundles.push(entries);
  }
  return bundles.flat();
}

async function checkTiles(read: ReadLog, size: bigint, leaves: readonly Hash[]): Promise<void> {
  const levels: (readonly Hash[])[] = [leaves];
  for (let hashes = leaves; hashes.length >= TILE_WIDTH; levels.push(hashes)) {
    hashes = Array.from({ length: Math.floor(hashes.length / TILE_WIDTH) }, (_, at) => rootOf(hashes.slice(TILE_WIDTH * at, TILE_WIDTH * (at + 1))));
  }
  for (const tile of newTiles(0n, size)) {
    const from = TILE_WIDTH * Number(tile.index);
    const derived = concat(...levels[Number(tile.level)]!.slice(from, from + tile.width));
    if (!equalBytes(await mustRead(read, tilePath(tile)), derived)) throw new Error(`${tilePath(tile)} holds other hashes`);
  }
}

function notALeaf(place: number): never {
  throw new Error(`the entry at ${place} is none`);
}
