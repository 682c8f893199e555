import max from "libphonenumber-js/max/metadata";
import { describe, expect, test } from "vitest";
import { canonicalBytes, canonicalize, isCanonical } from "../../src/bst/canonical.ts";
import { type Kind, KINDS } from "../../src/bst/kinds.ts";
import { KENYA } from "../../src/bst/phone-metadata.ts";
import { fromUtf8 } from "../../src/kernel/bytes.ts";

const accepted = (kind: Kind, value: string, corrected = false): object => ({ ok: true, identifier: { kind, value }, corrected });
const refused = (refusal: string): object => ({ ok: false, refusal });

describe("a phone", () => {
  test.each([
    "0712345678",
    "712345678",
    "254712345678",
    "+254712345678",
    "+254 712-345-678",
    "(+254)712345678",
    " 0712.345.678 ",
    "0712–345–678",
    "٠٧١٢٣٤٥٦٧٨",
    "+۲۵۴ ۷۱۲ ۳۴۵ ۶۷۸",
    "０７１２３４５６７８",
    "\u202A+254 712 345 678\u202C",
  ])("%j is +254712345678", (text) => {
    expect(canonicalize("msisdn", text)).toEqual(accepted("msisdn", "+254712345678"));
  });

  test.each(["+2540712345678", "2540712345678", "+254 (0) 712 345 678"])("%j is mended, and says so", (text) => {
    expect(canonicalize("msisdn", text)).toEqual(accepted("msisdn", "+254712345678", true));
  });

  test("of any range that begins with 7 or 1 is accepted, assigned or not: numbers are ported, ranges are added", () => {
    for (let range = 0; range < 100; range++) {
      for (const first of ["7", "1"]) {
        const national = `${first}${String(range).padStart(2, "0")}234567`;
        expect(canonicalize("msisdn", `0${national}`)).toEqual(accepted("msisdn", `+254${national}`));
      }
    }
  });

  test.each(["0201234567", "+254 20 1234567", "0411234567", "051 2345678"])("%j is a landline", (text) => {
    expect(canonicalize("msisdn", text)).toEqual(refused("phone-landline"));
  });

  test.each(["+255712345678", "+256 772 123456", "+1 415 555 2671", "+44 20 7946 0958"])("%j is foreign", (text) => {
    expect(canonicalize("msisdn", text)).toEqual(refused("phone-foreign"));
  });

  test.each([
    "", "+", "abc", "07123456", "07123456789", "0812345678", "0900223344", "0800223344", "+254", "+0712345678", "++254712345678",
    "0712345678 ext 5", "0712345678;ext=5", "tel:+254712345678", "0712345678 / 0722345678", "0712345678x", "*144#",
    "+254712345678".padEnd(65), "0".repeat(10_000),
  ])("%j is no number", (text) => {
    expect(canonicalize("msisdn", text)).toEqual(refused("phone-invalid"));
  });

  test("is judged by the library's newest metadata", () => {
    expect(KENYA.version).toBe(max.version);
    expect(KENYA.countries.KE).toEqual(max.countries.KE);
  });
});

describe("a document", () => {
  test.each([
    ["123456", "123456"],
    ["1234567", "1234567"],
    ["01234567", "1234567"],
    ["12345678", "12345678"],
    ["12 345-678", "12345678"],
    ["١٢٣٤٥٦٧٨", "12345678"],
    ["123456789", "123456789"],
    ["12345678901234", "12345678901234"],
    ["00000012345678", "12345678"],
  ])("national ID %j is %s", (text, value) => {
    expect(canonicalize("national_id", text)).toEqual(accepted("national_id", value));
  });

  test.each(["", "12345", "1234567890", "123456789012345", "A1234567", "12345678x", "00000000", "1234567²x", "12345_678"])(
    "national ID %j is impossible",
    (text) => expect(canonicalize("national_id", text)).toEqual(refused("document-invalid")),
  );

  test.each([
    ["passport", "ak 0123456", "AK0123456"],
    ["passport", "C01X00T47", "C01X00T47"],
    ["alien_id", "123-456", "123456"],
    ["refugee_id", "NRB/12345/2010", "NRB123452010"],
    ["military_id", "kdf 12345", "KDF12345"],
  ] as const)("%s %j is %s", (kind, text, value) => {
    expect(canonicalize(kind, text)).toEqual(accepted(kind, value));
  });

  test.each([
    ["passport", "A123"],
    ["passport", "ABCDEFGH"],
    ["passport", "A123456789012345"],
    ["passport", "AK01234É6"],
    ["alien_id", "12"],
    ["refugee_id", "NRB"],
    ["military_id", "12345!"],
    ["military_id", "1".padEnd(65)],
  ] as const)("%s %j is impossible", (kind, text) => {
    expect(canonicalize(kind, text)).toEqual(refused("document-invalid"));
  });
});

test("only the canonical writing is canonical", () => {
  expect(isCanonical({ kind: "msisdn", value: "+254712345678" })).toBe(true);
  expect(isCanonical({ kind: "msisdn", value: "0712345678" })).toBe(false);
  expect(isCanonical({ kind: "national_id", value: "01234567" })).toBe(false);
  expect(isCanonical({ kind: "passport", value: "ak0123456" })).toBe(false);
});

test("country, label and value enter the pseudonym, each behind its length", () => {
  const written = canonicalBytes({ kind: "national_id", value: "12345678" });
  expect(fromUtf8(written)).toBe("\0\0\0\u0002KE\0\0\0\u0003NID\0\0\0\u000812345678");
  const labels = KINDS.map((kind) => fromUtf8(canonicalBytes({ kind, value: "1" })).split("\0\0\0")[2]?.slice(1));
  expect(labels).toEqual(["MSISDN", "NID", "PASSPORT", "ALIEN", "REFUGEE", "MILITARY"]);
});
