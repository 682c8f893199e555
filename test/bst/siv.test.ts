import { aessiv, cmac } from "@noble/ciphers/aes.js";
import * as fc from "fast-check";
import { createCipheriv } from "node:crypto";
import { describe, expect, test } from "vitest";
import { OneBlockSiv, s2vPrefix, wholeBlockSubkey } from "../../src/bst/siv.ts";
import { concat, fromHex, toHex } from "../../src/kernel/bytes.ts";
import { CMAC_AES256, RFC5297_A1, RFC5297_A2, WYCHEPROOF_AES256_SIV, WYCHEPROOF_AES256_SIV_INVALID } from "./vectors.ts";

const bytes = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length });

describe("published vectors", () => {
  test("RFC 5297 A.1: what the associated string leaves before the plaintext enters", () => {
    const macKey = fromHex(RFC5297_A1.key).subarray(0, 16);
    expect(toHex(s2vPrefix(macKey, fromHex(RFC5297_A1.associated)))).toBe(RFC5297_A1.prefix);
  });

  test("RFC 5297 A.1 whole, by the implementation that ours is compared with", () => {
    const oracle = aessiv(fromHex(RFC5297_A1.key), fromHex(RFC5297_A1.associated));
    expect(toHex(oracle.encrypt(fromHex(RFC5297_A1.plaintext)))).toBe(RFC5297_A1.sealed);
  });

  test("RFC 5297 A.2 by the same", () => {
    const oracle = aessiv(fromHex(RFC5297_A2.key), ...RFC5297_A2.associated.map(fromHex));
    expect(toHex(oracle.encrypt(fromHex(RFC5297_A2.plaintext)))).toBe(RFC5297_A2.sealed);
  });

  test.each(WYCHEPROOF_AES256_SIV)("Wycheproof $id: one block under a key of 512 bits", ({ key, aad, msg, ct }) => {
    const siv = new OneBlockSiv(fromHex(key), fromHex(aad));
    expect(toHex(siv.seal(fromHex(msg)))).toBe(ct);
    expect(toHex(siv.open(fromHex(ct))!)).toBe(msg);
  });

  test.each(WYCHEPROOF_AES256_SIV_INVALID)("Wycheproof $id: a bit of the tag flipped", ({ key, ct }) => {
    expect(new OneBlockSiv(fromHex(key), new Uint8Array(0)).open(fromHex(ct))).toBeNull();
  });

  test("SP 800-38B D.3: the subkey of a whole block, and the MAC it makes", () => {
    const key = fromHex(CMAC_AES256.key);
    expect(toHex(wholeBlockSubkey(key))).toBe(CMAC_AES256.subkey);
    expect(toHex(cmac(fromHex(CMAC_AES256.message), key))).toBe(CMAC_AES256.mac);
  });
});

describe("the one-block SIV", () => {
  test("is AES-256-SIV", () => {
    fc.assert(
      fc.property(bytes(64), fc.uint8Array({ maxLength: 80 }), bytes(16), (key, associated, block) => {
        const oracle = aessiv(key, associated);
        const siv = new OneBlockSiv(key, associated);
        const sealed = siv.seal(block);
        expect(toHex(sealed)).toBe(toHex(oracle.encrypt(block)));
        expect(toHex(siv.open(sealed)!)).toBe(toHex(block));
        expect(toHex(oracle.decrypt(sealed))).toBe(toHex(block));
      }),
      { numRuns: 3_000 },
    );
  });

  test("opens nothing with a single bit changed", () => {
    const siv = new OneBlockSiv(new Uint8Array(64).fill(5), new Uint8Array(9));
    const sealed = siv.seal(new Uint8Array(16).fill(1));
    for (let bit = 0; bit < 256; bit++) {
      const forged = sealed.with(bit >> 3, sealed[bit >> 3]! ^ (1 << (bit & 7)));
      expect(siv.open(forged), `bit ${bit}`).toBeNull();
    }
  });

  test("compares every byte of the tag", () => {
    // Whoever had the key could make a body that is wrong in one byte of its tag and right in all the rest.
    const key = new Uint8Array(64).map((_, at) => at);
    const siv = new OneBlockSiv(key, new Uint8Array(9));
    const block = new Uint8Array(16).fill(3);
    const tag = siv.seal(block).subarray(0, 16);
    const under = (other: Uint8Array): Uint8Array => {
      const counter = other.with(8, other[8]! & 0x7f).with(12, other[12]! & 0x7f);
      return concat(other, createCipheriv("aes-256-ctr", key.subarray(32), counter).update(block));
    };
    expect(siv.open(under(tag))).toEqual(block);
    for (let at = 0; at < 16; at++) expect(siv.open(under(tag.with(at, tag[at]! ^ 1))), `byte ${at}`).toBeNull();
  });

  test("takes one block, one length of key", () => {
    const siv = new OneBlockSiv(new Uint8Array(64), new Uint8Array(0));
    expect(() => siv.seal(new Uint8Array(15))).toThrow(RangeError);
    expect(() => siv.seal(new Uint8Array(17))).toThrow(RangeError);
    expect(siv.open(new Uint8Array(31))).toBeNull();
    expect(siv.open(new Uint8Array(33))).toBeNull();
    expect(() => new OneBlockSiv(new Uint8Array(32), new Uint8Array(0))).toThrow(RangeError);
  });
});
