import { sql } from "drizzle-orm";
import type { ObjectDatabase } from "../database.ts";
import { setDue } from "../due.ts";
import { COPIES, everything, GENESIS, numberIn, partKey, SEGMENTS, segmentKey, wholeCopies, wholeKey } from "./bucket.ts";
import { COPY_TASK } from "./copy.ts";
import { type Journaled, watch } from "./journal.ts";
import { decodeObject, type Head, type TableRows } from "./object.ts";
import { writeRows } from "./rows.ts";
import { hashOf, open } from "./seal.ts";
import type { RecoveryParts } from "./ship.ts";
import { chain, journal, restoration } from "./tables.ts";

/** How far reading back has come. Kept in the object with what was read, so that it goes on wherever it was killed. */
export interface Reading {
  phase: "copy" | "segments" | "read";
  /** The segment the copy begins from; 0 is the empty beginning. */
  copy: number;
  parts: { read: number; of: number };
  /** SHA-256 of the last part. */
  last: string;
  /** The last segment whose rows are here, what the next must follow on, and when it was sealed. */
  segment: { number: number; hash: string; at: number };
  /** The key of the last segment looked at. */
  looked: string;
  /** Segments that cannot be read or do not follow; passed over where a later one does. */
  strays: { count: number; highest: number };
  /** Copies that could not be read whole, so that an older one was taken. */
  brokenCopies: number[];
}

const PARTS_AT_ONCE = 4;
const SEGMENTS_AT_ONCE = 32;
const THE_ONE = 1;

export const readRestoration = <State>(database: ObjectDatabase): State | null =>
  (database.select().from(restoration).get()?.state as State | undefined) ?? null;

export function writeRestoration(database: ObjectDatabase, state: object): void {
  const target = restoration.id;
  database.insert(restoration).values({ id: THE_ONE, state }).onConflictDoUpdate({ target, set: { state } }).run();
}

export const dropRestoration = (database: ObjectDatabase): void => void database.delete(restoration).run();

/** Empties the tables that are read back. */
export const empty = (database: ObjectDatabase, tables: readonly Journaled[]): void =>
  tables.forEach(({ name }) => database.run(sql.raw(`DELETE FROM "${name}"`)));

/** The newest copy that is whole and not known to be broken; without one, the beginning. Empties what another left. */
export async function beginReading(parts: RecoveryParts, brokenCopies: number[] = []): Promise<Reading> {
  empty(parts.database, parts.tables);
  const blank = { parts: { read: 0, of: 0 }, last: "", strays: { count: 0, highest: 0 }, brokenCopies };
  const whole = wholeCopies(await everything(parts.bucket, COPIES));
  const copy = whole.filter((number) => !brokenCopies.includes(number)).at(-1);
  if (copy !== undefined) {
    const mark = await read(parts, wholeKey(copy));
    if (!mark) return beginReading(parts, [...brokenCopies, copy]);
    const segment = { number: copy, hash: "", at: mark.head.at };
    return { ...blank, phase: "copy", copy, parts: { read: 0, of: mark.head.number }, segment, looked: segmentKey(copy) };
  }
  const genesis = await read(parts, GENESIS);
  if (!genesis) throw new Error("the bucket holds no whole copy and no readable beginning");
  return { ...blank, phase: "segments", copy: 0, segment: { number: 0, hash: genesis.hash, at: genesis.head.at }, looked: "" };
}

interface Opened {
  head: Head;
  tables: TableRows[];
  hash: string;
}

/** Null for what is not there or cannot be opened; throws when the bucket is away. */
async function read({ bucket, keys }: RecoveryParts, key: string): Promise<Opened | null> {
  const sealed = await bucket.get(key);
  if (!sealed) return null;
  const text = await open(sealed, key, keys).catch(() => null);
  return text === null ? null : { ...decodeObject(text), hash: await hashOf(sealed) };
}

/**
 * Reads some more into the object's tables. `acceptEnd` is the segment that is to be the last although others stand after
 * it. Throws when only that could help, and when the bucket is away: then the same step is done again.
 */
export async function readStep(parts: RecoveryParts, reading: Reading, acceptEnd: number | null): Promise<Reading> {
  return reading.phase === "copy" ? readParts(parts, reading) : readSegments(parts, reading, acceptEnd);
}

/** A copy whose part is missing, damaged or another's is given up for an older one. */
async function readParts(parts: RecoveryParts, reading: Reading): Promise<Reading> {
  const { copy, parts: { read: done, of } } = reading;
  const numbers = Array.from({ length: Math.min(PARTS_AT_ONCE, of - done) }, (_, at) => done + 1 + at);
  const found = await Promise.all(numbers.map((number) => read(parts, partKey(copy, number))));
  let at = reading;
  for (const part of found) {
    if (!part || (at.last !== "" && part.head.previous !== at.last)) return beginReading(parts, [...reading.brokenCopies, copy]);
    at = takePart(parts, at, part);
  }
  if (at.parts.read < of) return at;
  const mark = await read(parts, wholeKey(copy));
  return mark?.head.previous === at.last ? { ...at, phase: "segments" } : beginReading(parts, [...reading.brokenCopies, copy]);
}

function takePart({ database, tables }: RecoveryParts, at: Reading, { head, hash, tables: rows }: Opened): Reading {
  rows.forEach((page) => writeRows(database, tables, page));
  const segment = at.last === "" ? { ...at.segment, hash: head.previous! } : at.segment;
  return { ...at, parts: { ...at.parts, read: at.parts.read + 1 }, last: hash, segment };
}

async function readSegments(parts: RecoveryParts, reading: Reading, acceptEnd: number | null): Promise<Reading> {
  const page = (await parts.bucket.list(SEGMENTS, reading.looked)).slice(0, SEGMENTS_AT_ONCE);
  if (page.length === 0) return atTheEnd(reading, acceptEnd);
  const found = await Promise.all(page.map(({ key }) => read(parts, key)));
  return page.reduce((at, { key }, index) => takeSegment(parts, at, key, found[index]!, acceptEnd), reading);
}

function takeSegment(
  { database, tables }: RecoveryParts, at: Reading, key: string, segment: Opened | null, acceptEnd: number | null,
): Reading {
  const number = numberIn(key);
  const follows = segment?.head.previous === at.segment.hash && (acceptEnd === null || number <= acceptEnd);
  if (!follows) return { ...at, looked: key, strays: { count: at.strays.count + 1, highest: number } };
  segment.tables.forEach((rows) => writeRows(database, tables, rows));
  return { ...at, looked: key, segment: { number, hash: segment.hash, at: segment.head.at } };
}

function atTheEnd(reading: Reading, acceptEnd: number | null): Reading {
  const { segment: { number }, strays } = reading;
  if (strays.highest > number && acceptEnd !== number) {
    const which = `segment ${number + 1} is missing, damaged or does not follow on segment ${number}`;
    throw new Error(`${which}, and others stand after it`);
  }
  return { ...reading, phase: "read" };
}

/** From here on changes leave again, as segments that follow on the last one read, under numbers nobody used; a copy is due. */
export function goOnShipping({ database, tables, clock }: RecoveryParts, { segment, strays }: Reading): void {
  const end = { number: Math.max(segment.number, strays.highest), hash: segment.hash };
  database.delete(journal).run();
  database.insert(chain).values({ id: THE_ONE, ...end }).run();
  setDue(database, COPY_TASK, clock());
  watch(database, tables);
}
