import { and, asc, eq, gt, gte, inArray, lt, lte } from "drizzle-orm";
import type { Change, LogHead, ManifestRef, RegisterPoll } from "../../../check/feed.ts";
import { toHex } from "../../../kernel/bytes.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import { setDue } from "../../../objects/due.ts";
import { changes, head } from "./tables.ts";

/** How many rows one poll or push carries at most. */
export const ROWS_AT_ONCE = 5_000;

/** A change as its author knows it; the log gives it its place and time. */
export type NewChange = Change extends infer Row ? (Row extends Change ? Omit<Row, "seq" | "t"> : never) : never;

/** Draws the log's id when the object is new; an existing log goes on. */
export function beginLog(database: Transaction, random: Random): void {
  const first = { id: 1, logId: toHex(random(16)), seq: 0, t: 0, fence: 0, announced: 0, from: 1, lostUpTo: null };
  database.insert(head).values(first).onConflictDoNothing().run();
}

/** Whether there is a log: an object that lost its storage has none, and one that never began. */
export const hasLog = (database: Transaction): boolean => database.select().from(head).get() !== undefined;

const readHead = (database: Transaction) => {
  const row = database.select().from(head).get();
  if (!row) throw new Error("the change log was never begun");
  return row;
};

/** How far the log reaches. */
export function logHead(database: Transaction): LogHead {
  const { logId, seq, t } = readHead(database);
  return { logId, seq, t };
}

/** Appends one change and answers its `seq`. Register's time never goes back, even when its clock does. */
export function appendChange(transaction: Transaction, change: NewChange, now: Instant): number {
  const last = readHead(transaction);
  const place = { seq: last.seq + 1, t: Math.max(now, last.t) };
  transaction.insert(changes).values({ ...place, ...toRow(change) }).run();
  transaction.update(head).set(place).run();
  return place.seq;
}

/** The rows after `after`, oldest first, at most `ROWS_AT_ONCE`; none when they are not all kept. */
export function changesAfter(database: Transaction, after: number): Change[] {
  if (after + 1 < readHead(database).from) return [];
  const rows = database.select().from(changes).where(gt(changes.seq, after)).orderBy(asc(changes.seq));
  return rows.limit(ROWS_AT_ONCE).all().map(toChange);
}

/** The task that says again and again that rows are lost. */
export const LOST_TASK = "lost-rows";

/** How far a copy reaches: `t` is its last row's time, null when the copy does not say. */
export type Reach = Pick<LogHead, "logId" | "seq"> & { t: Instant | null };

/**
 * Hears how far somebody's copy of a log reaches. Rows leave only after they are stored, so a copy of this log that is
 * beyond it, or has another row in the same place, proves that storage went back: from then on nothing is vouched for,
 * whatever is appended, until it is restored. Answers whether this is news.
 */
export function hear(database: ObjectDatabase, { logId, seq, t }: Reach, now: Instant): boolean {
  const last = readHead(database);
  if (logId !== last.logId) return false;
  if (seq <= last.seq && !differ(t, timeOf(database, seq))) return false;
  return markLost(database, seq, now);
}

/** Keeps it that rows are lost, at least up to `seq`. Answers whether this is news. */
export function markLost(database: ObjectDatabase, seq: number, now: Instant): boolean {
  if (lostUpTo(database) !== null) return false;
  database.transaction((transaction) => {
    transaction.update(head).set({ lostUpTo: seq }).run();
    setDue(transaction, LOST_TASK, now);
  });
  return true;
}

/** Whether two times of one row are known and not the same; a row that took a lost one's place came later than that. */
const differ = (one: Instant | null, other: Instant | null): boolean => one !== null && other !== null && one !== other;

/** When a row was committed; null when it is not kept. */
export const timeOf = (database: Transaction, seq: number): Instant | null =>
  database.select({ t: changes.t }).from(changes).where(eq(changes.seq, seq)).get()?.t ?? null;

/** Up to which row rows were lost; null when nothing says that any were. */
export const lostUpTo = (database: Transaction): number | null => readHead(database).lostUpTo;

/** Throws when rows were lost: then the log must not pass for whole. */
export function assertWhole(database: Transaction): void {
  if (lostUpTo(database) !== null) throw new Error("this Register lost rows and has to be restored");
}

/** Answers a replica, and writes that it did: an object that lost its storage to a newer self cannot answer. */
export function poll(database: ObjectDatabase, after: number, now: Instant): RegisterPoll {
  return database.transaction((transaction) => {
    assertWhole(transaction);
    const { logId, seq, from, ...last } = readHead(transaction);
    const t = Math.max(now, last.t);
    transaction.update(head).set({ t, fence: last.fence + 1 }).run();
    return { logId, seq, t, from, rows: changesAfter(transaction, after) };
  });
}

/** Puts a published snapshot into the log, unless a newer one is there, it claims rows that do not exist or is of another log. */
export function announce(database: ObjectDatabase, manifest: ManifestRef, logId: string | null, now: Instant): void {
  database.transaction((transaction) => {
    const last = readHead(transaction);
    if (logId !== null && logId !== last.logId) return;
    if (manifest.sequence <= last.announced || manifest.sequence > last.seq) return;
    transaction.update(head).set({ announced: manifest.sequence }).run();
    appendChange(transaction, { type: "manifest", manifest }, now);
  });
}

/** The directory's rows are kept, for nothing else tells a new replica of them, but for allowances, which are over within a day. */
const droppable = inArray(changes.type, ["excluded", "released", "manifest", "allowance"]);

/** Rows one run drops at most. */
const DROPPED_AT_ONCE = 10_000;

/**
 * Drops rows from before `before` that the announced snapshot holds, the log's oldest first. Answers whether there may be more.
 */
export function compact(database: ObjectDatabase, before: Instant): boolean {
  return database.transaction((transaction) => {
    const { from, announced } = readHead(transaction);
    const old = and(gte(changes.seq, from), lte(changes.seq, announced), lt(changes.t, before));
    const page = transaction.select({ seq: changes.seq }).from(changes).where(old).orderBy(asc(changes.seq)).limit(DROPPED_AT_ONCE).all();
    const last = page.at(-1);
    if (!last) return false;
    transaction.delete(changes).where(and(lte(changes.seq, last.seq), droppable)).run();
    transaction.update(head).set({ from: last.seq + 1 }).run();
    return page.length === DROPPED_AT_ONCE;
  });
}

/** Empties a log that is over, but for the directory's rows: those of today's allowances too, which nobody would send again. */
export const dropRows = (database: Transaction): void =>
  void database.delete(changes).where(inArray(changes.type, ["excluded", "released", "manifest"])).run();

/**
 * Begins another log, whose numbers go on after `seq` and everything the old one had. Whoever followed that begins anew,
 * with a copy of the whole set: rows of the old one are not kept.
 */
export function renewLog(transaction: Transaction, seq: number, random: Random): LogHead {
  const last = Math.max(readHead(transaction).seq, seq);
  dropRows(transaction);
  transaction.update(head).set({ logId: toHex(random(16)), seq: last, from: last + 1, announced: 0, lostUpTo: null }).run();
  return logHead(transaction);
}

/** The directory's rows that are older than the log, in order. */
export const directoryBefore = (database: Transaction, from: number): Change[] =>
  database.select().from(changes).where(lt(changes.seq, from)).orderBy(asc(changes.seq)).all().map(toChange);

/** The oldest row that is kept. */
export const logFrom = (database: Transaction): number => readHead(database).from;

type Row = typeof changes.$inferSelect;

function toRow(change: NewChange): Omit<Row, "seq" | "t"> {
  if (change.type === "excluded" || change.type === "released") {
    const { type, rootEpoch, p, ...told } = change;
    return { type, rootEpoch, p, body: told };
  }
  const { type, ...body } = change;
  return { type, rootEpoch: null, p: null, body };
}

const toChange = ({ seq, t, type, rootEpoch, p, body }: Row): Change =>
  ({ seq, t, type, ...(p && { rootEpoch, p }), ...(body as object | null) }) as Change;
