import { concat, utf8 } from "../../kernel/bytes.ts";
import { formatCheckpoint } from "../../tlog/checkpoint.ts";
import { edgeRoot, extend, readEdge, type TileBytes, type TreeEdge } from "../../tlog/edge.ts";
import { HASH_BYTES, leafHash } from "../../tlog/merkle.ts";
import { type Tile, TILE_HEIGHT, TILE_WIDTH, tilePath } from "../../tlog/tiles.ts";

/** What the log grows on. */
export interface Tree {
  readonly edge: TreeEdge;
  /** The signed checkpoint of it; null before the first entry. */
  readonly note: string | null;
  /** Full tiles by their paths that may not be in the bucket yet. */
  readonly tiles: Map<string, Uint8Array>;
}

export const sizeOf = ({ edge }: Tree): number => Number(edge.size);

/** The edge behind more leaves, and the tiles it makes; leaves are their text. */
export const grow = (edge: TreeEdge, leaves: readonly string[]): { edge: TreeEdge; tiles: TileBytes[] } =>
  extend(edge, leaves.map((leaf) => leafHash(utf8(leaf))));

/** The full ones, by their paths. */
export const fullTiles = (tiles: readonly TileBytes[]): [path: string, bytes: Uint8Array][] =>
  tiles.filter(({ tile }) => tile.width === TILE_WIDTH).map(({ tile, bytes }) => [tilePath(tile), bytes]);

/** What the tree itself holds of a tile, which may be more than the tile; null when it is in the bucket. */
export function heldOf({ edge, tiles }: Tree, { level, index }: Tile): Uint8Array | null {
  const isLast = index === edge.size >> BigInt(TILE_HEIGHT * (Number(level) + 1));
  return isLast ? concat(...(edge.levels[Number(level)] ?? [])) : (tiles.get(tilePath({ level, index, width: TILE_WIDTH })) ?? null);
}

/** The text that is signed. */
export const checkpointText = (origin: string, edge: TreeEdge): string =>
  formatCheckpoint({ origin, size: edge.size, root: edgeRoot(edge), extensions: [] });

export const encodeEdge = ({ levels }: TreeEdge): Uint8Array => concat(...levels.flat());

/** Throws RangeError when the bytes are not those of an edge of this size. */
export function decodeEdge(size: number, bytes: Uint8Array): TreeEdge {
  let at = 0;
  const edge = readEdge(BigInt(size), ({ width }) => bytes.slice(at, (at += HASH_BYTES * width)));
  if (at !== bytes.length) throw new RangeError("an edge of another size");
  return edge;
}

/** Where the bundle begins that a place is in. */
export const bundleStart = (place: number): number => place - (place % TILE_WIDTH);
