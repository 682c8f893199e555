import { expect, it } from "vitest";
import { utf8 } from "../../src/kernel/bytes.ts";
import { leafHash, rootOf } from "../../src/tlog/merkle.ts";
import { type HashAt, rangeProof, verifyRange } from "../../src/tlog/proofs.ts";

const LEAVES = Array.from({ length: 21 }, (_, n) => leafHash(utf8(`${n}`)));
const ALIEN = leafHash(utf8("of no tree here"));
const hashAt: HashAt = ({ height, index }) => rootOf(LEAVES.slice(Number(index) * 2 ** height, (Number(index) + 1) * 2 ** height));

/** Every range of every tree up to 21 leaves. */
const RANGES = LEAVES.flatMap((_, last) =>
  LEAVES.slice(0, last + 1).flatMap((__, from) => LEAVES.slice(from, last + 1).map((___, more) => ({ size: last + 1, from, to: from + 1 + more }))));

it("shows every range of every tree, and nothing else: none moved, none left out, added or replaced, no hash too many, too few or another", () => {
  expect(RANGES).toHaveLength(1_771);
  for (const { size, from, to } of RANGES) {
    const head = { size: BigInt(size), root: rootOf(LEAVES.slice(0, size)) };
    const proof = rangeProof({ from: BigInt(from), to: BigInt(to) }, head.size, hashAt);
    const leaves = LEAVES.slice(from, to);
    expect(verifyRange(leaves, BigInt(from), proof, head)).toBe(true);
    for (const place of [-1, from - 1, from + 1]) expect(verifyRange(leaves, BigInt(place), proof, head)).toBe(false);
    for (const others of [leaves.slice(1), leaves.slice(0, -1), [...leaves, ALIEN], leaves.with(0, ALIEN), leaves.with(leaves.length - 1, ALIEN)]) {
      expect(verifyRange(others, BigInt(from), proof, head)).toBe(false);
    }
    for (const others of [[...proof, ALIEN], ...proof.flatMap((_, at) => [proof.with(at, ALIEN), proof.toSpliced(at, 1)])]) {
      expect(verifyRange(leaves, BigInt(from), others, head)).toBe(false);
    }
    expect(verifyRange(leaves, BigInt(from), proof, { ...head, root: ALIEN })).toBe(false);
  }
});

it("is made of no leaves that are not there", () => {
  for (const [from, to] of [[-1n, 1n], [0n, 0n], [2n, 1n], [0n, 22n]] as const) expect(() => rangeProof({ from, to }, 21n, hashAt)).toThrow(RangeError);
});
