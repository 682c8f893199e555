import { toHex } from "./bytes.ts";
import type { Instant, Random } from "./clock.ts";

/** UUID version 7 (RFC 9562 §5.7): sorts by the time it was made. */
export function uuidv7(now: Instant, random: Random): string {
  const bytes = random(16);
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(0, Math.floor(now / 0x10000));
  new DataView(bytes.buffer, bytes.byteOffset).setUint16(4, now % 0x10000);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return written(bytes);
}

/** UUID version 8 (RFC 9562 §5.8) of somebody else's bytes, 16 at least: the same of the same. */
export function uuidv8(from: Uint8Array): string {
  const bytes = from.slice(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return written(bytes);
}

function written(bytes: Uint8Array): string {
  const hex = toHex(bytes);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

export const isUuid = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text);

/** Crockford's base 32: no I, L, O or U, so that a reference survives being read over a telephone. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 9;

/** So many of these letters, each equally likely: five bits of chance in each. */
export const drawLetters = (length: number, random: Random): string => Array.from(random(length), (byte) => ALPHABET[byte % ALPHABET.length]).join("");

/** So many of these letters as people write them: any case, spaces, hyphens, I and L for 1, O for 0. Null when they are not. */
export function readLetters(length: number, text: string): string | null {
  const letters = text.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll(/[IL]/g, "1").replaceAll("O", "0");
  return letters.length === length && [...letters].every((letter) => ALPHABET.includes(letter)) ? letters : null;
}

/** Luhn mod N over the 32 letters: catches every single wrong letter and nearly every swap of neighbours. */
function checkCharacter(letters: string): string {
  let sum = 0;
  let factor = 2;
  for (let at = letters.length - 1; at >= 0; at--) {
    const product = factor * ALPHABET.indexOf(letters[at]!);
    sum += Math.floor(product / ALPHABET.length) + (product % ALPHABET.length);
    factor = factor === 2 ? 1 : 2;
  }
  return ALPHABET[(ALPHABET.length - (sum % ALPHABET.length)) % ALPHABET.length]!;
}

/** What a reference begins with, by what it is of. */
export const REFERENCES = { exclusion: "NSER", dataRequest: "DR", phoneClaim: "PC", case: "CASE", application: "OA", licence: "LIC" } as const;
export type ReferencePrefix = (typeof REFERENCES)[keyof typeof REFERENCES];

/** A reference for people: `PREFIX-` and ten characters, the last one a check character. */
export function makeReference(prefix: ReferencePrefix, random: Random): string {
  const letters = drawLetters(LENGTH, random);
  return `${prefix}-${letters}${checkCharacter(letters)}`;
}

/**
 * Reads a reference as people write it: any case, spaces, I and L for 1, O for 0.
 * Answers the canonical form, or null when it cannot be one.
 */
export function readReference(prefix: ReferencePrefix, text: string): string | null {
  const compact = text.toUpperCase().replaceAll(/[\s-]/g, "");
  if (!compact.startsWith(prefix)) return null;
  const letters = readLetters(LENGTH + 1, compact.slice(prefix.length));
  return letters?.endsWith(checkCharacter(letters.slice(0, LENGTH))) ? `${prefix}-${letters}` : null;
}
