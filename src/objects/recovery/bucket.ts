/**
 * Where an object's recovery lies: R2 in production, under keys of that object alone. Every call has a deadline and throws
 * when it passes or the bucket cannot be reached; what was put may then be there all the same.
 */
export interface Bucket {
  /** Writes unless something is there; answers whether it did. */
  putNew(key: string, bytes: Uint8Array): Promise<boolean>;
  get(key: string): Promise<Uint8Array | null>;
  /** What begins with `prefix` and comes after the key `after`, in order, a page at a time. */
  list(prefix: string, after: string): Promise<Stored[]>;
  delete(keys: string[]): Promise<void>;
}

export interface Stored {
  key: string;
  /** When it was written, UTC milliseconds. */
  at: number;
}

/** Numbers in keys have so many digits, so that keys sort as numbers do. */
const DIGITS = 12;

const numbered = (number: number): string => String(number).padStart(DIGITS, "0");

/** That the object exists at all: written once, before anything else of it. */
export const GENESIS = "genesis";
export const SEGMENTS = "segments/";
export const COPIES = "copies/";

export const segmentKey = (number: number): string => (number === 0 ? GENESIS : `${SEGMENTS}${numbered(number)}`);

/** A part of the copy that begins from a segment, from 1. */
export const partKey = (from: number, part: number): string => `${COPIES}${numbered(from)}/${numbered(part)}`;

/** Written last: says that a copy is whole, and how many parts it has. */
export const wholeKey = (from: number): string => `${COPIES}${numbered(from)}/whole`;

/** The segment a key is of, or the one its copy begins from. */
export const numberIn = (key: string): number => Number(key.split("/")[1]);

/** The segments that whole copies begin from, ascending. */
export const wholeCopies = (copies: readonly Stored[]): number[] =>
  copies.filter(({ key }) => key.endsWith("/whole")).map(({ key }) => numberIn(key));

/** All that begins with `prefix`, in order. */
export async function everything(bucket: Bucket, prefix: string): Promise<Stored[]> {
  const all: Stored[] = [];
  for (;;) {
    const page = await bucket.list(prefix, all.at(-1)?.key ?? "");
    if (page.length === 0) return all;
    all.push(...page);
  }
}
