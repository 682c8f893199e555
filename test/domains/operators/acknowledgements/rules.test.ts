import { describe, expect, it } from "vitest";
import { figuresOf, firstAt, keptTerm } from "../../../../src/domains/operators/acknowledgements/figures.ts";
import { USUAL_TERMS } from "../../../../src/domains/operators/acknowledgements/model.ts";
import { judgeHandled, judgeTime, owedAfter } from "../../../../src/domains/operators/acknowledgements/rules.ts";
import { AcknowledgementTerms } from "../../../../src/domains/operators/acknowledgements/terms.ts";
import { DAY, MINUTE, SECOND } from "../../../../src/kernel/clock.ts";

describe("figures", () => {
  it("are each a row's own, and none where there is no row", () => {
    expect(figuresOf([], 30, 0)).toEqual({ count: 0, medianMs: null, p99Ms: null, lateCount: 0 });
    expect(figuresOf([7], 30, 2)).toEqual({ count: 1, medianMs: 7, p99Ms: 7, lateCount: 2 });
    expect(figuresOf([40, 10, 31, 30], 30, 0)).toEqual({ count: 4, medianMs: 30, p99Ms: 40, lateCount: 2 });
    const delays = Array.from({ length: 200 }, (_, at) => at + 1);
    expect(figuresOf(delays, 150, 0)).toEqual({ count: 200, medianMs: 100, p99Ms: 198, lateCount: 50 });
  });

  it("take the first of several doors by which an event came, and none for a number that every run leaves out", () => {
    const events = [1, 2, 3, 5, 9].map((sequence) => ({ sequence, at: 0 }));
    const runs = [{ first: 1, last: 5, at: 50 }, { first: 2, last: 3, at: 10 }, { first: 3, last: 4, at: 5 }, { first: 4, last: 8, at: 60 }];
    expect(firstAt(events, runs)).toEqual([50, 10, 5, 50, null]);
    expect(firstAt([], runs)).toEqual([]);
    expect(firstAt(events, [])).toEqual([null, null, null, null, null]);
  });

  it("count as late what took longer than its term, and what is waited for beyond it; not what still has time", () => {
    const events = [{ sequence: 1, at: 0 }, { sequence: 2, at: 0 }, { sequence: 3, at: 10 }, { sequence: 4, at: 95 }];
    expect(keptTerm(events, [{ first: 1, last: 1, at: 30 }, { first: 2, last: 2, at: 31 }], 30, 100)).toEqual({ count: 2, medianMs: 30, p99Ms: 31, lateCount: 2 });
    expect(keptTerm(events, [], 30, 30).lateCount).toBe(0);
  });
});

describe("a time", () => {
  it("is refused ahead of now and before the event, but for ten seconds of difference between clocks, and kept between them", () => {
    expect(judgeTime(1_000_000, 900_000, 990_000)).toEqual({ ok: true, at: 990_000 });
    expect(judgeTime(1_000_001, 900_000, 990_000)).toEqual({ ok: false, refusal: "in-the-future" });
    expect(judgeTime(890_000, 900_000, 990_000)).toEqual({ ok: true, at: 900_000 });
    expect(judgeTime(889_999, 900_000, 990_000)).toEqual({ ok: false, refusal: "before-the-event" });
    expect(judgeTime(950_000, 900_000, 990_000)).toEqual({ ok: true, at: 950_000 });
  });
});

describe("how far events were worked through", () => {
  it("never goes back, and not beyond what was received", () => {
    expect(judgeHandled(5, { through: 3, received: 5 })).toEqual({ ok: true, through: 5 });
    expect(judgeHandled(2, { through: 3, received: 5 })).toEqual({ ok: true, through: 3 });
    expect(judgeHandled(6, { through: 3, received: 5 })).toEqual({ ok: false, refusal: "not-received" });
  });
});

describe("what is owed", () => {
  it("is everything of a customer, and nothing of who is only on a mailing list", () => {
    expect(owedAfter([])).toEqual([]);
    expect(owedAfter(["marketing_removed"])).toEqual([]);
    expect(owedAfter(["session_ended"])).toEqual(["account_closed", "marketing_removed", "balance_returned"]);
    expect(owedAfter(["account_closed", "marketing_removed"])).toEqual(["session_ended", "balance_returned"]);
    expect(owedAfter(["session_ended", "account_closed", "marketing_removed", "balance_returned"])).toEqual([]);
  });
});

describe("ACKNOWLEDGEMENT_TERMS", () => {
  it("is what differs from the usual, in seconds", () => {
    expect(AcknowledgementTerms.parse("{}")).toEqual(USUAL_TERMS);
    expect(AcknowledgementTerms.parse('{"received":60,"account_closed":3600}')).toEqual({ ...USUAL_TERMS, received: 60 * SECOND, account_closed: 60 * MINUTE });
    expect(USUAL_TERMS).toEqual({ received: 30_000, handled: 300_000, session_ended: 300_000, account_closed: DAY, marketing_removed: DAY, balance_returned: 7 * DAY });
  });

  it("is refused where it is no such object: unknown names, no numbers, none or too long", () => {
    for (const text of ["", "no", "[]", "null", '{"recieved":60}', '{"received":0}', '{"received":-1}', '{"received":1.5}', '{"received":"60"}', '{"received":2592000}']) {
      expect([text, AcknowledgementTerms.safeParse(text).success]).toEqual([text, false]);
    }
  });
});
