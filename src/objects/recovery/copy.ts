import { DAY, type Instant } from "../../kernel/clock.ts";
import type { ObjectDatabase } from "../database.ts";
import { COPIES, everything, numberIn, partKey, SEGMENTS, type Stored, wholeCopies, wholeKey } from "./bucket.ts";
import type { Journaled } from "./journal.ts";
import { decodeObject, encodeObject, type Head, type TableRows } from "./object.ts";
import { rowsAfter } from "./rows.ts";
import { hashOf, open, seal } from "./seal.ts";
import { readChain, type RecoveryParts } from "./ship.ts";
import { chain, copying } from "./tables.ts";

/** What one part is read in, each page some 3 ms of SQLite, and how many rows make a part. */
const ROWS_A_PAGE = 1_000;
const ROWS_A_PART = 5_000;
const THE_ONE = 1;
/** The task that makes copies. */
export const COPY_TASK = "copy";
/** A copy comes sooner than daily when so many segments follow on the last, because each is one more call when restoring. */
const SEGMENTS_A_COPY = 10_000;
/** What is older than this is deleted: a day more than the bucket's lock keeps anybody from deleting it (docs/deployment.md). */
export const KEPT_FOR = 31 * DAY;
const DELETED_AT_ONCE = 1_000;

type Copying = typeof copying.$inferSelect;

/** Where a part begins or ends: a table, and the rowid before the next row. */
type Place = NonNullable<Head["next"]>;

interface Put {
  hash: string;
  next: Place | null;
}

/** Whether so many segments follow on the newest copy that another is due. */
export function copyIsDue({ database }: RecoveryParts): boolean {
  const end = readChain(database);
  return end !== null && end.number - (end.copied ?? 0) >= SEGMENTS_A_COPY && !database.select().from(copying).get();
}

/**
 * Writes the next part of a full copy; answers false when it is whole, or nothing changed since the last. Parts are of
 * different moments: the segments after the one it begins from make them fit. Killed anywhere, it goes on.
 */
export async function copyStep(parts: RecoveryParts): Promise<boolean> {
  const at = parts.database.select().from(copying).get() ?? beginCopy(parts);
  if (!at) return false;
  const { hash, next } = await putPart(parts, at);
  const written = { parts: at.parts + 1, last: hash, ...next };
  parts.database.update(copying).set(written).run();
  if (!next) await finish(parts, { ...at, ...written });
  return next !== null;
}

function beginCopy({ database, tables }: RecoveryParts): Copying | null {
  const end = readChain(database);
  if (!end || end.copied === end.number) return null;
  const begun = { id: THE_ONE, number: end.number, parts: 0, last: end.hash, tab: tables[0]!.name, after: 0 };
  database.insert(copying).values(begun).run();
  return begun;
}

/** A part that is there already was put before the object was killed: it says where it ends. */
async function putPart({ database, tables, bucket, keys, clock, random }: RecoveryParts, at: Copying): Promise<Put> {
  const key = partKey(at.number, at.parts + 1);
  const { rows, next } = readPart(database, tables, at);
  const head: Head = { number: at.parts + 1, previous: at.last, at: clock(), next };
  const sealed = await seal(encodeObject(head, rows), key, keys, random);
  if (await bucket.putNew(key, sealed)) return { hash: await hashOf(sealed), next };
  const there = await bucket.get(key);
  if (!there) throw new Error(`${key} can be neither written nor read`);
  return { hash: await hashOf(there), next: decodeObject(await open(there, key, keys)).head.next! };
}

function readPart(database: ObjectDatabase, tables: readonly Journaled[], { tab, after }: Place) {
  const rows: TableRows[] = [];
  let next: Place | null = { tab, after };
  for (let read = 0; next && read < ROWS_A_PART; ) {
    const at: number = tables.findIndex(({ name }) => name === next!.tab);
    const page = rowsAfter(database, tables[at]!, next.after, ROWS_A_PAGE);
    if (page) rows.push(page);
    read += page?.count ?? 0;
    next = page ? { tab: next.tab, after: page.last } : beginningOf(tables[at + 1]);
  }
  return { rows, next };
}

const beginningOf = (table: Journaled | undefined): Place | null => (table ? { tab: table.name, after: 0 } : null);

async function finish({ database, bucket, keys, clock, random }: RecoveryParts, at: Copying): Promise<void> {
  const key = wholeKey(at.number);
  await bucket.putNew(key, await seal(encodeObject({ number: at.parts, previous: at.last, at: clock() }, []), key, keys, random));
  database.transaction((transaction) => {
    transaction.update(chain).set({ copied: at.number }).run();
    transaction.delete(copying).run();
  });
}

/** Deletes what is older than `before`, but never the newest two copies that are whole, nor the segments after them. */
export async function sweep({ bucket }: RecoveryParts, before: Instant): Promise<void> {
  const copies = await everything(bucket, COPIES);
  const kept = wholeCopies(copies).at(-2);
  if (kept === undefined) return;
  const isOld = ({ key, at }: Stored): boolean => at < before && numberIn(key) < kept;
  const old = [...copies, ...(await everything(bucket, SEGMENTS))].filter(isOld).map(({ key }) => key);
  for (let from = 0; from < old.length; from += DELETED_AT_ONCE) await bucket.delete(old.slice(from, from + DELETED_AT_ONCE));
}
