import { decodeBundle } from "../tlog/entries.ts";
import type { Hash } from "../tlog/merkle.ts";
import { parseCheckpoint } from "../tlog/checkpoint.ts";
import { parseNote } from "../tlog/note.ts";
import { rangeProof } from "../tlog/proofs.ts";
import type { Span } from "../tlog/spans.ts";
import { hashesFrom, rangeTiles } from "../tlog/tile-reader.ts";
import { type Tile, TILE_WIDTH, tilePath, widthAt } from "../tlog/tiles.ts";
import { CHECKPOINT, tileKey } from "./log/bucket.ts";

/** What the log has published, by its key in the bucket; null when it is not there. Throws when the bucket does not answer. */
export type ReadPublished = (key: string) => Promise<Uint8Array | null>;

/** The published checkpoint, in its own words, and how many entries it vouches for; null before the first. */
export async function publishedCheckpoint(read: ReadPublished): Promise<{ note: string; size: number } | null> {
  const bytes = await read(CHECKPOINT);
  const note = bytes && new TextDecoder().decode(bytes);
  const parsed = note === null ? null : parseNote(note);
  const checkpoint = parsed?.ok ? parseCheckpoint(parsed.note.text) : null;
  return checkpoint?.ok ? { note: note!, size: Number(checkpoint.checkpoint.size) } : null;
}

/** The leaves of a span of a published tree, in their bytes, and the proof that it has them. Throws when the bucket lacks what it must have. */
export async function publishedRange(read: ReadPublished, { from, to }: { from: number; to: number }, size: number): Promise<{ leaves: Uint8Array[]; proof: Hash[] }> {
  const [span, tree] = [{ from: BigInt(from), to: BigInt(to) }, BigInt(size)];
  const [leaves, proof] = await Promise.all([leavesIn(read, span, tree), proofOf(read, span, tree)]);
  return { leaves, proof };
}

async function leavesIn(read: ReadPublished, { from, to }: Span, size: bigint): Promise<Uint8Array[]> {
  const [wide, bundles] = [BigInt(TILE_WIDTH), [] as Tile[]];
  for (let index = from / wide; index * wide < to; index++) bundles.push({ level: "entries", index, width: widthAt("entries", index, size) });
  const entries = (await Promise.all(bundles.map((bundle) => readBundle(read, bundle)))).flat();
  const first = Number(from % wide);
  return entries.slice(first, first + Number(to - from));
}

async function proofOf(read: ReadPublished, span: Span, size: bigint): Promise<Hash[]> {
  const tiles = await Promise.all(rangeTiles(span, size).map(async (tile) => [tilePath(tile), (await readTile(read, tile)).bytes] as const));
  const bytes = new Map(tiles);
  return rangeProof(span, size, hashesFrom((tile) => bytes.get(tilePath(tile))!, size));
}

async function readBundle(read: ReadPublished, bundle: Tile): Promise<Uint8Array[]> {
  const { bytes, width } = await readTile(read, bundle);
  const entries = decodeBundle(bytes, width);
  if (!entries) throw new Error(`${tilePath(bundle)} is no bundle`);
  return entries.slice(0, bundle.width);
}

/** Where a partial tile is gone, the full one that took its place begins with it. */
async function readTile(read: ReadPublished, tile: Tile): Promise<{ bytes: Uint8Array; width: number }> {
  const partial = tile.width < TILE_WIDTH ? await read(tileKey(tile)) : null;
  const bytes = partial ?? (await read(tileKey({ ...tile, width: TILE_WIDTH })));
  if (!bytes) throw new Error(`${tilePath(tile)} is not there`);
  return { bytes, width: partial ? tile.width : TILE_WIDTH };
}
