import { unsafe } from "@noble/ciphers/aes.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Block, encrypt, expandKey } from "../../src/bst/aes-block.ts";
import { fromHex, toHex } from "../../src/kernel/bytes.ts";

const blockOf = (bytes: Uint8Array): Block => {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return { s0: view.getUint32(0, true), s1: view.getUint32(4, true), s2: view.getUint32(8, true), s3: view.getUint32(12, true) };
};

const hexOf = ({ s0, s1, s2, s3 }: Block): string => {
  const view = new DataView(new ArrayBuffer(16));
  [s0, s1, s2, s3].forEach((word, at) => view.setUint32(4 * at, word, true));
  return toHex(new Uint8Array(view.buffer));
};

describe("the AES block", () => {
  // FIPS 197, appendix C.
  it.each([
    ["000102030405060708090a0b0c0d0e0f", "69c4e0d86a7b0430d8cdb78070b4c55a"],
    ["000102030405060708090a0b0c0d0e0f1011121314151617", "dda97ca4864cdfe06eaf70a0ec0d7191"],
    ["000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", "8ea2b7ca516745bfeafc49904b496089"],
  ])("under %s gives FIPS 197's ciphertext", (key, ciphertext) => {
    const plaintext = blockOf(fromHex("00112233445566778899aabbccddeeff"));
    expect(hexOf(encrypt(expandKey(fromHex(key)), plaintext))).toBe(ciphertext);
  });

  it("equals the library's on any key and block", () => {
    const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
    fc.assert(
      fc.property(bytes(32), bytes(16), (key, plaintext) => {
        const [schedule, block] = [expandKey(key), blockOf(plaintext)];
        expect(hexOf(encrypt(schedule, block))).toBe(hexOf(unsafe.encrypt(schedule, block.s0, block.s1, block.s2, block.s3)));
      }),
      { numRuns: 5_000 },
    );
  });
});
