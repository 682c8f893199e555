import { describe, expect, it } from "vitest";
import { isFresh, maskIdentifier, nightEnds, readContact, readDetails, standingOf } from "../../../src/domains/users/vault/rules.ts";
import { byOperatorAndDay } from "../../../src/domains/users/pages/group.ts";
import { HOUR, MINUTE } from "../../../src/kernel/clock.ts";
import { COUNTIES } from "../../../src/kernel/reference/counties.ts";

const NOW = Date.UTC(2026, 10, 4, 12);
const form = { name: "", preferredName: "", dateOfBirth: "", county: "", language: "en", quietNights: false };

describe("a name", () => {
  it.each(["Wanjirũ wa Ng'ang'a", "O’Brien", "أمينة عبد الله حسن", "محمد\u200cرضا", "李小龍", "Pelé 👩‍👩‍👧", "X", "<script>alert(1)</script>", "'; DROP TABLE records;--", "null"])(
    "is kept as written: %s",
    (name) => {
      expect(readDetails({ ...form, name, preferredName: name }, NOW)).toMatchObject({ ok: true, details: { name, preferredName: name } });
      expect(readContact({ name, phone: "0712345678" })).toMatchObject({ ok: true, contact: { name } });
    },
  );

  it("is normalised and trimmed, and nothing at all is not said", () => {
    expect(readDetails({ ...form, name: "  Wanjiru\u0303 " }, NOW)).toMatchObject({ details: { name: "Wanjirũ", preferredName: null } });
    expect(readDetails({ ...form, name: " \n " }, NOW)).toMatchObject({ details: { name: null } });
  });

  it.each([
    ["a\u0000b", "text-unreadable"], ["a\nb", "text-unreadable"], ["a\u001b[31mb", "text-unreadable"], ["a\u202egnp.exe", "text-unreadable"],
    ["\u2066a", "text-unreadable"], ["a\ud800", "text-unreadable"], ["x".repeat(10_240), "text-too-long"], ["👩".repeat(101), "text-too-long"],
  ])("is refused beside its field: %j", (name, refusal) => {
    expect(readDetails({ ...form, name }, NOW)).toEqual({ ok: false, refusal, field: "name" });
    expect(readDetails({ ...form, preferredName: name }, NOW)).toEqual({ ok: false, refusal, field: "preferredName" });
    expect(readContact({ name, phone: "0712345678" })).toEqual({ ok: false, refusal, field: "contactName" });
  });

  it("of a hundred signs is not too long, however many bytes they take", () => {
    expect(readDetails({ ...form, name: "👩".repeat(100) }, NOW).ok).toBe(true);
  });
});

describe("a date of birth", () => {
  it.each([
    ["27 3 1990", "1990-03-27"], ["27/03/1990", "1990-03-27"], ["1990-3-27", "1990-03-27"], ["29.2.2000", "2000-02-29"], ["4 11 2026", "2026-11-04"], ["", null],
  ])("%s is %s", (dateOfBirth, date) => {
    expect(readDetails({ ...form, dateOfBirth }, NOW)).toMatchObject({ ok: true, details: { dateOfBirth: date } });
  });

  it.each([
    ["29 2 2001", "birth-impossible"], ["31 4 1990", "birth-impossible"], ["0 1 1990", "birth-impossible"], ["5 11 2026", "birth-impossible"],
    ["1 1 1895", "birth-impossible"], ["27 March 1990", "birth-unreadable"], ["27390", "birth-unreadable"], ["1".repeat(10_240), "birth-unreadable"],
  ])("%s is refused: %s", (dateOfBirth, refusal) => {
    expect(readDetails({ ...form, dateOfBirth }, NOW)).toEqual({ ok: false, refusal, field: "dateOfBirth" });
  });
});

describe("a choice", () => {
  it("is one of 47 counties and four languages", () => {
    expect(Object.keys(COUNTIES)).toEqual(Array.from({ length: 47 }, (_, at) => String(at + 1).padStart(3, "0")));
    expect(readDetails({ ...form, county: "047", language: "ar" }, NOW)).toMatchObject({ ok: true, locale: "ar", details: { county: "047" } });
    for (const county of ["048", "47", "__proto__", "constructor"]) expect(readDetails({ ...form, county }, NOW)).toMatchObject({ field: "county" });
    for (const language of ["", "xx", "toString"]) expect(readDetails({ ...form, language }, NOW)).toMatchObject({ field: "language" });
  });
});

describe("an emergency contact", () => {
  it.each(["0712 345 678", "+254 (0)20 123-4567", "+252 61 5000000"])("may have the number %s", (phone) => {
    expect(readContact({ name: "Amina", phone })).toEqual({ ok: true, contact: { name: "Amina", phone } });
  });

  it("has a name and a number, each refused beside its field", () => {
    expect(readContact({ name: " ", phone: "0712345678" })).toEqual({ ok: false, refusal: "name-missing", field: "contactName" });
    for (const phone of ["", "12345", "call me", "07123456780712345678", `+${" ".repeat(40)}0712345678`, "0712\u0000345678"]) {
      expect(readContact({ name: "Amina", phone }), phone).toEqual({ ok: false, refusal: "phone-unreadable", field: "contactPhone" });
    }
  });
});

describe("an identifier", () => {
  const typed = (provisionalUntil: number) => ({ evidence: "typed" as const, at: NOW, provisionalUntil });

  it("is firm once proven, else provisional until it drops", () => {
    expect(standingOf([typed(NOW + 1)], NOW)).toBe("provisional");
    expect(standingOf([typed(NOW)], NOW)).toBe("dropped");
    expect(standingOf([typed(NOW), typed(NOW + 1)], NOW)).toBe("provisional");
    expect(standingOf([typed(NOW), { evidence: "code", at: NOW, provisionalUntil: null }], NOW)).toBe("firm");
    expect(standingOf([], NOW)).toBe("dropped");
  });

  it("is shown without most of it", () => {
    expect(maskIdentifier("msisdn", "+254712345678")).toBe("+254 7•• ••• 678");
    expect(maskIdentifier("national_id", "12345678")).toBe("•••••678");
    expect(maskIdentifier("passport", "AB1234")).toBe("•••234");
  });
});

it("a code is fresh for less than five minutes", () => {
  expect([isFresh(NOW, NOW), isFresh(NOW, NOW + 5 * MINUTE - 1), isFresh(NOW, NOW + 5 * MINUTE)]).toEqual([true, true, false]);
});

it("nights are Nairobi's, from 21:00 to 7:00", () => {
  const at = (hour: number, day = 4) => Date.UTC(2026, 10, day, hour - 3);
  expect([nightEnds(at(21) - 1), nightEnds(at(21)), nightEnds(at(26)), nightEnds(at(31) - 1), nightEnds(at(31))]).toEqual([null, at(31), at(31), at(31), null]);
});

it("checks stand by operator and day in Nairobi, hours that follow each other in one", () => {
  const check = (operator: string, purpose: "bet" | "login", hour: number) =>
    ({ answerId: crypto.randomUUID(), operator, purpose, hour: Date.UTC(2026, 10, 4) + (hour - 3) * HOUR });
  const days = byOperatorAndDay([check("b", "bet", 24), check("a", "bet", 23), check("a", "bet", 22), check("a", "bet", 22), check("a", "login", 9), check("a", "bet", 9)]);
  expect(days.map(({ operator, purposes }) => [operator, purposes])).toEqual([
    ["b", [{ purpose: "bet", spans: ["00:00–01:00"] }]],
    ["a", [{ purpose: "login", spans: ["09:00–10:00"] }, { purpose: "bet", spans: ["09:00–10:00", "22:00–24:00"] }]],
  ]);
});
