import { describe, expect, it } from "vitest";
import { CASE_EVENTS, CASE_KINDS, CASE_STATES, CASE_TRANSITIONS, type CaseEvent, type CaseState, isThirdParty } from "../../../src/domains/exclusions/cases/model.ts";
import { judgeFiling } from "../../../src/domains/exclusions/cases/limits.ts";
import { actsIn, registerAct, stateAfter } from "../../../src/domains/exclusions/cases/rules.ts";
import { endOfDay, workingDaysAfter } from "../../../src/domains/exclusions/cases/working-days.ts";
import { DAY } from "../../../src/kernel/clock.ts";

const FRIDAY_NIGHT = Date.UTC(2026, 11, 11, 20, 59);

describe("working days", () => {
  it.each([
    ["a weekend lies between", FRIDAY_NIGHT, 1, [], "2026-12-14T20:59:59.999Z"],
    ["it is Saturday in Nairobi already", FRIDAY_NIGHT + 60_000, 1, [], "2026-12-14T20:59:59.999Z"],
    ["Monday is a holiday", FRIDAY_NIGHT, 2, ["2026-12-14"], "2026-12-16T20:59:59.999Z"],
    ["none are counted", FRIDAY_NIGHT, 0, [], "2026-12-11T20:59:59.999Z"],
  ])("end where %s", (_, start, days, holidays, expected) => {
    expect(new Date(workingDaysAfter(start, days, new Set(holidays))).toISOString()).toBe(expected);
  });

  it("are days there are", () => {
    expect(endOfDay("2028-02-29")).toBe(Date.UTC(2028, 1, 29, 21) - 1);
    for (const none of ["2027-02-29", "2026-13-01", "26-1-1", "", "2026-11-23T00:00", "\u0662026-01-01"]) expect(endOfDay(none)).toBeNull();
  });
});

describe("the table of cases", () => {
  const reached = (from: CaseState): CaseState[] => Object.values(CASE_TRANSITIONS[from]) as CaseState[];

  it("ends: what is over stays over, and every other state leads there", () => {
    const leads = new Set<CaseState>(["closed", "withdrawn"]);
    for (let more = true; more; ) {
      const before = leads.size;
      for (const state of CASE_STATES) if (reached(state).some((to) => leads.has(to))) leads.add(state);
      more = leads.size > before;
    }
    expect([...leads].toSorted()).toEqual([...CASE_STATES].toSorted());
    for (const state of ["closed", "withdrawn"] as const) expect(reached(state)).toEqual([]);
  });

  it("knows each event somewhere but the first, and reaches each state", () => {
    const known = new Set(CASE_STATES.flatMap((state) => Object.keys(CASE_TRANSITIONS[state])));
    expect(CASE_EVENTS.filter((event) => !known.has(event))).toEqual(["filed"]);
    expect(new Set(["open", ...CASE_STATES.flatMap(reached)])).toEqual(new Set(CASE_STATES));
    expect(stateAfter("closed", "appealed" satisfies CaseEvent)).toBeNull();
  });

  it("lets no decision be taken out of its time", () => {
    for (const state of CASE_STATES) for (const kind of CASE_KINDS) {
      const acts = actsIn({ kind, state });
      if (state === "decided" || state === "closed" || state === "withdrawn") expect(acts).toEqual([]);
      expect(acts.includes("measure")).toBe(isThirdParty(kind) && (state === "open" || state === "hearing"));
    }
  });
});

describe("what Register is asked", () => {
  const found = { kind: "family", state: "hearing", hearingUntil: 1, measureUntil: null, decision: null, decidedAt: null, appealUntil: null } as const;

  it.each([
    ["grant", found, "impose"], ["refuse", found, null], ["refuse-as-false", found, null],
    ["grant", { ...found, measureUntil: 9 }, "uphold"], ["refuse", { ...found, measureUntil: 9 }, "dismiss"], ["grant", { ...found, measureUntil: 4 }, "impose"],
    ["overturn", { ...found, state: "appealed", decision: "grant" }, "dismiss"], ["overturn", { ...found, state: "appealed", decision: "refuse" }, "impose"],
    ["keep", { ...found, state: "appealed", decision: "grant" }, null],
    ["grant", { ...found, kind: "not-me" }, "annul"], ["refuse", { ...found, kind: "not-me" }, null], ["refuse", { ...found, kind: "review" }, "review"],
    ["grant", { ...found, kind: "disputed-document" }, "annul-document"], ["grant", { ...found, kind: "longer" }, "lengthen"], ["grant", { ...found, kind: "complaint" }, null],
  ] as const)("for %s of %o is %s", (act, of, expected) => {
    expect(registerAct(of, act, 5)).toBe(expected);
  });
});

describe("limits", () => {
  const past = (count: number, at: number, foundFalseAt: number | null = null) => Array.from({ length: count }, () => ({ kind: "family" as const, at, foundFalseAt }));
  const now = 1_000 * DAY;

  it("count a year back, by kind", () => {
    expect(judgeFiling("family", past(2, now - DAY), now)).toEqual({ ok: true });
    expect(judgeFiling("family", past(3, now - DAY), now)).toMatchObject({ refusal: "too-many-requests" });
    expect(judgeFiling("family", past(3, now - 366 * DAY), now)).toEqual({ ok: true });
    expect(judgeFiling("review", past(3, now - DAY), now)).toEqual({ ok: true });
  });

  it("keep who was knowingly false twice from asking about others, and from nothing of their own", () => {
    const twice = past(2, now - 366 * DAY, now - 300 * DAY);
    expect(judgeFiling("family", twice, now)).toMatchObject({ refusal: "refused-for-a-year" });
    expect(judgeFiling("review", twice, now)).toEqual({ ok: true });
    expect(judgeFiling("family", past(1, now - 366 * DAY, now - DAY), now)).toEqual({ ok: true });
  });
});
