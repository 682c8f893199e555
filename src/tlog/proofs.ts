import { equalBytes } from "../kernel/bytes.ts";
import { EMPTY_ROOT, type Hash, nodeHash, rootOf } from "./merkle.ts";
import { consistencySpans, foldAround, foldSpan, inclusionSpans, type Node, type Span, spansBeside } from "./spans.ts";

/** Proofs after RFC 9162 §2.1.3 and §2.1.4, whose hashes are those of RFC 6962, for trees of any size. */

/** What a log said it was: so many leaves, with this root. */
export interface TreeHead {
  size: bigint;
  root: Hash;
}

/** The hash of a full subtree of the log. */
export type HashAt = (node: Node) => Hash;

const hashOf = (span: Span, hashAt: HashAt): Hash => foldSpan(span, hashAt, nodeHash);

/** That the leaf is the `index`th, counted from 0, of the tree. Throws RangeError when the tree has no such leaf. */
export const inclusionProof = (index: bigint, size: bigint, hashAt: HashAt): Hash[] =>
  inclusionSpans(index, size).map((span) => hashOf(span, hashAt));

/** That the tree begins with all of the old one. Throws RangeError when it is smaller. */
export const consistencyProof = (oldSize: bigint, size: bigint, hashAt: HashAt): Hash[] =>
  consistencySpans(oldSize, size).map((span) => hashOf(span, hashAt));

/** That the span's leaves are the tree's, in this order and with none between: the hashes of all that stands beside them. Throws RangeError when the tree has not all of them. */
export const rangeProof = (span: Span, size: bigint, hashAt: HashAt): Hash[] => spansBeside(span, size).map((at) => hashOf(at, hashAt));

/** Whether leaves of these hashes, the first of which is the `from`th, are shown to stand in the tree with none between. A hash too many or too few shows nothing. */
export function verifyRange(leaves: readonly Hash[], from: bigint, proof: readonly Hash[], { size, root }: TreeHead): boolean {
  const span = { from, to: from + BigInt(leaves.length) };
  if (from < 0n || leaves.length === 0 || span.to > size || spansBeside(span, size).length !== proof.length) return false;
  const beside = proof.values();
  const within = (at: Span): Hash => rootOf(leaves.slice(Number(at.from - from), Number(at.to - from)));
  return equalBytes(foldAround(span, size, () => beside.next().value!, within, nodeHash), root);
}

/** Whether the leaf of this hash is shown to be the `index`th of the tree. A hash too many or too few shows nothing. */
export function verifyInclusion(leaf: Hash, index: bigint, proof: readonly Hash[], { size, root }: TreeHead): boolean {
  if (index < 0n || index >= size) return false;
  const spans = inclusionSpans(index, size);
  if (spans.length !== proof.length) return false;
  const joined = spans.reduce((hash, { from }, at) => (from > index ? nodeHash(hash, proof[at]!) : nodeHash(proof[at]!, hash)), leaf);
  return equalBytes(joined, root);
}

/** Whether the tree is shown to be the old one with any number of leaves more, none included. A hash too many or too few shows nothing. */
export function verifyConsistency(old: TreeHead, head: TreeHead, proof: readonly Hash[]): boolean {
  if (old.size < 0n || old.size > head.size) return false;
  const spans = consistencySpans(old.size, head.size);
  if (spans.length !== proof.length) return false;
  if (old.size === 0n) return equalBytes(old.root, EMPTY_ROOT);
  // What ends where the old tree ended is the first hash; without it, what the others stand beside is the old tree itself.
  const isPart = spans[0]?.to === old.size;
  let [oldRoot, root] = isPart ? [proof[0]!, proof[0]!] : [old.root, old.root];
  for (let at = isPart ? 1 : 0; at < spans.length; at++) {
    const isRight = spans[at]!.from >= old.size;
    if (!isRight) oldRoot = nodeHash(proof[at]!, oldRoot);
    root = isRight ? nodeHash(root, proof[at]!) : nodeHash(proof[at]!, root);
  }
  return equalBytes(oldRoot, old.root) && equalBytes(root, head.root);
}
