import { ALPHABET, fold, foldPrefix, INTACT } from "./bech32m.ts";
import { separates } from "./text.ts";

export const SLIPS = [
  "not-a-token", "cut-short", "too-long", "foreign-character", "mixed-case", "one-character", "neighbours-swapped", "several-characters", "other-version",
] as const;

/**
 * What a text that was meant as a token looks like. `at` is the place of the character in the text as it was sent, from 1,
 * separators counted.
 */
export type Slip =
  | { slip: "not-a-token" | "mixed-case" | "several-characters" }
  /** So many characters too few, or too many. */
  | { slip: "cut-short" | "too-long"; by: number }
  /** A character no token has; `meant` is the one it is mistaken for. */
  | { slip: "foreign-character"; at: number; meant: string | null }
  /** That character is another one, */
  | { slip: "one-character"; at: number }
  /** or changed places with the next. */
  | { slip: "neighbours-swapped"; at: number }
  | { slip: "other-version" };

const PREFIX = /^bst$/i;
const PREFIX_LENGTH = 3;
/** Version, hash and checksum. */
const SYMBOLS = 62;
const START = foldPrefix("bst");
const VERSION = ALPHABET.indexOf("3");

/** What bech32's alphabet leaves out, for what it is mistaken for (BIP-173). */
const MEANT: Readonly<Record<string, string>> = { O: "0", I: "L", "1": "L", B: "8" };

interface Written {
  char: string;
  at: number;
}

const withoutSeparators = (text: string): Written[] => [...text].map((char, place) => ({ char, at: place + 1 })).filter(({ char }) => !separates(char));

/**
 * Which slip a text that cannot be read as a token looks like; null where the checksum holds of it, and nothing was
 * mistyped. It tells where to look, never what the token would be: a text that was mended by guessing may be somebody else's.
 */
export function slipOf(text: string): Slip | null {
  const written = withoutSeparators(text);
  const letters = written.map(({ char }) => char).join("");
  const symbols = written.slice(PREFIX_LENGTH);
  const by = symbols.length - SYMBOLS;
  if (!PREFIX.test(letters.slice(0, PREFIX_LENGTH))) return { slip: "not-a-token" };
  if (by !== 0) return { slip: by < 0 ? "cut-short" : "too-long", by: Math.abs(by) };
  const values = symbols.map(({ char }) => (char < "\u0080" ? ALPHABET.indexOf(char.toLowerCase()) : -1));
  const foreign = values.indexOf(-1);
  if (foreign >= 0) return { slip: "foreign-character", at: symbols[foreign]!.at, meant: MEANT[symbols[foreign]!.char.toUpperCase()] ?? null };
  if (letters !== letters.toUpperCase() && letters !== letters.toLowerCase()) return { slip: "mixed-case" };
  return slipOfValues(values, (place) => symbols[place]!.at);
}

function slipOfValues(values: readonly number[], at: (place: number) => number): Slip | null {
  const difference = values.reduce(fold, START) ^ INTACT;
  if (difference === 0) return values[0] === VERSION ? null : { slip: "other-version" };
  const one = substituted(difference);
  if (one !== null) return { slip: "one-character", at: at(one) };
  const pair = swapped(difference, values);
  return pair === null ? { slip: "several-characters" } : { slip: "neighbours-swapped", at: at(pair) };
}

/**
 * The place whose change alone makes this difference of the remainder; null when there is none. Folding is linear: a change
 * at one place goes through the places after it as through zeros.
 */
function substituted(difference: number): number | null {
  for (let change = 1; change < ALPHABET.length; change++) {
    let remainder = change;
    for (let place = SYMBOLS - 1; place >= 0; place--) {
      if (remainder === difference) return place;
      remainder = fold(remainder, 0);
    }
  }
  return null;
}

/** The first place of two neighbours whose exchange alone makes this difference. */
function swapped(difference: number, values: readonly number[]): number | null {
  for (let place = 0; place + 1 < SYMBOLS; place++) {
    const change = values[place]! ^ values[place + 1]!;
    let remainder = fold(change, change);
    for (let after = place + 2; after < SYMBOLS; after++) remainder = fold(remainder, 0);
    if (change !== 0 && remainder === difference) return place;
  }
  return null;
}

/** The slip in words, for whoever typed it. */
export function wordsOf(slip: Slip): string {
  switch (slip.slip) {
    case "not-a-token": return "is no token: a token begins with BST";
    case "cut-short": return `is cut short: ${count(slip.by)} missing`;
    case "too-long": return `is too long by ${slip.by === 1 ? "one character" : `${slip.by} characters`}`;
    case "foreign-character": return `has a character at place ${slip.at} that no token has${slip.meant ? `: ${slip.meant} looks like it` : ""}`;
    case "mixed-case": return "mixes capital and small letters";
    case "one-character": return `looks mistyped at place ${slip.at}`;
    case "neighbours-swapped": return `looks as if the character at place ${slip.at} and the next were exchanged`;
    case "other-version": return "is of a version that is not read here";
    case "several-characters": return "is mistyped in more than one place";
  }
}

const count = (characters: number): string => (characters === 1 ? "one character is" : `${characters} characters are`);
