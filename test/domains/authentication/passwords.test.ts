import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acceptable, fitsActivation, mayResetByPhone, stands } from "../../../src/domains/authentication/passwords/rules.ts";

const HOLDER = { name: "Wanjirũ wa Ng'ang'a", phone: "+254712345678" };
const refusal = (password: string) => {
  const judged = acceptable(password, HOLDER);
  return judged.ok ? null : judged.refusal;
};

describe("a password", () => {
  it.each([
    ["seven 7", "password-short"], ["eight 88", null], ["x1".repeat(64), null], [`${"x1".repeat(64)}y`, "password-long"],
    // Counted as people count: code points after composition.
    ["👍👎👍👎👍👎👍", "password-short"], ["👍👎👍👎👍👎👍👎", null], ["ñáéíóúü".normalize("NFD"), "password-short"],
    ["0712345678", "password-guessable"], ["+254 712 345 678", "password-guessable"], ["712-345-678", "password-guessable"], ["12345678", "password-guessable"], ["0712345679", null],
    ["wanjiru wa nganga", "password-guessable"], ["WANJIRŨ WA NG'ANG'A", "password-guessable"], ["zzzzzzzzzz", "password-guessable"],
    // No rule of composition: neither case nor digits nor signs are asked for.
    ["onlylowercase", null], ["98761234", null], ["        word", null],
  ])("%j: %s", (password, expected) => {
    expect(refusal(password)).toBe(expected);
  });

  it("of any signs between 8 and 128 is taken unless it is the holder's own", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", minLength: 8, maxLength: 60 }), (password) => {
      const { length } = [...password.normalize("NFC")];
      fc.pre(length >= 8 && length <= 128);
      return [null, "password-guessable"].includes(refusal(password));
    }));
  });
});

const none = { assignments: [], hasPassword: false, hasSecondFactor: false };
const officer = { ...none, assignments: [{ role: "grak_officer", operator: null }] } as const;

describe("a phone alone", () => {
  it("resets the password of whoever needs no more, or has more to show afterwards", () => {
    expect([mayResetByPhone(none), mayResetByPhone(officer), mayResetByPhone({ ...officer, hasSecondFactor: true })]).toEqual([true, false, true]);
  });
});

describe("an activation", () => {
  it("fits whoever cannot come back by their phone", () => {
    const cases = [none, { ...none, hasPassword: true }, { ...none, hasPassword: true, hasSecondFactor: true }, officer, { ...officer, hasPassword: true }];
    expect(cases.map((secured) => fitsActivation("no-password", secured))).toEqual([true, false, false, true, false]);
    expect(cases.map((secured) => fitsActivation("lost-factors", secured))).toEqual([false, false, true, false, true]);
  });

  it("stands until it is used or over, and never before it was made", () => {
    const link = { usedAt: null, createdAt: 10, expiresAt: 20 };
    expect([9, 10, 19, 20].map((now) => stands(link, now))).toEqual([false, true, true, false]);
    expect(stands({ ...link, usedAt: 11 }, 12)).toBe(false);
  });
});
