import type { Pseudonym } from "../bst/kinds.ts";

/**
 * Where a pseudonym stands in the set: its first `shardBits` bits name the shard, the 64 bits after them are its row.
 * Register keeps the first 72 bits of all pseudonyms unique, so that with 8 bits or more a row stands for one person's
 * identifier; against a stranger's pseudonym the chance of a false match is 2⁻⁶⁴ times the rows of one shard.
 */
export interface Row {
  shard: number;
  /** The row's upper and lower 32 bits. */
  high: number;
  low: number;
}

/** Bits of the shard's number; 8 up to 4 M rows, 10 above. */
export type ShardBits = 8 | 10;

export const shardBitsFor = (rows: number): ShardBits => (rows <= 4_000_000 ? 8 : 10);

const word = (p: Pseudonym, at: number): number => (p[at]! << 24) | (p[at + 1]! << 16) | (p[at + 2]! << 8) | p[at + 3]!;

export function rowOf(p: Pseudonym, shardBits: ShardBits): Row {
  const [first, second, third] = [word(p, 0), word(p, 4), word(p, 8)];
  return {
    shard: first >>> (32 - shardBits),
    high: ((first << shardBits) | (second >>> (32 - shardBits))) >>> 0,
    low: ((second << shardBits) | (third >>> (32 - shardBits))) >>> 0,
  };
}

/** The smallest pseudonym of a shard; the smallest of the next one bounds it. */
export function shardStart(shard: number, shardBits: ShardBits): Pseudonym {
  const start = new Uint8Array(16);
  new DataView(start.buffer).setUint16(0, shard << (16 - shardBits));
  return start;
}
