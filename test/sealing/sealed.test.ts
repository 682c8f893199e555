import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../../src/kernel/bytes.ts";
import { random } from "../../src/objects/shell.ts";
import { decrypt, encrypt, openValue, type Place, placeBytes, sealValue } from "../../src/sealing/sealed.ts";

const KEY = new Uint8Array(32).fill(3);
const HERE: Place = { table: "identifiers", column: "sealed", row: "7" };
const SECRET = { name: "Wanjiku Ng'ang'a", phone: "+254712345678" };

/** AES-256-GCM with nonces of 96 bits: NIST's test cases 13 to 16 of the GCM specification, McGrew and Viega, appendix B. */
const CASES = [
  { key: "00".repeat(32), nonce: "00".repeat(12), text: "", bound: "", sealed: "530f8afbc74536b9a963b4f1c4cb738b" },
  { key: "00".repeat(32), nonce: "00".repeat(12), text: "00".repeat(16), bound: "", sealed: "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919" },
  {
    key: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", nonce: "cafebabefacedbaddecaf888", bound: "",
    text: "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255",
    sealed: "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015adb094dac5d93471bdec1a502270e3cc6c",
  },
  {
    key: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", nonce: "cafebabefacedbaddecaf888", bound: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
    text: "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
    sealed: "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b",
  },
];

describe("AES-256-GCM", () => {
  it.each(CASES)("gives what NIST says: $sealed", ({ key, nonce, text, bound, sealed }) => {
    const made = encrypt(fromHex(key), fromHex(text), fromHex(bound), () => fromHex(nonce));
    expect(toHex(made)).toBe(nonce + sealed);
    expect(toHex(decrypt(fromHex(key), made, fromHex(bound)))).toBe(text);
  });
});

describe("a sealed value", () => {
  const sealed = sealValue(KEY, SECRET, HERE, random);

  it("opens at its place", () => {
    expect(openValue(KEY, sealed, HERE)).toEqual(SECRET);
    expect(openValue(KEY, sealValue(KEY, null, HERE, random), HERE)).toBeNull();
  });

  it.each([
    ["in another table", { ...HERE, table: "users" }],
    ["in another column", { ...HERE, column: "dataKey" }],
    ["in another row", { ...HERE, row: "8" }],
    ["where the names run together as its own do", { table: "identifierss", column: "ealed", row: "7" }],
  ])("does not open %s", (_, place) => expect(() => openValue(KEY, sealed, place)).toThrow("invalid tag"));

  it("does not open under another key, or with any byte altered, missing or too many", () => {
    expect(() => openValue(KEY.with(0, 4), sealed, HERE)).toThrow("invalid tag");
    for (let at = 0; at < sealed.length; at++) {
      expect(() => openValue(KEY, sealed.with(at, sealed[at]! ^ 1), HERE), `byte ${at}`).toThrow("invalid tag");
      expect(() => openValue(KEY, sealed.subarray(0, at), HERE), `${at} bytes`).toThrow(/./);
    }
    expect(() => openValue(KEY, Uint8Array.of(...sealed, 0), HERE)).toThrow("invalid tag");
  });

  it("never has a nonce again", () => {
    const nonces = Array.from({ length: 2_000 }, () => toHex(sealValue(KEY, SECRET, HERE, random).subarray(0, 12)));
    expect(new Set(nonces).size).toBe(nonces.length);
  });

  it("is not quoted by the error of what was sealed and is no JSON", () => {
    const broken = encrypt(KEY, new TextEncoder().encode('{"phone":"+254712345678'), placeBytes(HERE), random);
    expect(() => openValue(KEY, broken, HERE)).toThrow(/^what was sealed is no JSON$/);
  });
});
