import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { append, type CompactRange, decodeRange, EMPTY_RANGE, encodeRange, merge, rangeRoot } from "../../src/tlog/compact-range.ts";
import { naiveRoot, numbered } from "./naive.ts";

const LEAVES = numbered(300);
const RANGES = LEAVES.reduce<CompactRange[]>((ranges, leaf) => [...ranges, append(ranges.at(-1)!, leaf)], [EMPTY_RANGE]);

describe("a compact range", () => {
  it("has the tree's root at every size", () => {
    for (const [size, range] of RANGES.entries()) {
      expect(range.size).toBe(BigInt(size));
      expect(rangeRoot(range)).toEqual(naiveRoot(LEAVES.slice(0, size)));
    }
  });

  it("grows by full subtrees as by their leaves, where they fit", () => {
    const size = fc.integer({ min: 0, max: 300 });
    fc.assert(fc.property(size, fc.integer({ min: 0, max: 8 }), (size, height) => {
      const end = size + 2 ** height;
      fc.pre(end <= 300);
      const grow = () => merge(RANGES[size]!, naiveRoot(LEAVES.slice(size, end)), height);
      if (size % 2 ** height === 0) expect(encodeRange(grow())).toEqual(encodeRange(RANGES[end]!));
      else expect(grow).toThrow(RangeError);
    }));
  });

  it("is read as it was written, and grows on", () => {
    for (const [size, leaf] of LEAVES.entries()) {
      expect(encodeRange(append(decodeRange(encodeRange(RANGES[size]!)), leaf))).toEqual(encodeRange(RANGES[size + 1]!));
    }
  });

  it.each([2n ** 53n - 1n, 2n ** 53n, 2n ** 63n - 1n])("counts past %i", (size) => {
    const hashes = [...size.toString(2)].filter((digit) => digit === "1").map(() => LEAVES[0]!);
    const grown = append(decodeRange(encodeRange({ size, hashes })), LEAVES[1]!);
    expect(grown.size).toBe(size + 1n);
    expect(decodeRange(encodeRange(grown)).size).toBe(size + 1n);
  });

  it.each([
    ["nothing", new Uint8Array()],
    ["half a size", new Uint8Array(7)],
    ["a hash too few", encodeRange(RANGES[7]!).slice(0, -32)],
    ["half a hash", encodeRange(RANGES[7]!).slice(0, -1)],
    ["a hash too many", Uint8Array.of(...encodeRange(RANGES[7]!), ...LEAVES[0]!)],
  ])("is not read from %s", (_, bytes) => {
    expect(() => decodeRange(bytes)).toThrow(RangeError);
  });
});
