import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foundCounts, hear, type Heard, LATE, periodsOf, summarize, type UsageFacts } from "../../../src/domains/analytics/rules.ts";
import { DAY, HOUR } from "../../../src/kernel/clock.ts";

const at = (text: string): number => Date.parse(text);

describe("batch numbers", () => {
  it("are each taken once, in any order, and what is missing is known", () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 80 }), (numbers) => {
      let heard: Heard = { newest: 0, gaps: [] };
      const taken = new Set<number>();
      for (const number of numbers) {
        const after = hear(heard, number, 0);
        expect(after === null).toBe(taken.has(number));
        taken.add(number);
        heard = after ?? heard;
      }
      const missing = heard.gaps.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, n) => first + n));
      const newest = Math.max(0, ...numbers);
      const expected = Array.from({ length: newest }, (_, n) => n + 1).filter((number) => !taken.has(number));
      expect(missing.toSorted((a, b) => a - b)).toEqual(expected);
    }));
  });

  it("of a gap keep the time it was seen, whatever comes of it", () => {
    const heard = hear({ newest: 1, gaps: [] }, 10, 100)!;
    expect(hear(heard, 5, 900)!.gaps).toEqual([{ first: 2, last: 4, seenAt: 100 }, { first: 6, last: 9, seenAt: 100 }]);
  });
});

describe("answers that found somebody", () => {
  it("count once, however many identifiers they found", () => {
    const answer = { answerId: "a", purpose: "bet" as const, hour: 0, p: "", rootEpoch: 0 };
    expect(foundCounts([answer, { ...answer, p: "b" }, { ...answer, answerId: "b" }, { ...answer, answerId: "c", hour: HOUR }])).toEqual([
      { hour: 0, purpose: "bet", count: 2 }, { hour: HOUR, purpose: "bet", count: 1 },
    ]);
  });
});

describe("periods", () => {
  it("begin with the hour, or with the day in Nairobi", () => {
    const from = at("2026-10-20T20:59:00Z");
    expect(periodsOf({ from, to: from + 2 * HOUR, by: "hour" })).toEqual(["20:00", "21:00", "22:00"].map((time) => at(`2026-10-20T${time}Z`)));
    expect(periodsOf({ from, to: from + DAY, by: "day" })).toEqual([at("2026-10-19T21:00Z"), at("2026-10-20T21:00Z")]);
  });
});

describe("a summary", () => {
  const [first, second] = [at("2026-10-20T06:00Z"), at("2026-10-20T07:00Z")];
  const facts = (over: Partial<UsageFacts>): UsageFacts => ({ answers: [], dropped: [], gaps: [], stale: [], ...over });
  const now = second + HOUR;

  it("says nothing where nothing was heard of, and never 0 of what was not", () => {
    const [silent, heard] = summarize(facts({ answers: [{ hour: second, purpose: "login", clear: 5, found: 0 }] }), [first, second], now);
    expect(silent).toMatchObject({ purposes: { login: { clear: null, found: null } }, batchesLost: null, answersDropped: null });
    expect(heard).toMatchObject({ purposes: { login: { clear: 5, found: null }, bet: { clear: null, found: null } }, batchesLost: 0, answersDropped: 0 });
  });

  it("adds up a day", () => {
    const rows = [first, second].map((hour) => ({ hour, purpose: "bet", clear: 2, found: 1 }));
    const dropped = [{ hour: first, answers: 3 }, { hour: second, answers: 4 }];
    const [day] = summarize(facts({ answers: rows, dropped }), [at("2026-10-19T21:00Z")], now);
    expect(day).toMatchObject({ purposes: { bet: { clear: 4, found: 2 } }, answersDropped: 7, stale: null });
  });

  it("adds up what was asked and what of it with a retired token, and knows nothing of an hour in which nobody counted", () => {
    const stale = [{ hour: first, asked: 10, retired: 0 }, { hour: second, asked: 5, retired: 2 }];
    expect(summarize(facts({ stale }), [at("2026-10-19T21:00Z")], now)[0]!.stale).toEqual({ asked: 15, retired: 2 });
    expect(summarize(facts({ stale: stale.slice(1) }), [first, second], now).map((hour) => hour.stale)).toEqual([null, { asked: 5, retired: 2 }]);
  });

  it("counts a batch as lost once it is late, in the hour that was seen", () => {
    const gaps = [{ first: 2, last: 4, seenAt: first + 1 }, { first: 9, last: 9, seenAt: second }];
    const lost = (now: number) => summarize(facts({ gaps }), [first, second], now).map(({ batchesLost }) => batchesLost);
    expect(lost(first + LATE)).toEqual([null, null]);
    expect(lost(first + 1 + LATE)).toEqual([3, null]);
    expect(lost(second + LATE)).toEqual([3, 1]);
  });
});
