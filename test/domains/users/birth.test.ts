import { describe, expect, it } from "vitest";
import { isOfAge } from "../../../src/domains/users/index.ts";

/** The instant at which a day begins in Nairobi. */
const nairobi = (day: string, time = "00:00:00.000"): number => Date.parse(`${day}T${time}+03:00`);

describe("eighteen years", () => {
  it.each([
    ["2008-11-23", "2026-11-23", true],
    ["2008-11-24", "2026-11-23", false],
    ["2008-11-23", "2026-11-22", false],
    ["2008-12-31", "2027-01-01", true],
    ["2009-01-01", "2026-12-31", false],
    ["2008-02-29", "2026-02-28", false],
    ["2008-02-29", "2026-03-01", true],
    ["2008-03-01", "2026-02-28", false],
    ["2008-02-28", "2026-02-28", true],
    ["2010-02-28", "2028-02-28", true],
    ["2010-03-01", "2028-02-29", false],
    ["2030-01-01", "2026-01-01", false],
  ])("of somebody born %s are over on %s: %s", (birth, day, over) => {
    expect([isOfAge(birth, nairobi(day)), isOfAge(birth, nairobi(day, "23:59:59.999"))]).toEqual([over, over]);
  });

  it("are over at midnight in Nairobi, not in Greenwich", () => {
    expect([isOfAge("2008-11-23", nairobi("2026-11-23") - 1), isOfAge("2008-11-23", nairobi("2026-11-23"))]).toEqual([false, true]);
  });
});
