/** Where the hashes and entries of a log stand, after C2SP tlog-tiles: <https://c2sp.org/tlog-tiles>. */

/** Hashes, or entries, in a full tile. */
export const TILE_WIDTH = 256;

/** Levels of the tree that a tile spans. */
export const TILE_HEIGHT = 8;

const MAX_LEVEL = 63;

export interface Tile {
  /** 0 for the hashes of leaves; a hash at any level above is that of a full tile one level below. */
  level: number | "entries";
  index: bigint;
  /** 1 to 256; less than 256 is a partial tile. */
  width: number;
}

const WIDE = BigInt(TILE_WIDTH);

/** How many hashes a level has in a tree: one for each full tile below, or for each leaf. */
const hashesAt = (level: Tile["level"], size: bigint): bigint => (level === "entries" ? size : size >> BigInt(TILE_HEIGHT * level));

/** How wide the tile is in a tree of the size; 0 when it is not part of it. */
export function widthAt(level: Tile["level"], index: bigint, size: bigint): number {
  const within = hashesAt(level, size) - index * WIDE;
  return within <= 0n ? 0 : within < WIDE ? Number(within) : TILE_WIDTH;
}

/** The tiles of hashes that a tree of the size `to` has and one of the size `from` has not, level by level. Each needs its bytes written. */
export function* newTiles(from: bigint, to: bigint): Generator<Tile> {
  for (let level = 0; hashesAt(level, to) > 0n; level++) yield* newTilesAt(level, from, to);
}

/** Of each level from 0 up the partial tile that ends a tree of the size; its width is 0 where the level ends with a full one. */
export function* edgeTiles(size: bigint): Generator<Tile> {
  for (let level = 0; hashesAt(level, size) > 0n; level++) {
    const index = hashesAt(level, size) / WIDE;
    yield { level, index, width: widthAt(level, index, size) };
  }
}

/** What `newTiles` is for hashes, for the bundles of entries. */
export const newBundles = (from: bigint, to: bigint): Generator<Tile> => newTilesAt("entries", from, to);

function* newTilesAt(level: Tile["level"], from: bigint, to: bigint): Generator<Tile> {
  if (hashesAt(level, from) === hashesAt(level, to)) return;
  for (let index = hashesAt(level, from) / WIDE; index * WIDE < hashesAt(level, to); index++) {
    yield { level, index, width: widthAt(level, index, to) };
  }
}

/** `tile/<level>/<index>[.p/<width>]`, the index in groups of three digits, all but the last of them behind an x. */
export function tilePath({ level, index, width }: Tile): string {
  const digits = index.toString();
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").replace(/\d{3}(?=\d)/g, "x$&/");
  return `tile/${level}/${groups}${width === TILE_WIDTH ? "" : `.p/${width}`}`;
}

const PATH = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;
/** So many groups of digits hold any index there can be. */
const MAX_INDEX_LENGTH = "x000/".length * 6 + "000".length;

/** Reads what `tilePath` writes; null for any other path, be it only written differently. */
export function parseTilePath(path: string): Tile | null {
  const [, level = "", groups = "", width] = PATH.exec(path) ?? [];
  if (!groups || groups.length > MAX_INDEX_LENGTH || Number(level) > MAX_LEVEL) return null;
  const tile: Tile = {
    level: level === "entries" ? level : Number(level),
    index: BigInt(groups.replaceAll(/[x/]/g, "")),
    width: Number(width ?? TILE_WIDTH),
  };
  return tile.width <= TILE_WIDTH && tilePath(tile) === path ? tile : null;
}
