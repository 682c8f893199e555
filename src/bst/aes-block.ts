import { unsafe } from "@noble/ciphers/aes.js";

/**
 * The AES block (FIPS 197) on little-endian words, with four tables of one kilobyte. The library's own block looks
 * things up in half a megabyte, which is never in the cache when a check comes between other work: there it cost more
 * than all the rest of a check. Like the library's, it does not hide its timing from code on the same core.
 */
const SBOX = new Uint8Array(256);
const TABLES: readonly Uint32Array[] = [0, 1, 2, 3].map(() => new Uint32Array(256));
const [T0, T1, T2, T3] = TABLES as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];

/** Multiplication by x in GF(2⁸) modulo x⁸ + x⁴ + x³ + x + 1. */
const xtime = (a: number): number => ((a << 1) ^ (a >> 7) * 0x11b) & 0xff;
const rotl = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

/** Walks the field by powers of 3 and of its inverse at once, so that `q` is always the inverse of `p`. */
function fillTables(): void {
  let [p, q] = [1, 1];
  do {
    p ^= xtime(p);
    for (const shift of [1, 2, 4]) q ^= (q << shift) & 0xff;
    if (q & 0x80) q ^= 0x09;
    setByte(p, 0x63 ^ q ^ rotl8(q, 1) ^ rotl8(q, 2) ^ rotl8(q, 3) ^ rotl8(q, 4));
  } while (p !== 1);
  setByte(0, 0x63);
}

const rotl8 = (byte: number, bits: number): number => ((byte << bits) | (byte >> (8 - bits))) & 0xff;

/** A byte's substitution, and what it adds to a column from each of the four rows. */
function setByte(byte: number, substituted: number): void {
  const doubled = xtime(substituted);
  const column = doubled | (substituted << 8) | (substituted << 16) | ((doubled ^ substituted) << 24);
  SBOX[byte] = substituted;
  TABLES.forEach((table, row) => (table[byte] = rotl(column, 8 * row)));
}

fillTables();

/** A block as four little-endian words. */
export interface Block {
  s0: number;
  s1: number;
  s2: number;
  s3: number;
}

/** A key's schedule; 16, 24 or 32 bytes of key. */
export const expandKey = (key: Uint8Array): Uint32Array => unsafe.expandKeyLE(key);

export function encrypt(schedule: Uint32Array, block: Block): Block {
  let s0 = block.s0 ^ schedule[0]!;
  let s1 = block.s1 ^ schedule[1]!;
  let s2 = block.s2 ^ schedule[2]!;
  let s3 = block.s3 ^ schedule[3]!;
  let at = 4;
  for (const last = schedule.length - 4; at < last; at += 4) {
    const t0 = T0[s0 & 255]! ^ T1[(s1 >>> 8) & 255]! ^ T2[(s2 >>> 16) & 255]! ^ T3[s3 >>> 24]! ^ schedule[at]!;
    const t1 = T0[s1 & 255]! ^ T1[(s2 >>> 8) & 255]! ^ T2[(s3 >>> 16) & 255]! ^ T3[s0 >>> 24]! ^ schedule[at + 1]!;
    const t2 = T0[s2 & 255]! ^ T1[(s3 >>> 8) & 255]! ^ T2[(s0 >>> 16) & 255]! ^ T3[s1 >>> 24]! ^ schedule[at + 2]!;
    const t3 = T0[s3 & 255]! ^ T1[(s0 >>> 8) & 255]! ^ T2[(s1 >>> 16) & 255]! ^ T3[s2 >>> 24]! ^ schedule[at + 3]!;
    s0 = t0;
    s1 = t1;
    s2 = t2;
    s3 = t3;
  }
  return {
    s0: substitute(s0, s1, s2, s3) ^ schedule[at]!,
    s1: substitute(s1, s2, s3, s0) ^ schedule[at + 1]!,
    s2: substitute(s2, s3, s0, s1) ^ schedule[at + 2]!,
    s3: substitute(s3, s0, s1, s2) ^ schedule[at + 3]!,
  };
}

/** The last round's column: substituted and shifted, not mixed. */
const substitute = (a: number, b: number, c: number, d: number): number =>
  SBOX[a & 255]! | (SBOX[(b >>> 8) & 255]! << 8) | (SBOX[(c >>> 16) & 255]! << 16) | (SBOX[d >>> 24]! << 24);
