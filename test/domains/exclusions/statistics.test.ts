import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rangeOf, unitsOf } from "../../../src/domains/exclusions/statistics/period.ts";
import { type Cell, publishCells, publishRounded, publishTotal } from "../../../src/domains/exclusions/statistics/publish.ts";
import { medianOf, summaryOf } from "../../../src/domains/exclusions/statistics/staleness.ts";

const FEWEST = 3;
const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

/** Every table of so many counts that add up to this. */
function tables(cells: number, total: number): number[][] {
  if (cells === 1) return [[total]];
  return Array.from({ length: total + 1 }, (_, first) => tables(cells - 1, total - first).map((rest) => [first, ...rest])).flat();
}

const said = (counts: readonly number[], publish: (counts: readonly number[]) => Cell[]): string => JSON.stringify([publishTotal(sum(counts), FEWEST), publish(counts)]);

/**
 * The small counts somebody can compute who reads what is said of a table, knows how it came to be, and tries every table
 * that would have been told alike.
 */
function computable(counts: readonly number[], publish: (counts: readonly number[]) => Cell[]): number[] {
  const told = said(counts, publish);
  const totals = sum(counts) < FEWEST ? Array.from({ length: FEWEST }, (_, total) => total) : [sum(counts)];
  const alike = totals.flatMap((total) => tables(counts.length, total)).filter((table) => said(table, publish) === told);
  return counts.filter((count, at) => count < FEWEST && alike.every((table) => table[at] === count));
}

const someCounts = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 2, maxLength: 4 });
const safely = (counts: readonly number[]) => publishCells(counts, FEWEST);

describe("what is published of counts", () => {
  it("lets nobody compute a small one, though they know the total and the rule", () => {
    fc.assert(fc.property(someCounts, (counts) => {
      expect(computable(counts, safely)).toEqual([]);
    }), { numRuns: 300 });
  });

  it.each<[string, (counts: readonly number[]) => Cell[], number[]]>([
    ["nothing is suppressed", (counts) => counts.map((count) => ({ count, status: "published" })), [1, 4]],
    ["only the small are", (counts) => counts.map((count) => publishTotal(count, FEWEST)), [1, 4, 5]],
    ["the next smallest is beside them only once", (counts) => {
      const next = Math.min(...counts.filter((count) => count >= FEWEST));
      const second = counts.indexOf(next);
      return counts.map((count, at) => (count < FEWEST || (at === second && counts.some((one) => one < FEWEST)) ? { count: null, status: "suppressed" } : { count, status: "published" }));
    }, [3, 3, 1]],
  ])("would not be safe if %s", (_, publish, counts) => {
    expect(computable(counts, publish)).not.toEqual([]);
    expect(computable(counts, safely)).toEqual([]);
  });

  it("hides no more than that: a table without small counts is told whole, and so is what is larger than the next smallest", () => {
    const told = (counts: number[]) => publishCells(counts).map(({ count }) => count);
    expect(told([10, 12, 300])).toEqual([10, 12, 300]);
    expect(told([9, 12, 12, 300])).toEqual([null, null, null, 300]);
    expect(told([0, 0, 270])).toEqual([null, null, null]);
    expect([publishTotal(9), publishTotal(10)]).toEqual([{ count: null, status: "suppressed" }, { count: 10, status: "published" }]);
  });

  it("is a number in force only to the nearest ten", () => {
    expect([3, 4, 5, 14, 15, 1_234].map((count) => publishRounded(count).count)).toEqual([null, null, 10, 10, 20, 1_230]);
  });
});

const NOW = Date.UTC(2026, 10, 30, 21, 30);
const problemOf = (ask: () => unknown): unknown => {
  try {
    return ask();
  } catch (error) {
    return (error as { problem: { errors: unknown } }).problem.errors;
  }
};

describe("the range that is asked for", () => {
  it("is the newest one unless said, by the calendar in Nairobi", () => {
    expect(rangeOf("months", {}, NOW)).toEqual({ from: "2025-12", to: "2026-11" });
    expect(rangeOf("days", {}, NOW)).toEqual({ from: "2026-11-02", to: "2026-12-01" });
    expect(unitsOf("months", { from: "2025-11", to: "2026-02" })).toEqual(["2025-11", "2025-12", "2026-01", "2026-02"]);
    expect(unitsOf("days", { from: "2028-02-28", to: "2028-03-01" })).toEqual(["2028-02-28", "2028-02-29", "2028-03-01"]);
  });

  it.each([
    ["months", { to: "2026-12" }, "/to"], ["months", { from: "2026-05", to: "2026-04" }, "/from"], ["months", { from: "2024-11", to: "2026-11" }, "/from"],
    ["months", { from: "2026-12" }, "/from"], ["days", { to: "2026-12-02" }, "/to"], ["days", { from: "2026-01-01" }, "/from"],
  ] as const)("in %s is refused where it cannot be told: %j", (grain, asked, pointer) => {
    expect(problemOf(() => rangeOf(grain, asked, NOW))).toEqual([{ pointer, detail: expect.any(String) }]);
  });

  it("may be two years", () => expect(unitsOf("months", rangeOf("months", { from: "2024-12", to: "2026-11" }, NOW))).toHaveLength(24));
});

describe("measurements", () => {
  it("come to nothing where there are none: a minute without an answer is unknown", () => {
    expect(summaryOf({ 0: null, 7: null })).toEqual({ samples: 0, medianMs: null, p95Ms: null, worstMs: null });
    expect(summaryOf({ 0: 300, 1: null, 2: 100, 3: 5_000 })).toEqual({ samples: 3, medianMs: 300, p95Ms: 5_000, worstMs: 5_000 });
  });

  it("have the median that a sorted list of them has", () => {
    const counted = fc.array(fc.record({ hours: fc.nat({ max: 50 }), count: fc.integer({ min: 1, max: 4 }) }), { maxLength: 12 });
    fc.assert(fc.property(counted, (rows) => {
      const sorted = rows.flatMap(({ hours, count }) => Array.from({ length: count }, () => hours)).toSorted((one, other) => one - other);
      expect(medianOf(rows)).toBe(sorted[Math.ceil(sorted.length / 2) - 1] ?? null);
    }));
  });
});
