import { bech32m } from "@scure/base";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ALPHABET, checksumValues, fold, foldPrefix, INTACT } from "../../src/bst/bech32m.ts";
import { KINDS } from "../../src/bst/kinds.ts";
import { formatToken, parseToken, type TokenParts } from "../../src/bst/text.ts";
import { BIP350_INVALID, BIP350_VALID } from "./vectors.ts";

const bytes = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length });
const parts: fc.Arbitrary<TokenParts> = fc.record({
  kind: fc.constantFrom(...KINDS),
  epoch: fc.integer({ min: 0, max: 31 }),
  generation: fc.integer({ min: 0, max: 31 }),
  body: bytes(32),
});
const values = (text: string): number[] => Array.from(text.toLowerCase(), (char) => ALPHABET.indexOf(char));

describe("bech32m", () => {
  /** As BIP-350 reads a text: prefix, separator, data with checksum. */
  function isIntact(text: string): boolean {
    const lower = text.toLowerCase();
    const separator = lower.lastIndexOf("1");
    const data = values(lower.slice(separator + 1));
    return !data.includes(-1) && data.reduce(fold, foldPrefix(lower.slice(0, separator))) === INTACT;
  }

  test.each(BIP350_VALID)("%s is intact", (text) => expect(isIntact(text)).toBe(true));
  test.each(BIP350_INVALID)("%s is not", (text) => expect(isIntact(text)).toBe(false));

  test("makes the checksum another implementation makes", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 31 }), { maxLength: 60 }), (data) => {
        const checksum = checksumValues(data.reduce(fold, foldPrefix("bst")));
        const text = [...data, ...checksum].map((value) => ALPHABET[value]).join("");
        expect(`bst1${text}`).toBe(bech32m.encode("bst", data, false));
      }),
    );
  });
});

describe("a token's text", () => {
  const token = formatToken({ kind: "msisdn", epoch: 1, generation: 0, body: new Uint8Array(32).map((_, at) => at) });
  /** A text with these 56 values and the checksum they call for. */
  function withChecksum(data: readonly number[]): string {
    const symbols = bech32m.encode("bst", [...data], false).slice(4).toUpperCase();
    return `BST-${symbols.slice(0, 4)}-${symbols.slice(4, 56)}-${symbols.slice(56)}`;
  }
  const data = values(token.slice(4, 61).replace("-", ""));

  test("has its one form", () => {
    expect(token).toMatch(/^BST-3QPQ-[02-9AC-HJ-NP-Z]{52}-[02-9AC-HJ-NP-Z]{6}$/);
    expect(token).toHaveLength(68);
    expect(withChecksum(data)).toBe(token);
  });

  test("carries the body as another implementation's bech32m would", () => {
    fc.assert(
      fc.property(parts, (given) => {
        const words = values(formatToken(given).slice(9, 61));
        expect(words).toEqual(bech32m.toWords(given.body));
      }),
    );
  });

  test("is read back as it was written, in either case", () => {
    fc.assert(
      fc.property(parts, (given) => {
        const text = formatToken(given);
        expect(parseToken(text)).toEqual(given);
        expect(parseToken(text.toLowerCase())).toEqual(given);
      }),
      { numRuns: 2_000 },
    );
  });

  test("shows epoch and generation modulo 32", () => {
    const text = formatToken({ kind: "passport", epoch: 35, generation: 32, body: new Uint8Array(32) });
    expect(parseToken(text)).toMatchObject({ kind: "passport", epoch: 3, generation: 0 });
  });

  test("with any one character changed is refused", () => {
    const alphabet = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).concat("é", "İ", "ſ", "３", "\u0133");
    for (let at = 0; at < token.length; at++) {
      for (const other of alphabet) {
        if (other === token[at]) continue;
        expect(parseToken(token.slice(0, at) + other + token.slice(at + 1)), `${other} at ${at}`).toBeNull();
      }
    }
  });

  test.each([
    ["nothing", ""],
    ["a space before", ` ${token}`],
    ["a space after", `${token} `],
    ["a space for its last character", `${token.slice(0, -1)} `],
    ["a mixed case", token.slice(0, 30) + token.slice(30).toLowerCase()],
    ["a prefix of another case", `bst${token.slice(3)}`],
    ["another prefix", `BSX${token.slice(3)}`],
    ["a character too few", token.slice(0, -1)],
    ["a missing dash", token.replaceAll("-", "Q")],
    ["two groups exchanged", `BST-${token.slice(9, 13)}-${token.slice(4, 8)}${token.slice(13)}`],
    ["the older bech32's constant", token.slice(0, 62) + bech32Checksum()],
    ["a kind that does not exist", withChecksum(data.with(1, KINDS.length))],
    ["another version", withChecksum(data.with(0, values("4")[0]!))],
  ])("with %s is refused", (_, text) => expect(parseToken(text)).toBeNull());

  test.each([1, 2, 4, 8, 15])("with %i in its padding is refused", (bits) => {
    expect(parseToken(withChecksum(data.with(55, data[55]! | bits)))).toBeNull();
  });

  function bech32Checksum(): string {
    const rest = [...data, 0, 0, 0, 0, 0, 0].reduce(fold, foldPrefix("bst")) ^ 1;
    return [25, 20, 15, 10, 5, 0].map((shift) => ALPHABET[(rest >> shift) & 31]).join("").toUpperCase();
  }

  test("is not written for a body of another length", () => {
    expect(() => formatToken({ kind: "msisdn", epoch: 0, generation: 0, body: new Uint8Array(31) })).toThrow(RangeError);
  });
});
