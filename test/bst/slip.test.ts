import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ALPHABET, checksumValues, fold, foldPrefix } from "../../src/bst/bech32m.ts";
import { KINDS } from "../../src/bst/kinds.ts";
import { SLIPS, slipOf, wordsOf } from "../../src/bst/slip.ts";
import { formatToken, readToken } from "../../src/bst/text.ts";

const token = formatToken({ kind: "msisdn", epoch: 1, generation: 0, body: new Uint8Array(32).map((_, at) => at * 37) });
const SYMBOLS = [...ALPHABET.toUpperCase()];
const tokens = fc.record({
  kind: fc.constantFrom(...KINDS), epoch: fc.nat(31), generation: fc.nat(31), body: fc.uint8Array({ minLength: 32, maxLength: 32 }),
}).map(formatToken);
/** A place of a symbol: none of the prefix or of the dashes. */
const places = fc.nat(67).filter((at) => at > 3 && at !== 8 && at !== 61);
const replaced = (text: string, at: number, by: string): string => text.slice(0, at) + by + text.slice(at + 1);

describe("a token as people send it", () => {
  test.each([
    ["blanks around it", ` ${token}\r\n`],
    ["blanks for dashes", token.replaceAll("-", " ")],
    ["no dashes", token.replaceAll("-", "")],
    ["other dashes", token.replaceAll("-", "\u2013")],
    ["a soft hyphen and a blank of no width where it was broken", `${token.slice(0, 40)}\u00ad\u200b\n${token.slice(40)}`],
    ["groups of four", token.replaceAll("-", "").replaceAll(/.{4}/g, "$& ")],
    ["small letters", token.toLowerCase().replaceAll("-", "")],
    ["a no-break space and a minus", token.replace("-", "\u00a0").replace("-", "\u2212")],
  ])("with %s is that token", (_, text) => expect(readToken(text)).toEqual(readToken(token)));

  test.each([
    ["an underscore", token.replace("-", "_")],
    ["a dot", token.replace("-", ".")],
    ["a mixed case", `${token.slice(0, 40)}${token.slice(40).toLowerCase()}`],
    ["a letter that only looks small", token.replace("S", "ſ")],
    ["nothing but separators", " - \u2013 "],
    ["half of a surrogate pair", `${token}\ud800`],
  ])("with %s is none", (_, text) => expect(readToken(text)).toBeNull());
});

describe("a slip", () => {
  test("of one character is found where it is, whatever it was", () => {
    fc.assert(fc.property(tokens, places, fc.constantFrom(...SYMBOLS), (text, at, other) => {
      fc.pre(text[at] !== other);
      expect(slipOf(replaced(text, at, other))).toEqual({ slip: "one-character", at: at + 1 });
    }), { numRuns: 2_000 });
  });

  test("of two neighbours exchanged is found where they are", () => {
    fc.assert(fc.property(tokens, places, (text, at) => {
      const [one, two] = [text[at]!, text[at + 1]];
      fc.pre(two !== undefined && two !== "-" && one !== two);
      expect(slipOf(text.slice(0, at) + two + one + text.slice(at + 2))).toEqual({ slip: "neighbours-swapped", at: at + 1 });
    }), { numRuns: 2_000 });
  });

  test.each([
    ["O", "0"], ["o", "0"], ["I", "L"], ["1", "L"], ["B", "8"], ["!", null], ["é", null], ["\u{1f0a1}", null], ["\u212a", null],
  ])("by the character %s, which no token has, says what looks like it", (char, meant) => {
    expect(slipOf(replaced(token, 30, char))).toEqual({ slip: "foreign-character", at: 31, meant });
  });

  test("is told apart from others", () => {
    expect(slipOf(token.slice(0, -3))).toEqual({ slip: "cut-short", by: 3 });
    expect(slipOf(`${token}QQ`)).toEqual({ slip: "too-long", by: 2 });
    expect(slipOf(token.slice(0, 20) + token.slice(20).toLowerCase())).toEqual({ slip: "mixed-case" });
    expect(slipOf(replaced(replaced(replaced(token, 15, "Q"), 35, "Q"), 55, "Q"))).toEqual({ slip: "several-characters" });
    for (const text of ["", "hello", "sk_live_0123456789_abc", "0712345678", "BſT", token.slice(4)]) expect(slipOf(text)).toEqual({ slip: "not-a-token" });
  });

  test("is another version where the checksum holds of that", () => {
    const [version, hash] = ["4QPQ", token.slice(9, 61)];
    const data = [...(version + hash).toLowerCase()].map((char) => ALPHABET.indexOf(char));
    const checksum = checksumValues(data.reduce(fold, foldPrefix("bst"))).map((value) => ALPHABET[value]).join("").toUpperCase();
    expect(slipOf(`BST-${version}-${hash}-${checksum}`)).toEqual({ slip: "other-version" });
  });

  test("is counted in what was sent, separators and blanks included", () => {
    const sent = ` ${token.slice(0, 4)} ${replaced(token, 30, token[30] === "Q" ? "P" : "Q").slice(4)}`;
    expect(slipOf(sent)).toEqual({ slip: "one-character", at: 33 });
  });

  test("is none where the checksum holds", () => {
    fc.assert(fc.property(tokens, (text) => {
      expect(slipOf(text)).toBeNull();
    }));
    expect(slipOf(token.replaceAll("-", " "))).toBeNull();
  });

  test("is told in words that never have a token in them, for any text at all", () => {
    const said = new Set<string>();
    fc.assert(fc.property(fc.oneof(fc.constantFrom("\u0000", "\ud800", "BST\u{1f0a1}", "BST\u202e", "ＢＳＴ-3QPQ", "null"), tokens.map((text) => text.slice(9)), fc.string().map((text) => `BST${text}`)), (text) => {
      const slip = slipOf(text);
      if (!slip) return;
      said.add(slip.slip);
      expect(SLIPS).toContain(slip.slip);
      expect(wordsOf(slip).length).toBeLessThan(90);
    }));
    expect(said.size).toBeGreaterThan(1);
  });
});
