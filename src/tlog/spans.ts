/** Which subtrees the proofs of RFC 6962 §2.1 are made of. */

/** The leaves of a subtree: from `from` to before `to`. A span begins where one of its length can begin. */
export interface Span {
  from: bigint;
  to: bigint;
}

/** A full subtree: the `index`th of 2^height leaves. */
export interface Node {
  height: number;
  index: bigint;
}

const bitLength = (value: bigint): number => value.toString(2).length;

/** The left half is the largest full subtree that is smaller than the whole. */
function halves({ from, to }: Span): [Span, Span] {
  const middle = from + (1n << BigInt(bitLength(to - from - 1n) - 1));
  return [{ from, to: middle }, { from: middle, to }];
}

/** Goes down from the tree's root until `stop`, where `goesLeft` says, past one subtree on each step. */
function descend(size: bigint, stop: (at: Span) => boolean, goesLeft: (left: Span) => boolean): { at: Span; passed: Span[] } {
  const passed: Span[] = [];
  let at = { from: 0n, to: size };
  while (!stop(at)) {
    const [left, right] = halves(at);
    const isLeft = goesLeft(left);
    passed.unshift(isLeft ? right : left);
    at = isLeft ? left : right;
  }
  return { at, passed };
}

/** §2.1.1: from the leaf's sibling up to the root's child. Throws RangeError when the tree has no such leaf. */
export function inclusionSpans(index: bigint, size: bigint): Span[] {
  if (index < 0n || index >= size) throw new RangeError("a leaf that is not in the tree");
  return descend(size, ({ from, to }) => to - from === 1n, ({ to }) => index < to).passed;
}

/** §2.1.2; none when a tree is empty or both are the same. Throws RangeError when the tree became smaller. */
export function consistencySpans(oldSize: bigint, size: bigint): Span[] {
  if (oldSize < 0n || oldSize > size) throw new RangeError("a tree that became smaller");
  if (oldSize === 0n) return [];
  const { at, passed } = descend(size, ({ to }) => to === oldSize, ({ to }) => oldSize <= to);
  // What begins with the first leaf is the old tree itself, whose hash is known.
  return at.from === 0n ? passed : [at, ...passed];
}

/** Folds a span over the full subtrees it is made of. */
export function foldSpan<T>(span: Span, leaf: (node: Node) => T, join: (left: T, right: T) => T): T {
  const height = bitLength(span.to - span.from) - 1;
  if (span.to - span.from === 1n << BigInt(height)) return leaf({ height, index: span.from >> BigInt(height) });
  const [left, right] = halves(span);
  return join(foldSpan(left, leaf, join), foldSpan(right, leaf, join));
}
