import { sha256 } from "@noble/hashes/sha2.js";
import type { CanonicalIdentifier } from "../../../bst/kinds.ts";
import { concat, utf8 } from "../../../kernel/bytes.ts";

/** Neighbouring numbers that count as one block: those that differ in their last two digits alone. */
export const BLOCK = 100;
const BITS = 1 << 16;
/** So many distinct ones a bitmap tells apart well (0.5 % off, one standard deviation). */
const CAPACITY = BITS;

/**
 * Which identifiers a day saw, as two bitmaps under a salt of that day: enough to say how many, never which. Once the salt
 * is forgotten nobody can even ask.
 */
export interface Sketch {
  salt: Uint8Array;
  /** One block in so many is looked at, with everything in it. */
  oneIn: number;
  identifiers: Uint8Array;
  blocks: Uint8Array;
}

/** For a day that may bring so many identifiers. */
export const newSketch = (salt: Uint8Array, expected: number): Sketch => ({
  salt, oneIn: Math.max(1, Math.ceil(expected / CAPACITY)), identifiers: new Uint8Array(BITS / 8), blocks: new Uint8Array(BITS / 8),
});

const blockOf = ({ kind, value }: CanonicalIdentifier): string => `${kind} ${value.slice(0, -2)}`;

const wordsOf = (salt: Uint8Array, text: string): DataView => new DataView(sha256(concat(salt, utf8(text))).buffer);

function mark(bitmap: Uint8Array, word: number): void {
  const bit = word % BITS;
  bitmap[bit >> 3]! |= 1 << (bit & 7);
}

/** Marks these; the same one again changes nothing. */
export function look({ salt, oneIn, identifiers, blocks }: Sketch, batch: readonly CanonicalIdentifier[]): void {
  for (const [block, within] of Map.groupBy(batch, blockOf)) {
    const words = wordsOf(salt, block);
    if (words.getUint32(4) % oneIn !== 0) continue;
    mark(blocks, words.getUint32(0));
    for (const { kind, value } of within) mark(identifiers, wordsOf(salt, `${kind} ${value}.`).getUint32(0));
  }
}

/** How many distinct ones were marked: linear counting (Whang et al., 1990). A bitmap that is full says the least it can be. */
export function estimate(bitmap: Uint8Array): number {
  const set = bitmap.reduce((sum, byte) => sum + ONES[byte]!, 0);
  return Math.round(BITS * Math.log(BITS / Math.max(1, BITS - set)));
}

const ONES = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll("0", "").length);

const NUMBER = /^(.*?)(\d{1,15})$/;

/** The longest stretch of numbers in a batch that follow each other without a gap, in whatever order they came. */
export function longestRun(batch: readonly CanonicalIdentifier[]): number {
  const numbered = batch.flatMap(({ kind, value }) => {
    const [, prefix, digits] = NUMBER.exec(value) ?? [];
    return digits ? [{ series: `${kind} ${prefix} ${digits.length}`, number: Number(digits) }] : [];
  });
  const runs = [...Map.groupBy(numbered, ({ series }) => series).values()].map((series) => runIn([...new Set(series.map(({ number }) => number))]));
  return Math.max(0, ...runs);
}

function runIn(numbers: number[]): number {
  let [longest, run, before] = [0, 0, Number.NaN];
  for (const number of numbers.toSorted((one, other) => one - other)) {
    run = number === before + 1 ? run + 1 : 1;
    longest = Math.max(longest, run);
    before = number;
  }
  return longest;
}
