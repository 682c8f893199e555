import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LATENESS_KINDS, type LatenessKind } from "../../../src/domains/operators/acknowledgements/model.ts";
import { USUAL } from "../../../src/domains/compliance/standing/model.ts";
import { OFFICERS_STEPS, OPERATORS_STEPS, VIOLATION_STATES, type ViolationState, type ViolationStep } from "../../../src/domains/compliance/violations/model.ts";
import { hearingEnd, judgeStep, type Lapse, proofOfCanary, proofOfLapse, provenAfter } from "../../../src/domains/compliance/violations/rules.ts";
import { explain } from "../../../src/domains/compliance/violations/words.ts";
import { LOCALES, type Locale } from "../../../src/i18n/locales.ts";
import { DAY, HOUR } from "../../../src/kernel/clock.ts";

const NOW = Date.parse("2026-11-10T07:00:00Z");
const ALL = [...OFFICERS_STEPS, ...OPERATORS_STEPS];

/** The workflow as docs/compliance.md has it, written a second time. */
const TABLE: Record<ViolationState, Partial<Record<ViolationStep, ViolationState>>> = {
  proposed: { notify: "notified" },
  notified: { respond: "responded", uphold: "upheld", dismiss: "dismissed" },
  responded: { uphold: "upheld", dismiss: "dismissed" },
  upheld: { remedy: "remedied" },
  dismissed: {},
  remedied: { close: "closed" },
  closed: {},
};

describe("a step", () => {
  it.each(VIOLATION_STATES.flatMap((state) => ALL.map((step) => [state, step] as const)))("on what is %s: %s", (state, step) => {
    const judged = judgeStep({ state, respondUntil: NOW - 1, accuser: "user:a" }, step, "user:b", NOW);
    const to = TABLE[state][step];
    expect(judged).toEqual(to ? { ok: true, state: to } : { ok: false, refusal: "out-of-turn" });
  });

  it("that decides takes somebody else than who opened it", () => {
    for (const step of ["uphold", "dismiss"] as const) {
      expect(judgeStep({ state: "responded", respondUntil: NOW, accuser: "user:a" }, step, "user:a", NOW)).toEqual({ ok: false, refusal: "own" });
    }
    expect(judgeStep({ state: "remedied", respondUntil: NOW, accuser: "user:a" }, "close", "user:a", NOW).ok).toBe(true);
  });

  it("that decides waits for the response, or for the end of its time to the last millisecond", () => {
    const until = hearingEnd(NOW, 14);
    expect(new Date(until).toISOString()).toBe("2026-11-24T20:59:59.999Z");
    const uphold = (now: number, state: ViolationState = "notified") => judgeStep({ state, respondUntil: until, accuser: "user:a" }, "uphold", "user:b", now);
    expect([uphold(NOW), uphold(until), uphold(until + 1), uphold(NOW, "responded")]).toEqual([
      { ok: false, refusal: "not-heard" }, { ok: false, refusal: "not-heard" }, { ok: true, state: "upheld" }, { ok: true, state: "upheld" },
    ]);
  });

  it("whatever is tried by whomever, no decision comes before the operator was heard, nor by who accuses", () => {
    const move = fc.record({ step: fc.constantFrom(...ALL), by: fc.constantFrom("user:a", "user:b", "user:c"), later: fc.constantFrom(0, HOUR, 15 * DAY) });
    fc.assert(fc.property(fc.array(move, { maxLength: 30 }), (moves) => {
      let [state, now, respondUntil, accuser, heard]: [ViolationState, number, number | null, string | null, boolean] = ["proposed", NOW, null, null, false];
      for (const { step, by, later } of moves) {
        now += later;
        const judged = judgeStep({ state, respondUntil, accuser }, step, by, now);
        const to = TABLE[state][step];
        const decides = step === "uphold" || step === "dismiss";
        const refusal = !to ? "out-of-turn" : decides && by === accuser ? "own" : decides && !heard && now <= respondUntil! ? "not-heard" : null;
        expect(judged).toEqual(refusal === null ? { ok: true, state: to } : { ok: false, refusal });
        if (!judged.ok) continue;
        if (step === "notify") [respondUntil, accuser] = [hearingEnd(now, 14), by];
        if (step === "respond") heard = true;
        if (step === "uphold" || step === "dismiss") expect([by === accuser, heard || now > respondUntil!]).toEqual([false, true]);
        state = judged.state;
      }
    }));
  });
});

describe("a rule", () => {
  const late = (kind: LatenessKind, ms: number): Lapse => ({ id: "l1", operator: "opacme", kind, count: 3, since: NOW - ms, seenAt: NOW });

  it("holds lateness against an operator from the terms' time on", () => {
    expect(provenAfter(USUAL)).toEqual({ received: 24 * HOUR, others: 3 * DAY });
    expect(provenAfter({ ...USUAL, unreceivedHours: 1, overdueDays: 1 })).toEqual({ received: HOUR, others: DAY });
  });

  it("says how long it has lasted by the feed's own word, and the same of a lapse however long it lasts", () => {
    expect(proofOfLapse(late("received", 49 * HOUR), USUAL)).toEqual({ operator: "opacme", rule: "events-not-received", subject: "lapse l1", figures: { count: 3, hours: 49, most: 24 } });
    expect(proofOfLapse(late("handled", 4 * DAY), USUAL)).toEqual({ operator: "opacme", rule: "acknowledgements-overdue", subject: "lapse l1", figures: { kind: "handled", count: 3, days: 4, most: 3 } });
    expect(proofOfLapse({ ...late("handled", 4 * DAY), seenAt: NOW - DAY }, USUAL).figures.days).toBe(3);
  });

  it.each(Object.keys(LOCALES) as Locale[])("says in %s what it found, with every number", (locale) => {
    const proofs = [proofOfCanary({ operator: "opacme", canary: "c-1", meetings: 2 }), ...LATENESS_KINDS.map((kind) => proofOfLapse(late(kind, 5 * DAY), USUAL))];
    expect(proofs).toHaveLength(7);
    for (const { rule, figures } of proofs) {
      const words = explain(locale, { rule, figures, grounds: null });
      for (const value of Object.values(figures)) if (typeof value === "number") expect(words).toContain(String(value));
      expect(words).not.toMatch(/[{}_]|undefined/);
    }
    expect(explain(locale, { rule: "by-hand", figures: {}, grounds: "what an officer said" })).toBe("what an officer said");
  });
});
