import { describe, expect, it } from "vitest";
import { judgeForgetting } from "../../../src/domains/exclusions/retention.ts";
import { dueAt, isOverdue, judgeStep, lookAgainAt } from "../../../src/domains/users/rights/rules.ts";
import { CLOCK_DAYS, type RequestKind, type Subject } from "../../../src/domains/users/rights/model.ts";
import { DAY } from "../../../src/kernel/clock.ts";

const nairobi = (text: string): number => Date.parse(`${text}+03:00`);

describe("a request's clock", () => {
  it("runs to the end of the last day in Nairobi; the day of receipt does not count", () => {
    const late = nairobi("2026-10-01T23:59:59.999");
    expect(dueAt("access", late)).toBe(nairobi("2026-10-08T23:59:59.999"));
    expect(dueAt("access", late + 1)).toBe(nairobi("2026-10-09T23:59:59.999"));
    expect(dueAt("portability", nairobi("2027-02-01T00:00:00"))).toBe(nairobi("2027-03-03T23:59:59.999"));
    expect(dueAt("erasure", nairobi("2026-12-24T12:00:00"))).toBe(nairobi("2027-01-07T23:59:59.999"));
  });

  it("is the regulation's for each kind", () => {
    expect(CLOCK_DAYS).toEqual({ access: 7, rectification: 14, portability: 30, erasure: 14, restriction: 14, objection: 14 });
  });

  it("has run out a millisecond after the day's end, and only while nobody decided", () => {
    const request = { state: "received" as const, dueAt: 1_000 };
    expect([isOverdue(request, 1_000), isOverdue(request, 1_001), isOverdue({ ...request, state: "refused" }, 1_001)]).toEqual([false, true, false]);
  });
});

describe("an officer's step", () => {
  const request = (state: "received" | "in-progress" | "answered" | "refused", kind: RequestKind = "rectification", subject: Subject | null = null) => ({ kind, state, subject });

  it("leads from received over in progress to a decision, and from there nowhere", () => {
    expect(judgeStep(request("received"), "take-up", [])).toEqual({ ok: true, state: "in-progress" });
    expect(judgeStep(request("in-progress"), "answer", [])).toEqual({ ok: true, state: "answered" });
    expect(judgeStep(request("received"), "refuse", ["evidence-missing"])).toEqual({ ok: true, state: "refused" });
    expect(judgeStep(request("in-progress"), "take-up", [])).toEqual({ ok: false, refusal: "taken-up-already" });
    for (const step of ["take-up", "answer", "refuse"] as const) {
      expect(judgeStep(request("refused"), step, ["evidence-missing"])).toEqual({ ok: false, refusal: "decided-already" });
    }
  });

  it("refuses only with reasons the law knows for this kind", () => {
    expect(judgeStep(request("received"), "refuse", [])).toEqual({ ok: false, refusal: "reason-missing" });
    expect(judgeStep(request("received", "access"), "refuse", ["exclusion-active"])).toEqual({ ok: false, refusal: "reason-unlawful" });
    expect(judgeStep(request("received"), "answer", ["evidence-missing"])).toEqual({ ok: false, refusal: "reason-unlawful" });
  });

  it.each(["restriction", "objection"] as const)("never promises, upon %s, that operators are told of an exclusion no longer", (kind) => {
    for (const state of ["received", "in-progress"] as const) {
      expect(judgeStep(request(state, kind, "checks"), "answer", [])).toEqual({ ok: false, refusal: "statutory-record" });
      expect(judgeStep(request(state, kind, "messages"), "answer", [])).toEqual({ ok: true, state: "answered" });
      for (const reason of ["exclusion-active", "retention-runs", "legal-obligation"] as const) {
        expect(judgeStep(request(state, kind, "checks"), "refuse", [reason])).toEqual({ ok: true, state: "refused" });
      }
      expect(judgeStep(request(state, kind, "checks"), "refuse", ["already-correct"])).toEqual({ ok: false, refusal: "reason-unlawful" });
    }
  });

  it("never answers an erasure by hand", () => {
    expect(judgeStep(request("in-progress", "erasure"), "answer", [])).toEqual({ ok: false, refusal: "carried-out-by-the-register" });
  });
});

describe("forgetting a person", () => {
  const now = nairobi("2033-10-02T00:00:00");
  const ended = (endedAt: number) => ({ state: "ended" as const, endsAt: endedAt, endedAt });

  it("is refused while an exclusion is in force, a permanent one without a date", () => {
    expect(judgeForgetting([ended(0), { state: "active", endsAt: null, endedAt: null }], now)).toEqual({ ok: false, refusal: "exclusion-active", until: null });
  });

  it("is refused until seven years after the last one ended, to the end of that day in Nairobi", () => {
    const at = nairobi("2026-10-01T10:00:00");
    expect(judgeForgetting([ended(0), ended(at)], now - 1)).toEqual({ ok: false, refusal: "retention-runs", until: now - 1 });
    expect(judgeForgetting([ended(0), ended(at)], now)).toEqual({ ok: true });
    expect(judgeForgetting([], now)).toEqual({ ok: true });
  });

  it("is looked at again when its reason ends, and in a month where nobody can say when that is", () => {
    expect(lookAgainAt(now + 5, now)).toBe(now + 6);
    expect(lookAgainAt(null, now)).toBe(now + 30 * DAY);
    expect(lookAgainAt(now - 5, now)).toBe(now + 30 * DAY);
  });
});
