import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toHex } from "../../src/kernel/bytes.ts";
import { decodeManifest, encodeManifest } from "../../src/snapshot/manifest.ts";
import { rowOf, shardBitsFor, shardStart } from "../../src/snapshot/row.ts";
import { encodeShard, Shard } from "../../src/snapshot/shard.ts";

const pseudonym = fc.uint8Array({ minLength: 16, maxLength: 16 });
const ascending = (a: Uint8Array, b: Uint8Array) => (toHex(a) < toHex(b) ? -1 : 1);

/** Pseudonyms of one shard, ascending and distinct. */
const inShard = (shard: number, ps: Uint8Array[]) => {
  const placed = ps.map((p) => Uint8Array.from([shard, ...p.slice(1)]));
  return [...new Map(placed.map((p) => [toHex(p.slice(0, 9)), p])).values()].toSorted(ascending);
};

const has = (shard: Shard, p: Uint8Array) => {
  const row = rowOf(p, shard.shardBits);
  return shard.has(row.high, row.low);
};

describe("a row", () => {
  it("is the 64 bits after the shard's number", () => {
    const p = Uint8Array.from([0xab, 0xcd, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
    expect(rowOf(p, 8)).toEqual({ shard: 0xab, high: 0xcd010203, low: 0x04050607 | 0 });
    const bits = [...p].map((byte) => byte.toString(2).padStart(8, "0")).join("");
    const ten = rowOf(p, 10);
    expect(ten.shard).toBe(Number.parseInt(bits.slice(0, 10), 2));
    expect(ten.high).toBe(Number.parseInt(bits.slice(10, 42), 2));
    expect(ten.low).toBe(Number.parseInt(bits.slice(42, 74), 2));
  });

  it("belongs to the shard whose start is not above it", () => {
    fc.assert(
      fc.property(pseudonym, fc.constantFrom(8 as const, 10 as const), (p, bits) => {
        const { shard } = rowOf(p, bits);
        expect(toHex(shardStart(shard, bits)) <= toHex(p)).toBe(true);
        if (shard + 1 < 2 ** bits) expect(toHex(shardStart(shard + 1, bits)) > toHex(p)).toBe(true);
      }),
    );
  });

  it("has two more bits for its shard above 4 M rows", () => {
    expect([shardBitsFor(4_000_000), shardBitsFor(4_000_001)]).toEqual([8, 10]);
  });
});

describe("a shard", () => {
  it("finds what is in it and nothing else", () => {
    fc.assert(
      fc.property(fc.array(pseudonym, { maxLength: 200 }), fc.array(pseudonym, { maxLength: 50 }), (ps, others) => {
        const members = inShard(7, ps);
        const shard = new Shard(encodeShard(7, 8, members));
        for (const p of members) expect(has(shard, p)).toBe(true);
        const known = new Set(members.map((p) => toHex(p.slice(0, 9))));
        for (const p of inShard(7, others)) expect(has(shard, p)).toBe(known.has(toHex(p.slice(0, 9))));
      }),
    );
  });

  it("finds rows however unevenly they lie", () => {
    const rows = [0, 1, 2, 3, 0xfffffffe, 0xffffffff].flatMap((high) =>
      [0, 1, 0x80000000, 0xffffffff].map((low) => ({ high, low })),
    );
    const members = rows.map(({ high, low }) => {
      const p = new Uint8Array(16);
      p[0] = 9;
      new DataView(p.buffer).setUint32(1, high);
      new DataView(p.buffer).setUint32(5, low);
      return p;
    });
    const shard = new Shard(encodeShard(9, 8, members));
    for (const { high, low } of rows) expect(shard.has(high, low)).toBe(true);
    expect(shard.has(4, 0)).toBe(false);
    expect(shard.has(0, 2)).toBe(false);
  });

  it("keeps its bytes for ever: the format is pinned", () => {
    const p = (byte: number) => Uint8Array.from([1, byte, ...Array<number>(14).fill(byte)]);
    const head = ["4e534552", "01", "08", "0100", "02000000", "00000000"];
    expect(toHex(encodeShard(1, 8, [p(2), p(250)]))).toBe([...head, "0202020202020202", "fafafafafafafafa"].join(""));
    const low = Uint8Array.from([1, 1, 2, 3, 4, 5, 6, 7, 8, ...Array<number>(7).fill(0)]);
    expect(toHex(encodeShard(1, 8, [low])).slice(32)).toBe("0403020108070605");
  });

  it.each([
    ["cut short", (bytes: Uint8Array) => bytes.slice(0, -1)],
    ["with a foreign head", (bytes: Uint8Array) => bytes.with(0, 0)],
    ["of another format", (bytes: Uint8Array) => bytes.with(4, 2)],
    ["of another width", (bytes: Uint8Array) => bytes.with(5, 9)],
    ["out of order", (bytes: Uint8Array) => Uint8Array.from([...bytes.slice(0, 16), ...bytes.slice(24, 32), ...bytes.slice(16, 24)])],
    ["empty", () => new Uint8Array()],
  ])("%s is refused", (_, damage) => {
    const bytes = encodeShard(1, 8, inShard(1, [new Uint8Array(16).fill(1), new Uint8Array(16).fill(2)]));
    expect(() => new Shard(damage(bytes))).toThrow(RangeError);
  });

  it("does not take another shard's pseudonym", () => {
    expect(() => encodeShard(1, 8, [new Uint8Array(16)])).toThrow(RangeError);
  });

  it("reads bytes that do not start on a word", () => {
    const bytes = encodeShard(1, 8, inShard(1, [new Uint8Array(16).fill(3)]));
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    expect(new Shard(shifted.subarray(1)).count).toBe(1);
  });
});

describe("a manifest", () => {
  const manifest = { logId: "log", sequence: 7, sets: [{ rootEpoch: 0, shardBits: 8 as const, shards: Array<string | null>(256).fill(null) }] };

  it("survives its bytes", () => {
    expect(decodeManifest(encodeManifest(manifest))).toEqual(manifest);
  });

  it("with a shard missing is refused", () => {
    const short = { ...manifest, sets: [{ ...manifest.sets[0]!, shards: [] }] };
    expect(() => decodeManifest(encodeManifest(short))).toThrow(RangeError);
  });
});
