import { describe, expect, test } from "vitest";
import { type Exclusion, type StatedIdentifier, TRANSITIONS } from "../../../src/domains/exclusions/model.ts";
import { type ChosenPolicy, POLICIES, POLICY_CODES } from "../../../src/domains/exclusions/policies.ts";
import {
  type Held, type Stated, assertTransitions, decide, next, phonesBehind, promise, receiptOf, stronger,
} from "../../../src/domains/exclusions/rules.ts";
import { DAY, type Instant } from "../../../src/kernel/clock.ts";
import { UNTOUCHED } from "../../support/exclusions.ts";

const at = (text: string): Instant => Date.parse(text);
const promised = (code: ChosenPolicy, start: string) => promise(POLICIES[code], at(start));

describe("what a policy promises", () => {
  test.each([
    ["24h", "2026-10-01T22:15:00+03:00", "2026-10-02T22:15:00+03:00"],
    ["7d", "2026-10-01T22:15:00+03:00", "2026-10-08T22:15:00+03:00"],
    ["30d", "2026-10-01T22:15:00+03:00", "2026-10-31T23:59:59.999+03:00"],
    ["6m", "2026-08-31T12:00:00+03:00", "2027-02-28T23:59:59.999+03:00"],
    ["1y", "2028-02-29T12:00:00+03:00", "2029-02-28T23:59:59.999+03:00"],
    ["5y", "2028-02-29T12:00:00+03:00", "2033-02-28T23:59:59.999+03:00"],
  ] as const)("%s from %s lasts until %s", (code, start, end) => {
    expect(promised(code, start).endsAt).toBe(at(end));
  });

  test("a day in Nairobi begins three hours before it does in UTC", () => {
    expect(promised("1y", "2026-03-01T21:30:00Z").endsAt).toBe(at("2027-03-02T23:59:59.999+03:00"));
  });

  test("permanent has no end, and a review no sooner than in three years", () => {
    const permanent = promised("permanent", "2026-10-01T10:00:00+03:00");
    expect(permanent).toMatchObject({ endsAt: null, endMode: "confirmed" });
    expect(permanent.reviewAt).toBe(at("2029-10-01T23:59:59.999+03:00"));
  });

  test("24 hours, 7 and 30 days end by themselves; all longer ones wait for the person", () => {
    const automatic = POLICY_CODES.filter((code) => POLICIES[code].endMode === "automatic");
    expect(automatic).toEqual(["24h", "7d", "30d"]);
  });
});

describe("the same person again", () => {
  const year = promised("1y", "2026-01-15T10:00:00+03:00");

  test("a year more in the tenth month: the later end wins", () => {
    const again = promised("1y", "2026-11-15T10:00:00+03:00");
    expect(stronger(year, again)).toEqual(again);
    expect(again.endsAt).toBe(at("2027-11-15T23:59:59.999+03:00"));
  });

  test.each(["24h", "7d", "30d", "6m"] as const)("%s on top of a longer one changes nothing", (code) => {
    expect(stronger(year, promised(code, "2026-02-01T10:00:00+03:00"))).toBe(year);
  });

  test("permanent beats everything and is beaten by nothing", () => {
    const permanent = promised("permanent", "2026-02-01T10:00:00+03:00");
    expect(stronger(year, permanent)).toBe(permanent);
    for (const code of POLICY_CODES) expect(stronger(permanent, promised(code, "2040-01-01T00:00:00Z"))).toBe(permanent);
  });

  test("a later automatic end lengthens an exclusion that waits for its holder, which goes on waiting", () => {
    const month = promised("30d", "2027-01-10T10:00:00+03:00");
    expect(stronger(year, month)).toEqual({ ...month, endMode: "confirmed" });
  });

  test("no order of promises ends before any of them, nor ends by itself when one of them would not", () => {
    const some = POLICY_CODES.flatMap((code, days) => [promise(POLICIES[code], days * DAY), promise(POLICIES[code], 400 * DAY)]);
    for (const a of some) {
      for (const b of some) {
        const both = stronger(a, b);
        expect(both.endsAt ?? Infinity).toBe(Math.max(a.endsAt ?? Infinity, b.endsAt ?? Infinity));
        expect(both.endMode === "confirmed").toBe([a.endMode, b.endMode].includes("confirmed"));
      }
    }
  });
});

const p = (number: number) => new Uint8Array(16).fill(number);
const phone: StatedIdentifier = { p: p(1), kind: "msisdn", evidence: "code" };
const typed = (number: number, phonesBehind = 0): Stated => ({
  p: p(number), kind: "national_id", evidence: "typed", phonesBehind,
});
const day = promise(POLICIES["24h"], 0);
const settings = { provisionalDays: 14 };
const known = (...identifiers: Held[]) => ({ promised: day, identifiers });
const held = (number: number, standing: Held["standing"]): Held => ({
  p: p(number), kind: "national_id", evidence: "typed", standing, provisionalUntil: 14 * DAY,
});
const standings = (active: ReturnType<typeof known> | null, ...stated: Stated[]) =>
  decide(active, day, stated, 0, settings).added.map(({ standing }) => standing);

describe("how an identifier stands", () => {
  test("a proven phone is firm; a typed document counts for fourteen days", () => {
    const { outcome, added } = decide(null, day, [{ ...phone, phonesBehind: 0 }, typed(2)], 1_000, settings);
    expect(outcome).toBe("registered");
    expect(added.map(({ standing, provisionalUntil }) => [standing, provisionalUntil])).toEqual([
      ["firm", null], ["provisional", 1_000 + 14 * DAY],
    ]);
  });

  test.each(["provisional", "firm", "held"] as const)("a second document beside one that is %s is held", (standing) => {
    expect(standings(known(held(2, standing)), typed(3))).toEqual(["held"]);
  });

  test("a document beside one that dropped off counts", () => {
    expect(standings(known(held(2, "dropped")), typed(3))).toEqual(["provisional"]);
  });

  test("of two documents in one command the second is held", () => {
    expect(standings(null, typed(2), typed(3))).toEqual(["provisional", "held"]);
  });

  test("the fourth phone behind a document is held, the third is not", () => {
    expect(standings(null, typed(2, 2))).toEqual(["provisional"]);
    expect(standings(null, typed(2, 3))).toEqual(["held"]);
  });

  test.each(["provisional", "held", "dropped", "firm"] as const)("retyping one that is %s changes nothing", (standing) => {
    expect(decide(known(held(2, standing)), day, [typed(2)], DAY, settings)).toMatchObject({ added: [] });
  });

  test("only people with the document in force in an active exclusion stand behind it, each once", () => {
    const by = (personId: string, standing: Held["standing"], state: Exclusion["state"] = "active") =>
      ({ personId, standing, state });
    expect(phonesBehind([by("a", "provisional"), by("a", "firm"), by("b", "firm")])).toBe(2);
    expect(phonesBehind([by("a", "held"), by("b", "dropped"), by("c", "provisional", "ended")])).toBe(0);
  });
});

describe("the receipt", () => {
  const exclusion: Exclusion = {
    id: "secret", personId: "secret", reference: "NSER-1", state: "active", channel: "web", startedAt: 0, ...UNTOUCHED, ...day,
  };

  test("shows a held, a provisional and a dropped document alike, and none once its time is over", () => {
    const shown = (standing: Held["standing"], now: Instant) => receiptOf(exclusion, [held(2, standing)], now);
    expect(shown("held", DAY)).toEqual(shown("provisional", DAY));
    expect(shown("dropped", DAY)).toEqual(shown("provisional", DAY));
    expect(shown("held", DAY).identifiers).toEqual([{ kind: "national_id", provisionalUntil: 14 * DAY }]);
    for (const standing of ["held", "provisional", "dropped"] as const) expect(shown(standing, 14 * DAY).identifiers).toEqual([]);
  });

  test("names no person and no pseudonym", () => {
    expect(JSON.stringify(receiptOf(exclusion, [held(2, "provisional")], 0))).not.toMatch(/secret|"p"/);
  });
});

describe("the states", () => {
  test("only the promised end takes an exclusion out of force", () => {
    expect(next("active", "promised-end-passed")).toBe("ended");
    for (const event of ["lengthened", "identifier-added", "identifier-dropped"] as const) {
      expect(next("active", event)).toBe("active");
    }
    expect(() => next("ended", "lengthened")).toThrow("ended cannot be lengthened");
  });

  test("a table with another way out, no way out or a way back is refused at load", () => {
    expect(() => assertTransitions(TRANSITIONS)).not.toThrow();
    expect(() => assertTransitions({ ...TRANSITIONS, active: { lengthened: "ended" } })).toThrow("breaks a promise");
    expect(() => assertTransitions({ ...TRANSITIONS, active: { "promised-end-passed": "active" } })).toThrow("breaks");
    expect(() => assertTransitions({ ...TRANSITIONS, ending: { "annulled": "ended" } })).toThrow("breaks");
    expect(() => assertTransitions({ ...TRANSITIONS, ended: { lengthened: "active" } })).toThrow("stays ended");
  });
});
