import { createHash } from "node:crypto";

/** RFC 6962 §2.1 word by word, slow and hashed by other code: what the tree is measured against. */

const hash = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(createHash("sha256").update(Buffer.concat(parts)).digest());

/** The largest power of two below n. */
function below(n: number): number {
  let k = 1;
  while (2 * k < n) k *= 2;
  return k;
}

export const naiveLeaf = (leaf: Uint8Array): Uint8Array => hash(Uint8Array.of(0), leaf);

/** MTH, of leaves' hashes. */
export function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return hash();
  if (leaves.length === 1) return leaves[0]!;
  const k = below(leaves.length);
  return hash(Uint8Array.of(1), naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)));
}

/** PATH, §2.1.1. */
export function naivePath(index: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  if (leaves.length <= 1) return [];
  const k = below(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return index < k ? [...naivePath(index, left), naiveRoot(right)] : [...naivePath(index - k, right), naiveRoot(left)];
}

/** SUBPROOF, §2.1.2. */
export function naiveConsistency(old: number, leaves: readonly Uint8Array[], whole = true): Uint8Array[] {
  if (old === 0) return [];
  if (old === leaves.length) return whole ? [] : [naiveRoot(leaves)];
  const k = below(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return old <= k ? [...naiveConsistency(old, left, whole), naiveRoot(right)] : [...naiveConsistency(old - k, right, false), naiveRoot(left)];
}

/** Hashes of the leaves 0, 1, 2 …, each its number in four bytes. */
export const numbered = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, n) => naiveLeaf(Buffer.from([n >>> 24, n >>> 16, n >>> 8, n])));
