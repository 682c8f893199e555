import { describe, expect, test } from "vitest";
import type { Change } from "../../../src/check/feed.ts";
import { reconcile, toSalvage } from "../../../src/domains/exclusions/recovery/found.ts";

const person = (n: number) => new Uint8Array(16).fill(n);
const row = (seq: number, type: "excluded" | "released", n: number, t = seq): Change => ({ seq, t, type, rootEpoch: 0, p: person(n) });
const none = (): boolean => false;

describe("what Replicas hold beyond what was restored", () => {
  test("is taken from all of them together, each row once, with the numbers nobody holds", () => {
    const [one, two, four, seven] = [row(1, "excluded", 1), row(2, "excluded", 2), row(4, "excluded", 4), row(7, "excluded", 7)];
    const found = reconcile([[one, two], [two, four], [four, seven]], 1);
    expect(found).toEqual({ rows: [two, four, seven], contradictory: false, gaps: [[3, 3], [5, 6]] });
  });

  test("is nothing when nobody holds anything", () => {
    expect(reconcile([[], [row(3, "excluded", 3)]], 3)).toEqual({ rows: [], contradictory: false, gaps: [] });
  });

  test("is contradictory when two hold different rows of one number, and both count", () => {
    const found = reconcile([[row(2, "excluded", 2)], [row(2, "excluded", 2, 99)]], 1);
    expect([found.contradictory, found.rows.length]).toEqual([true, 2]);
  });
});

describe("who stays excluded", () => {
  const salvaged = (held: Change[][], isExplained: (row: Change) => boolean = none) => toSalvage(reconcile(held, 0), isExplained).map(({ p }) => p[0]);

  test("is whoever was excluded last, and not who was released since", () => {
    expect(salvaged([[row(1, "excluded", 1), row(2, "excluded", 2), row(3, "released", 1)]])).toEqual([2]);
    expect(salvaged([[row(1, "released", 1), row(2, "excluded", 1)]])).toEqual([1]);
  });

  test("is also who was released, where rows are missing or Replicas contradict each other", () => {
    expect(salvaged([[row(1, "excluded", 1), row(3, "released", 1)]])).toEqual([1]);
    expect(salvaged([[row(1, "excluded", 1), row(2, "released", 1)], [row(2, "released", 1, 9)]])).toEqual([1]);
  });

  test("is nobody whose exclusion was merged with all its details", () => {
    expect(salvaged([[row(1, "excluded", 1), row(2, "excluded", 2)]], ({ seq }) => seq === 1)).toEqual([2]);
  });
});
