import { describe, expect, test } from "vitest";
import { judgeRelease, type StatedThen } from "../../../src/domains/exclusions/release/rules.ts";
import { confirmedStanding, type Held } from "../../../src/domains/exclusions/rules.ts";
import { DAY } from "../../../src/kernel/clock.ts";

const p = (number: number): Uint8Array => new Uint8Array(16).fill(number);
const [PHONE, OWN, CLAIMED] = [p(1), p(2), p(3)];
const NOW = 1_000 * DAY;

const phone = (addedAt: number, of = PHONE): StatedThen => ({ p: of, kind: "msisdn", evidence: "code", standing: "firm", addedAt });
const document = (more: Partial<StatedThen> = {}): StatedThen => ({ p: OWN, kind: "national_id", evidence: "registry", standing: "firm", addedAt: 0, ...more });
const judge = (stated: StatedThen[], { claimed = CLAIMED, by = "registry" as "registry" | "officer", days = 90 } = {}) =>
  judgeRelease({ phone: PHONE, stated }, claimed, by, NOW, days);
const refusal = (name: string) => ({ ok: false, refusal: name });

describe("a phone is released", () => {
  test("to somebody else than the person the registry knows its holder to be", () => {
    expect(judge([phone(0), document()])).toEqual({ ok: true });
  });

  test("never by a document its holder ever stated, however it stands, not even by an officer", () => {
    for (const standing of ["firm", "provisional", "held", "dropped"] as const) {
      for (const by of ["registry", "officer"] as const) {
        expect(judge([phone(0), document({ standing, evidence: "typed" })], { claimed: OWN, by })).toEqual(refusal("own-document"));
      }
    }
  });

  test("by an officer alone where nothing proven says who its holder is: a number they only typed may be anybody's", () => {
    for (const stated of [[phone(0)], [phone(0), document({ evidence: "typed", standing: "provisional" })], [phone(0), document({ evidence: "typed", standing: "dropped" })]]) {
      expect(judge(stated)).toEqual(refusal("no-document"));
      expect(judge(stated, { by: "officer" })).toEqual({ ok: true });
    }
  });

  test("by an officer alone within 90 days of the last time its holder proved it, to the millisecond", () => {
    expect(judge([phone(0), phone(NOW - 90 * DAY + 1), document()])).toEqual(refusal("proven-lately"));
    expect(judge([phone(0), phone(NOW - 90 * DAY), document()])).toEqual({ ok: true });
    expect(judge([phone(NOW), document()], { by: "officer" })).toEqual({ ok: true });
    expect(judge([phone(NOW), document()], { days: 0 })).toEqual({ ok: true });
  });

  test("whenever the holder proved another phone of theirs", () => {
    expect(judge([phone(0), phone(NOW, p(9)), document()])).toEqual({ ok: true });
  });
});

describe("a document the registry knows", () => {
  const held = (more: Partial<Held>): Held => ({ p: OWN, kind: "national_id", evidence: "typed", standing: "provisional", provisionalUntil: 1, ...more });

  test("is firm, also when it dropped off or another was mistyped before it", () => {
    for (const standing of ["provisional", "dropped", "firm", "held"] as const) {
      expect(confirmedStanding(held({ standing }), [held({ p: CLAIMED, standing: "provisional" })], 2)).toBe("firm");
    }
  });

  test("that is in force stays so, however many phones stand behind it by now", () => {
    expect(confirmedStanding(held({}), [], 9)).toBe("firm");
  });

  test("waits on where three phones stand behind it, or another of its kind is proven", () => {
    expect(confirmedStanding(held({ standing: "held" }), [], 3)).toBe("held");
    const proven = held({ p: CLAIMED, standing: "firm", evidence: "registry" });
    expect(confirmedStanding(held({ standing: "held" }), [proven], 0)).toBe("held");
    expect(confirmedStanding(held({ standing: "held" }), [{ ...proven, kind: "passport" }], 0)).toBe("firm");
  });
});
