import { equalBytes } from "../kernel/bytes.ts";
import { EMPTY_ROOT, type Hash, nodeHash } from "./merkle.ts";
import { consistencySpans, foldSpan, inclusionSpans, type Node, type Span } from "./spans.ts";

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
