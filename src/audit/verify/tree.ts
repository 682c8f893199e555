import { concat, equalBytes } from "../../kernel/bytes.ts";
import { EMPTY_EDGE, edgeRoot, extend, type TileBytes, type TreeEdge } from "../../tlog/edge.ts";
import { leafHash } from "../../tlog/merkle.ts";
import type { TreeHead } from "../../tlog/proofs.ts";
import { edgeTiles, TILE_WIDTH, tilePath } from "../../tlog/tiles.ts";
import { type Leaf, readLeaf } from "../entry.ts";
import { bundlesOf, readTile, type ReadLog } from "./read.ts";

const AHEAD = 16;

/** One thing that is not as it must be. */
export interface Doubt {
  where: string;
  what: string;
}

export interface TreeParts {
  read: ReadLog;
  /** Hears each leaf in its place, as far as they can be read. */
  heard: (leaf: Leaf, index: number) => void;
}

export interface CheckedTree {
  /** Of the leaves that were read: the tree as it has to be. */
  edge: TreeEdge;
  tiles: number;
  doubts: Doubt[];
}

/**
 * Reads every entry of a log of this size, makes the tree of them anew, and compares: each tile byte for byte, and the root
 * with the one that was signed. It ends at the first bundle that cannot be read, for nothing behind it has a place then.
 */
export async function checkTree({ read, heard }: TreeParts, { size, root }: TreeHead): Promise<CheckedTree> {
  const tree: CheckedTree = { edge: EMPTY_EDGE, tiles: 0, doubts: [] };
  for await (const { bundle, entries } of bundlesOf(read, size, AHEAD)) {
    if (!entries) return doubting(tree, tilePath(bundle), `it is missing, or not a bundle of ${bundle.width} entries`);
    hearLeaves(tree, entries, heard);
    const { edge, tiles } = extend(tree.edge, entries.map(leafHash));
    tree.edge = edge;
    await compare(tree, read, tiles.filter(({ tile }) => tile.width === TILE_WIDTH));
  }
  await compare(tree, read, lastTiles(tree.edge));
  return equalBytes(edgeRoot(tree.edge), root) ? tree : doubting(tree, "checkpoint", "its root is not that of the entries");
}

function hearLeaves(tree: CheckedTree, entries: readonly Uint8Array[], heard: TreeParts["heard"]): void {
  for (const [at, bytes] of entries.entries()) {
    const [leaf, index] = [readLeaf(bytes), Number(tree.edge.size) + at];
    if (leaf) heard(leaf, index);
    else doubting(tree, `entry ${index}`, "it is not a leaf of this register in its one form");
  }
}

/** The partial tiles at the end. */
const lastTiles = ({ size, levels }: TreeEdge): TileBytes[] =>
  [...edgeTiles(size)].filter(({ width }) => width > 0).map((tile) => ({ tile, bytes: concat(...levels[tile.level as number]!) }));

async function compare(tree: CheckedTree, read: ReadLog, tiles: readonly TileBytes[]): Promise<void> {
  const served = await Promise.all(tiles.map(({ tile }) => readTile(read, tile)));
  for (const [at, { tile, bytes }] of tiles.entries()) {
    const found = served[at];
    if (!found || !equalBytes(found, bytes)) doubting(tree, tilePath(tile), found ? "its hashes are not those of the entries" : "it is missing, or of another length");
  }
  tree.tiles += tiles.length;
}

function doubting(tree: CheckedTree, where: string, what: string): CheckedTree {
  tree.doubts.push({ where, what });
  return tree;
}
