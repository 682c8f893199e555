import { decodeBundle } from "../../tlog/entries.ts";
import { HASH_BYTES } from "../../tlog/merkle.ts";
import { type Tile, TILE_WIDTH, tilePath, widthAt } from "../../tlog/tiles.ts";

/** What a log serves at a path below its address; null when there is nothing. Throws when that cannot be found out. */
export type ReadLog = (path: string) => Promise<Uint8Array | null>;

/** A tile's bytes. Where a partial one is gone the full one has taken its place (C2SP tlog-tiles, "Partial Tiles"). Null when there is neither, or it is of another length. */
export async function readTile(read: ReadLog, tile: Tile): Promise<Uint8Array | null> {
  const bytes = (await read(tilePath(tile))) ?? (await readFull(read, tile))?.subarray(0, HASH_BYTES * tile.width) ?? null;
  return bytes?.length === HASH_BYTES * tile.width ? bytes : null;
}

/** A bundle's entries; null when it is not there, or is no bundle of so many. */
async function readBundle(read: ReadLog, bundle: Tile): Promise<Uint8Array[] | null> {
  const bytes = await read(tilePath(bundle));
  if (bytes) return decodeBundle(bytes, bundle.width);
  const full = await readFull(read, bundle);
  return full && (decodeBundle(full, TILE_WIDTH)?.slice(0, bundle.width) ?? null);
}

const readFull = async (read: ReadLog, tile: Tile): Promise<Uint8Array | null> =>
  tile.width === TILE_WIDTH ? null : read(tilePath({ ...tile, width: TILE_WIDTH }));

/** The bundles of a log of the size, in order, the next ones fetched while one is used. */
export async function* bundlesOf(read: ReadLog, size: bigint, ahead: number): AsyncGenerator<{ bundle: Tile; entries: Uint8Array[] | null }> {
  const under: Promise<{ bundle: Tile; entries: Uint8Array[] | null }>[] = [];
  for (let index = 0n; index * BigInt(TILE_WIDTH) < size; index++) {
    const bundle: Tile = { level: "entries", index, width: widthAt("entries", index, size) };
    const fetched = readBundle(read, bundle).then((entries) => ({ bundle, entries }));
    // Whoever stops before this one is used shall not hear of it.
    fetched.catch(() => {});
    under.push(fetched);
    if (under.length >= ahead) yield await under.shift()!;
  }
  for (const fetched of under) yield await fetched;
}
