import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromBase64 } from "../../src/kernel/bytes.ts";
import { EMPTY_ROOT, type Hash, nodeHash } from "../../src/tlog/merkle.ts";
import { consistencyProof, type HashAt, inclusionProof, verifyConsistency, verifyInclusion } from "../../src/tlog/proofs.ts";
import published from "../fixtures/merkle-proofs.json" with { type: "json" };
import { naiveConsistency, naivePath, naiveRoot, numbered } from "./naive.ts";

const MAX = 70;
const LEAVES = numbered(MAX);
const ROOTS = Array.from({ length: MAX + 1 }, (_, size) => naiveRoot(LEAVES.slice(0, size)));
const head = (size: number) => ({ size: BigInt(size), root: ROOTS[size]! });
const hashAt: HashAt = ({ height, index }) => {
  const from = Number(index) * 2 ** height;
  return naiveRoot(LEAVES.slice(from, from + 2 ** height));
};

const OTHER = new Uint8Array(32).fill(7);

/** Proofs as the published data spoil them: a hash added at either end, left out, doubled, or with one bit flipped. */
function* spoilt(proof: readonly Hash[], roots: readonly Hash[]): Generator<Hash[]> {
  for (const extra of [new Uint8Array(), OTHER, ...roots]) yield* [[...proof, extra], [extra, ...proof]];
  for (let at = 0; at < proof.length; at++) {
    yield proof.filter((_, other) => other !== at);
    yield [...proof.slice(0, at), proof[at]!, ...proof.slice(at)];
    for (let bit = 0; bit < 8; bit++) yield proof.map((hash, other) => (other === at ? flip(hash, bit + 37 * bit) : hash));
  }
}

function flip(hash: Hash, bit: number): Hash {
  const flipped = hash.slice();
  flipped[(bit >> 3) % hash.length]! ^= 1 << (bit & 7);
  return flipped;
}

describe("an inclusion proof", () => {
  it.each(published.inclusion)("of leaf $leafIdx of $treeSize is believed as published, and in no other way", ({ leafIdx, treeSize, ...data }) => {
    const [root, leaf, proof] = [fromBase64(data.root), fromBase64(data.leafHash), data.proof.map(fromBase64)];
    const [index, size] = [BigInt(leafIdx), BigInt(treeSize)];
    expect(verifyInclusion(leaf, index, proof, { size, root })).toBe(true);
    for (const other of [index - 1n, index + 1n, index ^ 2n]) expect(verifyInclusion(leaf, other, proof, { size, root })).toBe(false);
    for (const other of [0n, size / 2n, size * 2n]) expect(verifyInclusion(leaf, index, proof, { size: other, root })).toBe(false);
    for (const other of [new Uint8Array(), EMPTY_ROOT, OTHER]) expect(verifyInclusion(leaf, index, proof, { size, root: other })).toBe(false);
    expect(verifyInclusion(OTHER, index, proof, { size, root })).toBe(false);
    for (const bad of spoilt(proof, [root])) expect(verifyInclusion(leaf, index, bad, { size, root })).toBe(false);
  });

  it("is the RFC's for every leaf of every tree, and believed", () => {
    for (let size = 1; size <= MAX; size++) {
      for (let index = 0; index < size; index++) {
        const proof = inclusionProof(BigInt(index), BigInt(size), hashAt);
        expect(proof).toEqual(naivePath(index, LEAVES.slice(0, size)));
        expect(verifyInclusion(LEAVES[index]!, BigInt(index), proof, head(size))).toBe(true);
      }
    }
  });

  it("is not believed spoilt, or for another leaf or place", () => {
    const tree = fc.integer({ min: 1, max: MAX }).chain((size) => fc.record({ size: fc.constant(size), index: fc.nat(size - 1), other: fc.nat(MAX - 1) }));
    fc.assert(fc.property(tree, ({ size, index, other }) => {
      const proof = inclusionProof(BigInt(index), BigInt(size), hashAt);
      for (const bad of spoilt(proof, [ROOTS[size]!])) expect(verifyInclusion(LEAVES[index]!, BigInt(index), bad, head(size))).toBe(false);
      fc.pre(other !== index);
      expect(verifyInclusion(LEAVES[other]!, BigInt(index), proof, head(size))).toBe(false);
      expect(verifyInclusion(LEAVES[index]!, BigInt(other), proof, head(size))).toBe(false);
    }));
  });

  it.each([[0n, 0n], [1n, 1n], [-1n, 5n], [5n, 5n], [2n ** 63n, 2n ** 63n]])("is not made for leaf %i of %i", (index, size) => {
    expect(() => inclusionProof(index, size, hashAt)).toThrow(RangeError);
    expect(verifyInclusion(OTHER, index, [], { size, root: OTHER })).toBe(false);
  });
});

describe("a consistency proof", () => {
  it.each(published.consistency)("from $size1 to $size2 is believed as published, and in no other way", ({ size1, size2, ...data }) => {
    const [old, grown, proof] = [
      { size: BigInt(size1), root: fromBase64(data.root1) },
      { size: BigInt(size2), root: fromBase64(data.root2) },
      data.proof.map(fromBase64),
    ];
    expect(verifyConsistency(old, grown, proof)).toBe(true);
    for (const bad of spoilt(proof, [old.root, grown.root])) expect(verifyConsistency(old, grown, bad)).toBe(false);
    for (const root of [EMPTY_ROOT, OTHER, new Uint8Array()]) {
      expect(verifyConsistency({ ...old, root }, grown, proof)).toBe(false);
      expect(verifyConsistency(old, { ...grown, root }, proof)).toBe(false);
    }
    if (size1 === size2) return;
    expect(verifyConsistency({ ...old, root: grown.root }, { ...grown, root: old.root }, proof)).toBe(false);
    for (const size of [old.size - 1n, old.size + 1n, old.size ^ 2n]) expect(verifyConsistency({ ...old, size }, grown, proof)).toBe(false);
    for (const size of [grown.size * 2n, grown.size / 2n]) expect(verifyConsistency(old, { ...grown, size }, proof)).toBe(false);
  });

  it("is the RFC's between all trees, and believed", () => {
    for (let size = 0; size <= MAX; size++) {
      for (let old = 0; old <= size; old++) {
        const proof = consistencyProof(BigInt(old), BigInt(size), hashAt);
        expect(proof).toEqual(naiveConsistency(old, LEAVES.slice(0, size)));
        expect(verifyConsistency(head(old), head(size), proof)).toBe(true);
      }
    }
  });

  it("is not believed spoilt, or from another tree", () => {
    const sizes = fc.tuple(fc.nat(MAX), fc.nat(MAX), fc.nat(MAX));
    fc.assert(fc.property(sizes, ([one, two, other]) => {
      const [old, size] = [Math.min(one, two), Math.max(one, two)];
      const proof = consistencyProof(BigInt(old), BigInt(size), hashAt);
      for (const bad of spoilt(proof, [ROOTS[old]!, ROOTS[size]!])) expect(verifyConsistency(head(old), head(size), bad)).toBe(false);
      fc.pre(other !== old);
      expect(verifyConsistency({ ...head(old), root: ROOTS[other]! }, head(size), proof)).toBe(false);
    }));
  });

  it("is neither made nor believed towards a smaller tree", () => {
    expect(() => consistencyProof(3n, 2n, hashAt)).toThrow(RangeError);
    expect(verifyConsistency(head(3), head(2), [])).toBe(false);
    expect(verifyConsistency({ size: -1n, root: EMPTY_ROOT }, head(2), [])).toBe(false);
  });
});

describe("proofs of trees too large for a number", () => {
  /** A tree of equal leaves: any two full subtrees of a height have the same hash. */
  const same: HashAt = ({ height }) => Array.from({ length: height }).reduce<Hash>((hash) => nodeHash(hash, hash), OTHER);
  const rootAt = (size: bigint): Hash => {
    const digits = [...size.toString(2)].toReversed();
    const [last, ...larger] = digits.flatMap((digit, height) => (digit === "1" ? [same({ height, index: 0n })] : []));
    return larger.reduce((right, left) => nodeHash(left, right), last!);
  };

  it.each([2n ** 53n - 1n, 2n ** 53n + 1n, 2n ** 63n - 1n])("hold at the size %i", (size) => {
    for (const index of [0n, size / 3n, size - 1n]) {
      const proof = inclusionProof(index, size, same);
      expect(verifyInclusion(OTHER, index, proof, { size, root: rootAt(size) })).toBe(true);
      expect(verifyInclusion(OTHER, index, proof.slice(1), { size, root: rootAt(size) })).toBe(false);
    }
    for (const old of [1n, size / 3n, size - 1n]) {
      const proof = consistencyProof(old, size, same);
      expect(proof.length).toBeLessThanOrEqual(63);
      expect(verifyConsistency({ size: old, root: rootAt(old) }, { size, root: rootAt(size) }, proof)).toBe(true);
      expect(verifyConsistency({ size: old - 1n, root: rootAt(old) }, { size, root: rootAt(size) }, proof)).toBe(false);
    }
  });
});
