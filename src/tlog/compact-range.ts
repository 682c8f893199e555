import { concat } from "../kernel/bytes.ts";
import { EMPTY_ROOT, type Hash, HASH_BYTES, nodeHash, splitHashes } from "./merkle.ts";

/**
 * The tree over the first `size` leaves in as few hashes as can grow on: those of its full subtrees, the largest
 * first, one for each 1 in the binary form of the size.
 */
export interface CompactRange {
  readonly size: bigint;
  readonly hashes: readonly Hash[];
}

export const EMPTY_RANGE: CompactRange = { size: 0n, hashes: [] };

const SIZE_BYTES = 8;

/** The range with one more leaf, given by its hash. */
export const append = (range: CompactRange, leaf: Hash): CompactRange => merge(range, leaf, 0);

/** The range with a full subtree of 2^height leaves more. Throws RangeError unless the size is a multiple of so many. */
export function merge({ size, hashes }: CompactRange, subtree: Hash, height: number): CompactRange {
  if (BigInt.asUintN(height, size) !== 0n) throw new RangeError("a subtree that does not fit behind the range");
  const grown = [...hashes];
  let last = subtree;
  for (let ones = size >> BigInt(height); ones & 1n; ones >>= 1n) last = nodeHash(grown.pop()!, last);
  return { size: size + (1n << BigInt(height)), hashes: [...grown, last] };
}

/** The hash of the tree over the range's leaves. */
export const rangeRoot = ({ hashes }: CompactRange): Hash =>
  hashes.length === 0 ? EMPTY_ROOT : hashes.reduceRight((right, left) => nodeHash(left, right));

/** The size, 64 bits big-endian, and the hashes. */
export function encodeRange({ size, hashes }: CompactRange): Uint8Array {
  const head = new Uint8Array(SIZE_BYTES);
  new DataView(head.buffer).setBigUint64(0, size);
  return concat(head, ...hashes);
}

/** Throws RangeError unless there are as many hashes as the size asks for: a damaged range must never grow on. */
export function decodeRange(bytes: Uint8Array): CompactRange {
  if (bytes.length < SIZE_BYTES) throw new RangeError("a range cut short");
  const size = new DataView(bytes.buffer, bytes.byteOffset, SIZE_BYTES).getBigUint64(0);
  const count = size.toString(2).replaceAll("0", "").length;
  if (bytes.length !== SIZE_BYTES + HASH_BYTES * count) throw new RangeError("a range of another size");
  return { size, hashes: splitHashes(bytes.subarray(SIZE_BYTES)) };
}
