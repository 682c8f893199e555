import { edgeRoot, readEdge } from "../../tlog/edge.ts";
import { type Hash, HASH_BYTES } from "../../tlog/merkle.ts";
import { consistencyProof, inclusionProof } from "../../tlog/proofs.ts";
import { consistencyTiles, hashesFrom, inclusionTiles, type ReadTile } from "../../tlog/tile-reader.ts";
import { edgeTiles, type Tile, TILE_WIDTH, tilePath } from "../../tlog/tiles.ts";
import { formatProof } from "../../tlog/tlog-proof.ts";
import { getBytes, type LogBucket, tileKey } from "./bucket.ts";
import { heldOf, type Tree } from "./tree.ts";

/** What the tree is proved by: the right edge and what is not uploaded is held, the rest is read back. Each throws when the bucket does not answer. */

/** That the tree has the entry at this place when it has so many. */
async function proveInclusion(tree: Tree, bucket: LogBucket, index: bigint, size: bigint): Promise<Hash[]> {
  const read = await readTiles(tree, bucket, inclusionTiles(index, size));
  return inclusionProof(index, size, hashesFrom(read, size));
}

/** That the tree of one size is that of another grown. */
export async function proveConsistency(tree: Tree, bucket: LogBucket, oldSize: bigint, size: bigint): Promise<Hash[]> {
  const read = await readTiles(tree, bucket, consistencyTiles(oldSize, size));
  return consistencyProof(oldSize, size, hashesFrom(read, size));
}

/** What the root was when the tree had so many. */
export async function rootAt(tree: Tree, bucket: LogBucket, size: bigint): Promise<Hash> {
  if (size === tree.edge.size) return edgeRoot(tree.edge);
  return edgeRoot(readEdge(size, await readTiles(tree, bucket, [...edgeTiles(size)])));
}

async function readTiles(tree: Tree, bucket: LogBucket, tiles: readonly Tile[]): Promise<ReadTile> {
  const entries = tiles.filter(({ width }) => width > 0).map(async (tile) => {
    const bytes = heldOf(tree, tile) ?? (await getBytes(bucket, tileKey({ ...tile, width: TILE_WIDTH })));
    return [tilePath(tile), bytes.subarray(0, HASH_BYTES * tile.width)] as const;
  });
  const read = new Map(await Promise.all(entries));
  return (tile) => read.get(tilePath(tile))!;
}

/** The proof as a file, in a checkpoint of a size that has the entry. */
export async function proofFile(tree: Tree, bucket: LogBucket, index: number, { note, size }: { note: string; size: number }): Promise<string> {
  const hashes = await proveInclusion(tree, bucket, BigInt(index), BigInt(size));
  return formatProof({ extra: null, index: BigInt(index), hashes, checkpoint: note });
}
