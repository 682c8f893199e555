import { cmac, unsafe } from "@noble/ciphers/aes.js";
import { type Block, encrypt, expandKey } from "./aes-block.ts";

const BLOCK_BYTES = 16;
const HALF_KEY_BYTES = 32;

const word = (bytes: Uint8Array, at: number): number =>
  bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);

const readBlock = (bytes: Uint8Array, at: number): Block => ({
  s0: word(bytes, at),
  s1: word(bytes, at + 4),
  s2: word(bytes, at + 8),
  s3: word(bytes, at + 12),
});

function putWord(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value;
  bytes[at + 1] = value >>> 8;
  bytes[at + 2] = value >>> 16;
  bytes[at + 3] = value >>> 24;
}

function putBlock(bytes: Uint8Array, at: number, block: Block): void {
  putWord(bytes, at, block.s0);
  putWord(bytes, at + 4, block.s1);
  putWord(bytes, at + 8, block.s2);
  putWord(bytes, at + 12, block.s3);
}

const xor = (a: Block, b: Block): Block => ({ s0: a.s0 ^ b.s0, s1: a.s1 ^ b.s1, s2: a.s2 ^ b.s2, s3: a.s3 ^ b.s3 });

/** S2V over one associated string, up to where the plaintext enters: dbl(CMAC(0)) ⊕ CMAC(associated) (RFC 5297 §2.4). */
export const s2vPrefix = (macKey: Uint8Array, associated: Uint8Array): Uint8Array =>
  unsafe.xorBlock(unsafe.dbl(cmac(new Uint8Array(BLOCK_BYTES), macKey)), cmac(associated, macKey));

/** CMAC's subkey for a message whose last block is whole (RFC 4493 §2.3, K1). */
export const wholeBlockSubkey = (macKey: Uint8Array): Uint8Array =>
  unsafe.dbl(unsafe.encryptBlock(unsafe.expandKeyLE(macKey), new Uint8Array(BLOCK_BYTES)));

/**
 * AES-256-SIV (RFC 5297) for plaintexts of exactly one block under one associated string. What does not depend on the
 * plaintext is computed once, so that sealing and opening cost two AES blocks each.
 */
export class OneBlockSiv {
  private readonly macSchedule: Uint32Array;
  private readonly counterSchedule: Uint32Array;
  /** The S2V prefix and CMAC's subkey: the tag is one encryption of the plaintext masked with both. */
  private readonly mask: Block;

  /** `key`: 64 bytes, the half for the tag first. Throws RangeError on another length. */
  constructor(key: Uint8Array, associated: Uint8Array) {
    if (key.length !== 2 * HALF_KEY_BYTES) throw new RangeError("AES-256-SIV takes a key of 64 bytes");
    const macKey = key.subarray(0, HALF_KEY_BYTES);
    this.macSchedule = expandKey(macKey);
    this.counterSchedule = expandKey(key.subarray(HALF_KEY_BYTES));
    this.mask = xor(readBlock(s2vPrefix(macKey, associated), 0), readBlock(wholeBlockSubkey(macKey), 0));
  }

  /** 16 bytes in, 32 out: tag, then ciphertext. Throws RangeError on another length. */
  seal(plaintext: Uint8Array): Uint8Array {
    if (plaintext.length !== BLOCK_BYTES) throw new RangeError("only a block of 16 bytes can be sealed");
    const plain = readBlock(plaintext, 0);
    const tag = this.tag(plain);
    const sealed = new Uint8Array(2 * BLOCK_BYTES);
    putBlock(sealed, 0, tag);
    putBlock(sealed, BLOCK_BYTES, xor(plain, this.stream(tag)));
    return sealed;
  }

  /** The 16 bytes, or null for whatever was not sealed with this key and associated string. */
  open(sealed: Uint8Array): Uint8Array | null {
    if (sealed.length !== 2 * BLOCK_BYTES) return null;
    const tag = readBlock(sealed, 0);
    const plain = xor(readBlock(sealed, BLOCK_BYTES), this.stream(tag));
    const difference = xor(tag, this.tag(plain));
    // All four words are compared at once, so that the time says nothing of how near a forgery came.
    if ((difference.s0 | difference.s1 | difference.s2 | difference.s3) !== 0) return null;
    const plaintext = new Uint8Array(BLOCK_BYTES);
    putBlock(plaintext, 0, plain);
    return plaintext;
  }

  private tag(plain: Block): Block {
    return encrypt(this.macSchedule, xor(plain, this.mask));
  }

  /** The key stream of one block. RFC 5297 §2.5 clears the top bits of the tag's bytes 8 and 12 first. */
  private stream({ s0, s1, s2, s3 }: Block): Block {
    return encrypt(this.counterSchedule, { s0, s1, s2: s2 & ~0x80, s3: s3 & ~0x80 });
  }
}
