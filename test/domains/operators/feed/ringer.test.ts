import { describe, expect, it } from "vitest";
import type { ReplicaPoll } from "../../../../src/check/feed.ts";
import { Ringer } from "../../../../src/domains/operators/feed/bell/ringer.ts";
import type { Rows } from "../../../../src/domains/operators/feed/take.ts";

/** A bell on a clock that only waiting moves, at a Replica whose answers are given. */
function aBell(answers: (Partial<ReplicaPoll> | Error)[], wanted: Record<string, boolean | "hangs"> = { acme01: true }) {
  let now = 0;
  const listening = new Set(Object.keys(wanted));
  const [asked, poked, reports] = [[] as unknown[], [] as [operator: string, at: number, rows: Rows][], [] as string[]];
  const ringer = new Ringer({
    news: async (...copy) => {
      asked.push(copy);
      const answer = answers.shift();
      if (!answer) {
        now = Number.POSITIVE_INFINITY;
        return { logId: "log-1", seq: 0, t: 0, age: 0, from: 1, rows: [] };
      }
      if (answer instanceof Error) throw answer;
      return { logId: "log-1", seq: 1, t: 1, age: 0, from: 1, rows: [], ...answer };
    },
    listeners: () => [...listening],
    poke: async (operator, rows) => {
      poked.push([operator, now, rows]);
      return wanted[operator] === "hangs" ? new Promise<never>(() => undefined) : { taken: "complete", wanted: wanted[operator] === true };
    },
    left: (operator) => void listening.delete(operator),
    clock: () => now,
    wait: async (ms) => void (now += ms),
    report: (what) => void reports.push(what),
  });
  return { ringer, asked, poked, reports, listening };
}

const row = (seq: number) => ({ seq, t: seq, type: "manifest" as const, manifest: { hash: "h", sequence: seq } });

describe("the bell", () => {
  it("asks after what it has, and rings at most four times a second, each time with the rows", async () => {
    const { ringer, asked, poked } = aBell([{ seq: 1 }, { seq: 3, rows: [row(2), row(3)] }, { seq: 3 }, { seq: 4, rows: [row(4)] }]);
    await ringer.ring(10_000);
    expect(asked.slice(0, 4)).toEqual([[Number.MAX_SAFE_INTEGER, null], [1, "log-1"], [3, "log-1"], [3, "log-1"]]);
    expect(poked.map(([, at, rows]) => [at, rows.seq, rows.rows.length])).toEqual([[0, 1, 0], [250, 3, 2], [500, 4, 1]]);
  });

  it("is not held up by a feed that hangs, and lets go of one where nobody wants to be told", async () => {
    const { ringer, poked, listening } = aBell([{ seq: 1 }, { seq: 2, rows: [row(2)] }, { seq: 3, rows: [row(3)] }], { acme01: true, hangs1: "hangs", quiet1: false });
    await ringer.ring(10_000);
    const times = (operator: string) => poked.filter(([of]) => of === operator).length;
    expect([times("acme01"), times("hangs1"), times("quiet1")]).toEqual([3, 1, 1]);
    expect([...listening]).toEqual(["acme01", "hangs1"]);
  });

  it("waits a second when no Replica answers, says so, and goes on; another log is news", async () => {
    const { ringer, poked, reports } = aBell([{ seq: 5 }, new Error("away"), { seq: 5 }, { logId: "log-2", seq: 5 }]);
    await ringer.ring(10_000);
    expect(poked.map(([, at, rows]) => [at, rows.logId]).slice(0, 2)).toEqual([[0, "log-1"], [1_250, "log-2"]]);
    expect(reports).toEqual(["no Replica was there to be asked"]);
  });

  it("is silent while nobody listens", async () => {
    const { ringer, asked } = aBell([], {});
    await ringer.ring(10_000);
    expect(asked).toEqual([]);
  });
});
