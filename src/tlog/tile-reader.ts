import { type Hash, HASH_BYTES, rootOf, splitHashes } from "./merkle.ts";
import type { HashAt } from "./proofs.ts";
import { consistencySpans, foldSpan, inclusionSpans, type Node, type Span } from "./spans.ts";
import { type Tile, TILE_HEIGHT, TILE_WIDTH, tilePath, widthAt } from "./tiles.ts";

/** Proofs out of tiles: which of them one needs, so that they can be fetched together, and the hashes in them. */

/** A tile's bytes. */
export type ReadTile = (tile: Tile) => Uint8Array;

/** The tiles that hold the hashes of an inclusion proof, each once. Throws RangeError when the tree has no such leaf. */
export const inclusionTiles = (index: bigint, size: bigint): Tile[] => tilesFor(inclusionSpans(index, size), size);

/** The tiles that hold the hashes of a consistency proof, each once. Throws RangeError when the tree is smaller than the old one. */
export const consistencyTiles = (oldSize: bigint, size: bigint): Tile[] => tilesFor(consistencySpans(oldSize, size), size);

function tilesFor(spans: readonly Span[], size: bigint): Tile[] {
  const places = spans.flatMap((span) => foldSpan(span, (node) => [placeOf(node, size)], (left, right) => [...left, ...right]));
  return [...new Map(places.map(({ tile }) => [tilePath(tile), tile])).values()];
}

/** The hashes of a tree of the size, from its tiles. Throws RangeError when a tile holds fewer hashes than it must. */
export function hashesFrom(read: ReadTile, size: bigint): HashAt {
  return (node): Hash => {
    const { tile, from, to } = placeOf(node, size);
    const bytes = read(tile);
    if (bytes.length < HASH_BYTES * tile.width) throw new RangeError(`${tilePath(tile)} is cut short`);
    return rootOf(splitHashes(bytes.subarray(HASH_BYTES * from, HASH_BYTES * to)));
  };
}

/** The tile that a full subtree is in, and which of its hashes are the subtree's leaves there: a tile holds every eighth level. */
function placeOf({ height, index }: Node, size: bigint): { tile: Tile; from: number; to: number } {
  const level = Math.floor(height / TILE_HEIGHT);
  const count = 2 ** (height % TILE_HEIGHT);
  const first = index * BigInt(count);
  const tileIndex = first / BigInt(TILE_WIDTH);
  const from = Number(first % BigInt(TILE_WIDTH));
  return { tile: { level, index: tileIndex, width: widthAt(level, tileIndex, size) }, from, to: from + count };
}
