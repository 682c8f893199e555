import { ALPHABET, checksumValues, fold, foldPrefix, INTACT } from "./bech32m.ts";
import { type Kind, KINDS } from "./kinds.ts";

/** What a token says in its text. */
export interface TokenParts {
  kind: Kind;
  /** The operator's epoch modulo 32; which one it is, the directory knows. */
  epoch: number;
  /** 0 to 31. */
  generation: number;
  /** The sealed pseudonym: 32 bytes. */
  body: Uint8Array;
}

// BST-3keg-<52>-<6>: where each part of the text stands.
const LENGTH = 68;
const VERSION_AT = 4;
const HASH_AT = 9;
const HASH_LENGTH = 52;
const CHECKSUM_AT = 62;

const BODY_BYTES = 32;
const VERSION = ALPHABET.indexOf("3");
/** 52 symbols hold 260 bits; the last four are none of the body's. */
const PADDING = 0b1111;
const START = foldPrefix("bst");

/** What people and programs put between the groups, or lose there: blanks and dashes of every kind, and what does not show. */
const SEPARATORS = /[\s\p{Pd}\p{Cf}\u2212]+/gu;

const UPPER = 0x20;
const LOWER = 0x40;
const FOREIGN = 0x80;

/** For each ASCII code its 5-bit value, with marks for the letter's case or for no symbol at all. */
const SYMBOLS = new Uint8Array(128).fill(FOREIGN);
for (const [value, symbol] of [...ALPHABET].entries()) {
  const upper = symbol.toUpperCase();
  SYMBOLS[symbol.charCodeAt(0)] = upper === symbol ? value : value | LOWER;
  if (upper !== symbol) SYMBOLS[upper.charCodeAt(0)] = value | UPPER;
}

/** The values of the text being read, where its symbols stand. Reading is synchronous, so one will do. */
const values = new Uint8Array(LENGTH);

/** Fills `values`; false unless every symbol is known, the case is one, and the checksum holds. */
function readSymbols(text: string): boolean {
  let marks = text.startsWith("BST-") ? UPPER : text.startsWith("bst-") ? LOWER : FOREIGN;
  let codes = 0;
  let remainder = START;
  for (let at = VERSION_AT; at < LENGTH; at++) {
    if (at === HASH_AT - 1 || at === CHECKSUM_AT - 1) continue;
    const code = text.charCodeAt(at);
    const symbol = SYMBOLS[code & 127]!;
    codes |= code;
    marks |= symbol;
    values[at] = symbol & 31;
    remainder = fold(remainder, symbol & 31);
  }
  return codes < 128 && (marks & FOREIGN) === 0 && (marks & (UPPER | LOWER)) !== (UPPER | LOWER) && remainder === INTACT;
}

/** The 32 bytes in `values`. */
function readBody(): Uint8Array {
  const body = new Uint8Array(BODY_BYTES);
  let bits = 0;
  let pending = 0;
  let byte = 0;
  for (let at = HASH_AT; byte < BODY_BYTES; at++) {
    bits = ((bits << 5) | values[at]!) & 0xfff;
    pending += 5;
    if (pending < 8) continue;
    pending -= 8;
    body[byte++] = bits >> pending;
  }
  return body;
}

/**
 * Reads a token's text, in upper case or in lower, never mixed and without anything around it. Null for any other text:
 * such a text stands for nobody and must be refused, never answered.
 */
export function parseToken(text: string): TokenParts | null {
  if (text.length !== LENGTH || text[HASH_AT - 1] !== "-" || text[CHECKSUM_AT - 1] !== "-" || !readSymbols(text)) return null;
  const kind = KINDS[values[VERSION_AT + 1]!];
  if (values[VERSION_AT] !== VERSION || kind === undefined) return null;
  if ((values[HASH_AT + HASH_LENGTH - 1]! & PADDING) !== 0) return null;
  return { kind, epoch: values[VERSION_AT + 2]!, generation: values[VERSION_AT + 3]!, body: readBody() };
}

/** Whether every separator stands where it does in the one written form. */
const isNormalShape = (text: string): boolean => text.length === LENGTH && text[3] === "-" && text[HASH_AT - 1] === "-" && text[CHECKSUM_AT - 1] === "-";

/** Whether a character only separates, and says nothing. */
export const separates = (char: string): boolean => char.replace(SEPARATORS, "") === "";

/**
 * Reads a token as people send it: blanks, missing dashes and other ones mean nothing. The checksum holds of what is left,
 * as `parseToken` has it; null, and to be refused, where it does not.
 */
export function readToken(text: string): TokenParts | null {
  const token = parseToken(text);
  if (token || isNormalShape(text)) return token;
  const symbols = text.replace(SEPARATORS, "");
  return parseToken(`${symbols.slice(0, 3)}-${symbols.slice(3, 7)}-${symbols.slice(7, 59)}-${symbols.slice(59)}`);
}

/** The body's 256 bits as 52 values, high bits first, padded with zeros. */
function bodyValues(body: Uint8Array): number[] {
  const bit = (at: number): number => ((body[at >> 3] ?? 0) >> (7 - (at & 7))) & 1;
  return Array.from({ length: HASH_LENGTH }, (_, symbol) =>
    [0, 1, 2, 3, 4].reduce((value, offset) => (value << 1) | bit(symbol * 5 + offset), 0),
  );
}

const symbols = (from: readonly number[]): string => from.map((value) => ALPHABET[value]).join("").toUpperCase();

/**
 * The token's one written form, in upper case. Epoch and generation are reduced modulo 32. Throws RangeError on a body
 * that is not 32 bytes.
 */
export function formatToken({ kind, epoch, generation, body }: TokenParts): string {
  if (body.length !== BODY_BYTES) throw new RangeError("a token's body has 32 bytes");
  const version = [VERSION, KINDS.indexOf(kind), epoch & 31, generation & 31];
  const hash = bodyValues(body);
  const checksum = checksumValues([...version, ...hash].reduce(fold, START));
  return `BST-${symbols(version)}-${symbols(hash)}-${symbols(checksum)}`;
}
