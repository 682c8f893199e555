import { concat } from "../kernel/bytes.ts";
import { type CompactRange, EMPTY_RANGE, merge, rangeRoot } from "./compact-range.ts";
import { type Hash, rootOf, splitHashes } from "./merkle.ts";
import { edgeTiles, type Tile, TILE_HEIGHT, TILE_WIDTH } from "./tiles.ts";

/** A tile, and its bytes: its hashes, one after the other. */
export interface TileBytes {
  tile: Tile;
  bytes: Uint8Array;
}

/** The right edge of a tree: of each level, from the leaves up, the hashes that stand in no full tile yet. It is all that is needed to grow. */
export interface TreeEdge {
  readonly size: bigint;
  readonly levels: readonly (readonly Hash[])[];
}

export const EMPTY_EDGE: TreeEdge = { size: 0n, levels: [] };

/** The edge behind more leaves, given by their hashes, and the bytes of the tiles that this makes: `newTiles` of the two sizes. */
export function extend(edge: TreeEdge, leaves: readonly Hash[]): { edge: TreeEdge; tiles: TileBytes[] } {
  const tiles: TileBytes[] = [];
  const levels: Hash[][] = [];
  let above = leaves;
  for (let level = 0; level < edge.levels.length || above.length > 0; level++) {
    const hashes = [...(edge.levels[level] ?? []), ...above];
    const first = edge.size >> BigInt(TILE_HEIGHT * (level + 1));
    const made = above.length > 0 ? tilesOf(level, first, hashes) : [];
    const full = made.filter(({ width }) => width === TILE_WIDTH);
    tiles.push(...made.map((tile) => ({ tile, bytes: concat(...hashesIn(tile, first, hashes)) })));
    levels.push(hashes.slice(TILE_WIDTH * full.length));
    above = full.map((tile) => rootOf(hashesIn(tile, first, hashes)));
  }
  return { edge: { size: edge.size + BigInt(leaves.length), levels }, tiles };
}

/** The tiles that hold a level's hashes, the first of which begins the tile `first`. */
const tilesOf = (level: number, first: bigint, hashes: readonly Hash[]): Tile[] =>
  Array.from({ length: Math.ceil(hashes.length / TILE_WIDTH) }, (_, at) => ({
    level,
    index: first + BigInt(at),
    width: Math.min(TILE_WIDTH, hashes.length - TILE_WIDTH * at),
  }));

function hashesIn({ index, width }: Tile, first: bigint, hashes: readonly Hash[]): readonly Hash[] {
  const from = TILE_WIDTH * Number(index - first);
  return hashes.slice(from, from + width);
}

/** The edge as the tiles of a tree hold it. Throws RangeError when `read` gives other than the tile's hashes. */
export function readEdge(size: bigint, read: (tile: Tile) => Uint8Array): TreeEdge {
  const levels: Hash[][] = [];
  for (const tile of edgeTiles(size)) {
    const hashes = tile.width > 0 ? splitHashes(read(tile)) : [];
    if (hashes.length !== tile.width) throw new RangeError("a tile of another width");
    levels.push(hashes);
  }
  return { size, levels };
}

/** The tree's compact range. */
export const rangeOf = ({ levels }: TreeEdge): CompactRange =>
  levels.reduceRight(
    (range, hashes, level) => hashes.reduce((range, hash) => merge(range, hash, TILE_HEIGHT * level), range),
    EMPTY_RANGE,
  );

export const edgeRoot = (edge: TreeEdge): Hash => rangeRoot(rangeOf(edge));
