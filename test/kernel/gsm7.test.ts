import { describe, expect, it } from "vitest";
import { fitsScreen, septetsOf } from "../../src/kernel/gsm7.ts";

describe("a text in the alphabet of 2G", () => {
  it.each([
    ["", 0], ["Acha kamari", 11], ["@£$¥èéùìòÇ\nØø\rÅå", 16], ["ΔΦΓΛΩΠΨΣΘΞ", 10], ["É ñ à ¿¡§", 9], ["[~]", 6], ["€", 2], ["^{}\\|\f", 12],
  ])("%j takes %d septets", (text, septets) => expect(septetsOf(text)).toBe(septets));

  it.each(["’", "“", "–", "…", "`", "ç", "\u00a0", "\u202f", "\t", "😀", "أ", "\0", "\ud800"])("cannot hold %j", (text) => {
    expect(septetsOf(text)).toBeNull();
    expect(fitsScreen(text)).toBe(false);
  });

  it("is one screen up to 160, where an extension counts twice", () => {
    expect(fitsScreen("x".repeat(160))).toBe(true);
    expect(fitsScreen("x".repeat(161))).toBe(false);
    expect(fitsScreen("x".repeat(158) + "€")).toBe(true);
    expect(fitsScreen("x".repeat(159) + "€")).toBe(false);
  });
});
