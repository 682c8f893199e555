import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concat } from "../../src/kernel/bytes.ts";
import { EMPTY_EDGE, edgeRoot, extend, rangeOf, readEdge, type TileBytes, type TreeEdge } from "../../src/tlog/edge.ts";
import { decodeBundle, encodeBundle, MAX_ENTRY_BYTES } from "../../src/tlog/entries.ts";
import { consistencyProof, inclusionProof } from "../../src/tlog/proofs.ts";
import { consistencyTiles, hashesFrom, inclusionTiles } from "../../src/tlog/tile-reader.ts";
import { newBundles, newTiles, parseTilePath, type Tile, tilePath, widthAt } from "../../src/tlog/tiles.ts";
import { naiveConsistency, naivePath, naiveRoot, numbered } from "./naive.ts";

const paths = (tiles: Iterable<Tile>): string[] => [...tiles].map(tilePath);

describe("a tile's path", () => {
  it.each<[string, Tile]>([
    ["tile/0/x001/x234/067", { level: 0, index: 1_234_067n, width: 256 }],
    ["tile/0/000", { level: 0, index: 0n, width: 256 }],
    ["tile/63/000.p/255", { level: 63, index: 0n, width: 255 }],
    ["tile/entries/x273/000.p/1", { level: "entries", index: 273_000n, width: 1 }],
    ["tile/1/x009/x007/x199/x254/x740/993", { level: 1, index: 2n ** 53n + 1n, width: 256 }],
  ])("is %s", (path, tile) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  it("is read as it was written", () => {
    const tile = fc.record({
      level: fc.oneof(fc.nat(63), fc.constant("entries" as const)),
      index: fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), fc.bigInt({ min: 0n, max: 5000n })),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(fc.property(tile, (tile) => {
      expect(parseTilePath(tilePath(tile))).toEqual(tile);
    }));
  });

  it.each([
    "", "tile", "tile/", "tile/0", "tile/0/", "/tile/0/000", "tile/0/000/", "tile/0/000\n", "Tile/0/000", "tile/8/0/000",
    "tile/00/000", "tile/01/000", "tile/64/000", "tile/100/000", "tile/-1/000", "tile/+1/000", "tile/entry/000", "tile/data/000", "tile/ENTRIES/000",
    "tile/0/0", "tile/0/00", "tile/0/0000", "tile/0/1234", "tile/0/x000/001", "tile/0/x001", "tile/0/x001/x234", "tile/0/001/234", "tile/0/X001/234", "tile/0/x1/234",
    "tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/0", "tile/0/000.p/00", "tile/0/000.p/01", "tile/0/000.p/256", "tile/0/000.p/999", "tile/0/000.p/1000", "tile/0/000.p/-1",
    "tile/0/000.p/1/", "tile/0/000.p/1.p/1", "tile/0/000.P/1", "tile/0/٠٠٠", "tile/0/ 00", "tile/0/x001//234", "tile/0/../000", "tile/0/%30%30%30",
    `tile/0/${"x001/".repeat(7)}000`,
  ])("is not %j", (path) => {
    expect(parseTilePath(path)).toBeNull();
  });
});

describe("the tiles of a tree", () => {
  it("are those of the specification's example of 70,000 leaves", () => {
    const tiles = [...newTiles(0n, 70_000n)];
    expect(tiles.filter(({ level, width }) => level === 0 && width === 256)).toHaveLength(273);
    expect(paths(tiles.slice(273))).toEqual(["tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"]);
    expect(paths(newTiles(0n, 256n))).toEqual(["tile/0/000", "tile/1/000.p/1"]);
    expect(paths(newTiles(0n, 0n))).toEqual([]);
  });

  it("are as wide as its size says, beyond what a number counts too", () => {
    expect([widthAt(0, 0n, 0n), widthAt(0, 273n, 70_000n), widthAt(0, 274n, 70_000n), widthAt("entries", 273n, 70_000n)]).toEqual([0, 112, 0, 112]);
    expect(paths([...newTiles(2n ** 53n, 2n ** 53n + 1n)])).toEqual(["tile/0/x035/x184/x372/x088/832.p/1"]);
    expect(paths(newTiles(2n ** 63n - 2n, 2n ** 63n - 1n)).at(0)).toBe("tile/0/x036/x028/x797/x018/x963/967.p/255");
  });

  it("that an append makes are those that the size before had not", () => {
    fc.assert(fc.property(fc.nat(200_000), fc.nat(70_000), (from, more) => {
      const [before, after] = [new Set(paths(newTiles(0n, BigInt(from)))), paths(newTiles(0n, BigInt(from + more)))];
      expect(paths(newTiles(BigInt(from), BigInt(from + more)))).toEqual(after.filter((path) => !before.has(path)));
    }), { numRuns: 20 });
    expect(paths(newBundles(255n, 513n))).toEqual(["tile/entries/000", "tile/entries/001", "tile/entries/002.p/1"]);
    expect(paths(newBundles(255n, 255n))).toEqual([]);
  });
});

/** A log's tiles by their paths, as they are published. */
class Published {
  readonly #tiles = new Map<string, Uint8Array>();
  edge: TreeEdge = EMPTY_EDGE;

  append(leaves: readonly Uint8Array[]): TileBytes[] {
    const { edge, tiles } = extend(this.edge, leaves);
    for (const { tile, bytes } of tiles) this.#tiles.set(tilePath(tile), bytes);
    this.edge = edge;
    return tiles;
  }

  readonly read = (tile: Tile): Uint8Array => {
    const bytes = this.#tiles.get(tilePath(tile));
    if (!bytes) throw new Error(`${tilePath(tile)} was never published`);
    return bytes;
  };
}

describe("a log that grows by tiles", () => {
  const LEAVES = numbered(1500);

  it("publishes the tiles of each size, with the right hashes, and keeps the root", () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 5 }), (steps) => {
      const log = new Published();
      let size = 0;
      for (const step of steps) {
        const leaves = LEAVES.slice(size, size + step);
        const tiles = log.append(leaves);
        expect(paths(tiles.map(({ tile }) => tile))).toEqual(paths(newTiles(BigInt(size), BigInt(size + leaves.length))));
        size += leaves.length;
        for (const { tile, bytes } of tiles) expect(bytes).toEqual(concat(...naiveTile(tile)));
        expect(edgeRoot(log.edge)).toEqual(naiveRoot(LEAVES.slice(0, size)));
      }
      expect(readEdge(BigInt(size), log.read)).toEqual(log.edge);
      expect(rangeOf(log.edge).size).toBe(BigInt(size));
    }), { numRuns: 30 });
  });

  const naiveTile = ({ level, index, width }: Tile): Uint8Array[] =>
    Array.from({ length: width }, (_, at) => {
      const span = 256 ** Number(level);
      const from = (Number(index) * 256 + at) * span;
      return naiveRoot(LEAVES.slice(from, from + span));
    });

  it("proves from the tiles of its size what the tree itself proves", () => {
    const log = new Published();
    log.append(LEAVES);
    fc.assert(fc.property(fc.integer({ min: 1, max: 1500 }), fc.nat(1499), fc.nat(1500), (size, at, before) => {
      const [index, old] = [at % size, before % (size + 1)];
      const small = new Published();
      small.append(LEAVES.slice(0, size));
      const hashes = hashesFrom(small.read, BigInt(size));
      expect(inclusionProof(BigInt(index), BigInt(size), hashes)).toEqual(naivePath(index, LEAVES.slice(0, size)));
      expect(consistencyProof(BigInt(old), BigInt(size), hashes)).toEqual(naiveConsistency(old, LEAVES.slice(0, size)));
    }), { numRuns: 40 });
  });

  it("names the tiles that a proof needs, and no others", () => {
    const log = new Published();
    log.append(LEAVES);
    const read = new Set<string>();
    const noting = (tile: Tile): Uint8Array => {
      read.add(tilePath(tile));
      return log.read(tile);
    };
    inclusionProof(700n, 1500n, hashesFrom(noting, 1500n));
    expect(paths(inclusionTiles(700n, 1500n)).toSorted()).toEqual([...read].toSorted());
    read.clear();
    consistencyProof(777n, 1500n, hashesFrom(noting, 1500n));
    expect(paths(consistencyTiles(777n, 1500n)).toSorted()).toEqual([...read].toSorted());
    expect(inclusionTiles(0n, 1n)).toEqual([]);
    expect(() => inclusionTiles(1n, 1n)).toThrow(RangeError);
  });

  it("reads a full tile in place of a partial one, and never one cut short", () => {
    const log = new Published();
    log.append(LEAVES.slice(0, 300));
    const early = hashesFrom(() => log.read({ level: 0, index: 0n, width: 256 }), 200n);
    expect(inclusionProof(3n, 200n, early)).toEqual(naivePath(3, LEAVES.slice(0, 200)));
    const short = (tile: Tile): Uint8Array => log.read(tile).slice(0, -1);
    expect(() => inclusionProof(3n, 300n, hashesFrom(short, 300n))).toThrow("tile/0/000 is cut short");
    expect(() => readEdge(300n, short)).toThrow(RangeError);
    expect(() => readEdge(300n, (tile) => log.read(tile).slice(0, -32))).toThrow(RangeError);
  });
});

describe("a bundle of entries", () => {
  const entries = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 256 });

  it("is each entry behind its length", () => {
    expect(encodeBundle([Uint8Array.of(7, 8), new Uint8Array(), new Uint8Array(258)])).toEqual(Uint8Array.of(0, 2, 7, 8, 0, 0, 1, 2, ...new Uint8Array(258)));
  });

  it("is read as it was written", () => {
    fc.assert(fc.property(entries, (entries) => {
      expect(decodeBundle(encodeBundle(entries), entries.length)).toEqual(entries);
    }));
    const longest = [new Uint8Array(MAX_ENTRY_BYTES).fill(1)];
    expect(decodeBundle(encodeBundle(longest), 1)).toEqual(longest);
  });

  it("is not read cut short, with anything behind it, or of another width", () => {
    fc.assert(fc.property(entries, fc.nat(), (entries, cut) => {
      const bytes = encodeBundle(entries);
      expect(decodeBundle(bytes.slice(0, cut % bytes.length), entries.length)).toBeNull();
      expect(decodeBundle(concat(bytes, Uint8Array.of(0)), entries.length)).toBeNull();
      expect(decodeBundle(bytes, entries.length - 1)).toBeNull();
      expect(decodeBundle(bytes, entries.length + 1)).toBeNull();
    }));
  });

  it.each([
    ["no entry", []],
    ["257 entries", Array.from({ length: 257 }, () => new Uint8Array())],
    ["an entry of 65,536 bytes", [new Uint8Array(MAX_ENTRY_BYTES + 1)]],
  ])("is not made of %s", (_, entries) => {
    expect(() => encodeBundle(entries)).toThrow(RangeError);
  });
});
