import { describe, expect, it } from "vitest";
import { acceptable } from "../../../src/domains/authentication/passwords/rules.ts";
import { barring, type Habits, risksOf } from "../../../src/domains/authentication/sign-in/rules.ts";
import { isOfAge } from "../../../src/domains/users/index.ts";
import { DAY } from "../../../src/kernel/clock.ts";
import { ageOn } from "../../../src/kernel/periods.ts";
import { CountingHasher } from "../../support/hasher.ts";

const NOW = Date.UTC(2026, 10, 4, 11, 30);
const usual: Habits = { lastAt: NOW - DAY, isKnownDevice: true, isKnownProgram: true, isKnownCountry: true, earlierFailures: 0 };

describe("what is unusual about a try", () => {
  it.each<[string, Partial<Habits>, string[]]>([
    ["nothing", {}, []],
    ["a browser", { isKnownDevice: false }, ["new-device"]],
    ["another program of the same browser's", { isKnownProgram: false }, ["new-program"]],
    ["no program of a new browser", { isKnownDevice: false, isKnownProgram: false }, ["new-device"]],
    ["a country", { isKnownCountry: false }, ["new-country"]],
    ["nothing of the first time", { lastAt: null, isKnownDevice: false, isKnownCountry: false }, []],
    ["nothing of a slip of the fingers", { earlierFailures: 2 }, []],
    ["three failures, the first time too", { lastAt: null, earlierFailures: 3 }, ["after-failures"]],
    ["nothing of a quarter less a moment", { lastAt: NOW - 90 * DAY + 1 }, []],
    ["a long time", { lastAt: NOW - 90 * DAY }, ["long-away"]],
    ["all of it", { lastAt: 0, isKnownDevice: false, isKnownCountry: false, earlierFailures: 4 }, ["new-device", "new-country", "after-failures", "long-away"]],
  ])("%s", (_, habits, expected) => expect(risksOf({ ...usual, ...habits }, NOW)).toEqual(expected));
});

describe("what bars every password", () => {
  const knock = { isLocked: false, state: "active", isBlocked: false } as const;
  it.each([
    [knock, null],
    [{ ...knock, isLocked: true, state: "suspended", isBlocked: true }, "locked"],
    [{ ...knock, state: "suspended", isBlocked: true }, "suspended"],
    [{ ...knock, isBlocked: true }, "blocked-device"],
  ] as const)("%o: %s", (given, expected) => expect(barring(given)).toBe(expected));
});

describe("a password", () => {
  const holder = { name: "Wanjirũ wa Ng'ang'a", phone: "+254712345678" };
  it.each<[string, string | null]>([
    ["three brown cows", null],
    ["كلمات سهلة الحفظ", null],
    ["🐄🐄🐄🐄🐄🐄🐄🐖", null],
    ["é".normalize("NFD").repeat(4), "password-short"],
    ["1234567", "password-short"],
    ["", "password-short"],
    ["🐄".repeat(7), "password-short"],
    ["ab".repeat(64), null],
    [`${"ab".repeat(64)}c`, "password-long"],
    ["0712345678", "password-guessable"],
    ["712345678", "password-guessable"],
    ["+254 712 345 678", "password-guessable"],
    ["12345678", "password-guessable"],
    ["0712345679", null],
    ["WANJIRU WA NGANGA", "password-guessable"],
    ["wanjiruwanganga", "password-guessable"],
    ["aaaaaaaa", "password-guessable"],
    ["        ", "password-guessable"],
  ])("%s: %s", (password, refusal) => {
    expect(acceptable(password, holder)).toEqual(refusal === null ? { ok: true } : { ok: false, refusal, field: "password" });
  });
});

describe("a hash", () => {
  const hasher = new CountingHasher();
  const hash = hasher.hash("three brown cows");

  it("is told from another, and none is right for nobody", () => {
    expect([hasher.matches(hash, "three brown cows"), hasher.matches(hash, "three brown cow"), hasher.matches(null, ""), hasher.matches(null, "three brown cows")]).toEqual([true, false, false, false]);
  });

  it("of the cost of now is not outdated; of any other it is", () => {
    expect([hasher.isOutdated(hash), hasher.isOutdated(hash.replace("m=19456", "m=9216")), hasher.isOutdated(hash.replace("t=2", "t=1")), hasher.isOutdated("$2b$12$x")]).toEqual([false, true, true, true]);
  });

  it("takes as long where there is none", () => {
    const took = (encoded: string | null) => {
      const startedAt = performance.now();
      for (let time = 0; time < 5; time++) hasher.matches(encoded, "three brown cow");
      return performance.now() - startedAt;
    };
    took(hash);
    expect(took(null) / took(hash)).toBeGreaterThan(0.25);
  });
});

describe("an age", () => {
  const at = (text: string) => Date.parse(text);
  it.each([
    ["2008-11-05", "2026-11-04T20:59:59.999Z", 17],
    ["2008-11-05", "2026-11-04T21:00:00Z", 18],
    ["2008-02-29", "2026-02-28T12:00:00Z", 17],
    ["2008-02-29", "2026-03-01T00:00:00+03:00", 18],
    ["2026-11-05", "2026-11-04T12:00:00Z", -1],
  ])("of who was born on %s, at %s: %i", (birth, now, age) => {
    expect([ageOn(birth, at(now)), isOfAge(birth, at(now))]).toEqual([age, age >= 18]);
  });
});
