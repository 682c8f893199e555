import type { ObjectDatabase } from "../../objects/database.ts";
import { Halted } from "./halted.ts";
import { leavesBetween, readUploaded } from "./store.ts";
import { checkpointText, fullTiles, grow, type Tree } from "./tree.ts";

/** Leaves of one step, so that very many do not stand in memory at once. */
const AT_ONCE = 16_384;

/** The tree as it is stored, with the checkpoint that was signed then. Throws Halted when its leaves do not make what was signed. */
export function storedTree(database: ObjectDatabase, origin: string, { size, note }: { size: number; note: string | null }): Tree {
  const tiles = new Map<string, Uint8Array>();
  let edge = readUploaded(database);
  for (let from = Number(edge.size); from < size; from = Number(edge.size)) {
    const leaves = leavesBetween(database, from, Math.min(size, from + AT_ONCE));
    if (leaves.length === 0) throw new Halted("the log's storage lacks leaves");
    const grown = grow(edge, leaves);
    for (const [path, bytes] of fullTiles(grown.tiles)) tiles.set(path, bytes);
    edge = grown.edge;
  }
  if (note !== null && !note.startsWith(`${checkpointText(origin, edge)}\n`)) throw new Halted("the log's storage contradicts its checkpoint");
  return { edge, note, tiles };
}
