import { describe, expect, it } from "vitest";
import type { CanonicalIdentifier } from "../../../src/bst/kinds.ts";
import { estimate, longestRun, look, newSketch, type Sketch } from "../../../src/domains/tokens/guard/neighbours.ts";
import { type DayFigures, expectedShareOf, judge, logChance, reasonOf, THRESHOLDS } from "../../../src/domains/tokens/guard/rules.ts";

/** The same numbers for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const phone = (n: number): CanonicalIdentifier => ({ kind: "msisdn", value: `+2547${String(n).padStart(8, "0")}` });
const card = (n: number): CanonicalIdentifier => ({ kind: "national_id", value: String(20_000_000 + n) });

const calm: DayFigures = { identifiers: 0, blocks: 0, oneIn: 1, longestRun: 0, tokenised: 0, excluded: 0, expectedShare: 0.02, exhaustedDays: 0 };

const saltOf = (seed: number): Uint8Array => Uint8Array.from({ length: 16 }, (_, at) => seed * 31 + at);

/** What the rules say after each batch of a day; the number of identifiers until the first quarantine, or null. */
function aDay(batches: Iterable<CanonicalIdentifier[]>, expected: number, seed: number): { until: number | null; warned: string[]; sketch: Sketch } {
  const sketch = newSketch(saltOf(seed), expected);
  const warned = new Set<string>();
  let [count, run] = [0, 0];
  for (const batch of batches) {
    count += batch.length;
    look(sketch, batch);
    run = Math.max(run, longestRun(batch));
    const findings = judge({ ...calm, identifiers: estimate(sketch.identifiers), blocks: estimate(sketch.blocks), oneIn: sketch.oneIn, longestRun: run });
    for (const { rule, severity } of findings) if (severity === "warn") warned.add(rule);
    if (findings.some(({ severity }) => severity === "quarantine")) return { until: count, warned: [...warned], sketch };
  }
  return { until: null, warned: [...warned], sketch };
}

function* inBatches(identifiers: readonly CanonicalIdentifier[], size = 1_000): Generator<CanonicalIdentifier[]> {
  for (let at = 0; at < identifiers.length; at += size) yield identifiers.slice(at, at + size);
}

const drawn = (count: number, of: number, random: () => number): number[] => {
  const numbers = new Set<number>();
  while (numbers.size < count) numbers.add(Math.floor(random() * of));
  return [...numbers];
};

const SEEDS = [1, 2, 3];

describe("honest operators", () => {
  it.each(SEEDS)("bring in 100,000 customers as they come, and their cards, without a word (seed %i)", (seed) => {
    const random = seeded(seed);
    const phones = drawn(50_000, 30_000_000, random).map(phone);
    const cards = drawn(50_000, 20_000_000, random).map(card);
    expect(aDay(inBatches([...phones, ...cards]), 100_000, seed)).toMatchObject({ until: null, warned: [] });
  });

  it.each(SEEDS)("bring in 100,000 of 5 million customers sorted by number, one in six of all there are, without a word (seed %i)", (seed) => {
    const random = seeded(seed);
    const phones = drawn(100_000, 600_000, random).toSorted((one, other) => one - other).map(phone);
    expect(aDay(inBatches(phones), 10_500_000, seed)).toMatchObject({ until: null, warned: [] });
  });

  it.each(SEEDS)("make single tokens all day, a household's neighbouring numbers among them (seed %i)", (seed) => {
    const random = seeded(seed);
    const households = drawn(500, 300_000, random).flatMap((n) => [0, 1, 2].map((next) => phone(n * 100 + next)));
    expect(aDay(inBatches(households, 3), 10_000, seed)).toMatchObject({ until: null, warned: [] });
  });
});

describe("who tries numbers one after the other", () => {
  it("is found with the first batch of 50 neighbours", () => {
    expect(aDay(inBatches(Array.from({ length: 1_000 }, (_, n) => phone(n))), 10_000, 1).until).toBe(1_000);
    expect(aDay(inBatches(Array.from({ length: 1_000 }, (_, n) => phone(n)), 50), 10_000, 1).until).toBe(50);
  });

  it.each(SEEDS)("and one by one, or mixed up, is found within 500 (seed %i)", (seed) => {
    const numbers = drawn(10_000, 10_000, seeded(seed)).toSorted((one, other) => Math.floor(one / 500) - Math.floor(other / 500));
    expect(aDay(inBatches(numbers.map(phone), 1), 10_000, seed).until).toBeLessThanOrEqual(500);
  });

  it.each(SEEDS)("and every second one, in small batches, is found within 1,000 (seed %i)", (seed) => {
    const numbers = Array.from({ length: 5_000 }, (_, n) => phone(2 * n));
    expect(aDay(inBatches(numbers, 20), 10_000, seed).until).toBeLessThanOrEqual(1_000);
  });

  it.each([1, 2])("is found within 200,000 where a day may bring ten million and one block in many is looked at (seed %i)", (seed) => {
    const numbers = Array.from({ length: 300_000 }, (_, n) => phone(n));
    expect(aDay(inBatches(numbers, 20), 10_500_000, seed).until).toBeLessThanOrEqual(200_000);
  });

  it("sees it in documents too, and not in names without numbers", () => {
    expect(longestRun(Array.from({ length: 60 }, (_, n) => ({ kind: "passport", value: `AK${1_000_000 + n}` })))).toBe(60);
    expect(longestRun([{ kind: "passport", value: "1A" }, { kind: "passport", value: "2A" }])).toBe(0);
    expect(longestRun([phone(1), phone(1), phone(2)])).toBe(2);
    expect(longestRun([])).toBe(0);
  });
});

describe("the sketch of a day", () => {
  it("counts distinct identifiers within 2 %, and the same again not at all", () => {
    for (const count of [100, 1_000, 20_000, 60_000]) {
      const sketch = newSketch(saltOf(count), count);
      const numbers = drawn(count, 90_000_000, seeded(count)).map(phone);
      for (const batch of inBatches([...numbers, ...numbers])) look(sketch, batch);
      expect(Math.abs(estimate(sketch.identifiers) - count)).toBeLessThan(Math.max(3, count * 0.02));
    }
  });

  it("looks at one block in many where many are expected, so that it is never full", () => {
    const sketch = newSketch(saltOf(7), 1_000_000);
    for (const batch of inBatches(drawn(40_000, 90_000_000, seeded(7)).map(phone))) look(sketch, batch);
    expect(sketch.oneIn).toBe(16);
    expect(Math.abs(estimate(sketch.identifiers) - 40_000 / 16)).toBeLessThan(250);
  });

  it("cannot be compared between days: another salt, other bits", () => {
    const [one, other] = [newSketch(saltOf(1), 10), newSketch(saltOf(2), 10)];
    for (const sketch of [one, other]) look(sketch, [phone(1)]);
    expect(one.identifiers).not.toEqual(other.identifiers);
  });

  it("says something even when it is full", () => expect(estimate(new Uint8Array(8_192).fill(255))).toBeGreaterThan(500_000));
});

describe("the rate of excluded people", () => {
  const fired = (excluded: number, tokenised: number, expectedShare = 0.02) => judge({ ...calm, excluded, tokenised, expectedShare }).map(({ severity }) => severity);

  it("is held against the register's own, with what chance would explain left alone", () => {
    expect(fired(19, 19)).toEqual([]);
    expect(fired(20, 20)).toEqual(["quarantine"]);
    expect(fired(20, 1_000)).toEqual([]);
    expect(fired(40, 1_000)).toEqual([]);
    expect(fired(50, 1_000)).toEqual(["warn"]);
    expect(fired(70, 1_000)).toEqual(["quarantine"]);
    expect(fired(2_000, 100_000)).toEqual([]);
  });

  it("bounds the chance from above: the binomial's own tail is never larger", () => {
    for (const [found, of, share] of [[5, 20, 0.1], [30, 100, 0.2], [3, 50, 0.01], [40, 40, 0.5]] as const) {
      let tail = 0;
      for (let k = found; k <= of; k++) tail += Math.exp(logChoose(of, k) + k * Math.log(share) + (of - k) * Math.log(1 - share));
      expect(Math.log(tail)).toBeLessThanOrEqual(logChance(found, of, share) + 1e-9);
    }
    expect(logChance(0, 0, 0.1)).toBe(0);
  });

  it.each(SEEDS)("of an honest operator, at the most it may be, trips nobody in 300 days (seed %i)", (seed) => {
    const random = seeded(seed);
    let fires = 0;
    for (let day = 0; day < 300; day++) {
      let excluded = 0;
      for (let tokenised = 1; tokenised <= 2_000; tokenised++) {
        if (random() < 0.02) excluded++;
        if (tokenised % 100 === 0) fires += fired(excluded, tokenised).length;
      }
    }
    expect(fires).toBe(0);
  });

  it.each([[0, 0.02], [100_000, 1 / 30], [3_000_000, 0.5], [30_000_000, 0.5]])("may be, with %i excluded, %d", (excluded, share) => {
    expect(expectedShareOf(excluded)).toBeCloseTo(share);
  });
});

const logChoose = (n: number, k: number): number => Array.from({ length: k }, (_, at) => Math.log((n - at) / (at + 1))).reduce((sum, one) => sum + one, 0);

describe("every finding", () => {
  it("has its figures, and says them in words", () => {
    const all = judge({ identifiers: 1_000, blocks: 12, oneIn: 1, longestRun: 80, tokenised: 100, excluded: 60, expectedShare: 0.02, exhaustedDays: 8 });
    expect(all.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(["sequential-identifiers", "runs-of-numbers", "positive-rate", "quota-exhausted"].map((rule) => `${rule} quarantine`));
    expect(all[0]!.evidence).toEqual({ identifiers: 1_000, blocks: 12, blockSize: 100, oneBlockIn: 1, perBlock: 83.3 });
    expect(all.map(reasonOf)).toEqual([
      expect.stringContaining("1000 identifiers lie in 12 blocks"), expect.stringContaining("80 numbers"), expect.stringContaining("60 of 100"), expect.stringContaining("8 of 14 days"),
    ]);
    expect(judge({ ...calm, exhaustedDays: THRESHOLDS.exhaustedDays.warn })).toEqual([{ rule: "quota-exhausted", severity: "warn", evidence: { exhaustedDays: 3, ofDays: 14 } }]);
    expect(judge(calm)).toEqual([]);
  });
});
