import { and, asc, gt, gte, inArray, lt, lte } from "drizzle-orm";
import type { Change, LogHead, ManifestRef, RegisterPoll } from "../../../check/feed.ts";
import { toHex } from "../../../kernel/bytes.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import { changes, head } from "./tables.ts";

/** How many rows one poll or push carries at most. */
export const ROWS_AT_ONCE = 5_000;

/** A change as its author knows it; the log gives it its place and time. */
export type NewChange = Change extends infer Row ? (Row extends Change ? Omit<Row, "seq" | "t"> : never) : never;

/** Draws the log's id when the object is new; an existing log goes on. */
export function beginLog(database: Transaction, random: Random): void {
  const first = { id: 1, logId: toHex(random(16)), seq: 0, t: 0, fence: 0, announced: 0, from: 1 };
  database.insert(head).values(first).onConflictDoNothing().run();
}

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

/** Answers a replica, and writes that it did: an object that lost its storage to a newer self cannot answer. */
export function poll(database: ObjectDatabase, after: number, now: Instant): RegisterPoll {
  return database.transaction((transaction) => {
    const last = readHead(transaction);
    transaction.update(head).set({ t: Math.max(now, last.t), fence: last.fence + 1 }).run();
    return { ...logHead(transaction), from: last.from, rows: changesAfter(transaction, after) };
  });
}

/** Puts a published snapshot into the log, unless a newer one is there or it claims rows that do not exist. */
export function announce(database: ObjectDatabase, manifest: ManifestRef, now: Instant): void {
  database.transaction((transaction) => {
    const last = readHead(transaction);
    if (manifest.sequence <= last.announced || manifest.sequence > last.seq) return;
    transaction.update(head).set({ announced: manifest.sequence }).run();
    appendChange(transaction, { type: "manifest", manifest }, now);
  });
}

/** Rows one run drops at most. */
const DROPPED_AT_ONCE = 10_000;

/**
 * Drops rows from before `before` that the announced snapshot holds, the log's oldest first. The directory's rows stay,
 * for nothing else tells a new replica of them, but for allowances, which are over within a day. Answers whether there may be more.
 */
export function compact(database: ObjectDatabase, before: Instant): boolean {
  return database.transaction((transaction) => {
    const { from, announced } = readHead(transaction);
    const old = and(gte(changes.seq, from), lte(changes.seq, announced), lt(changes.t, before));
    const page = transaction.select({ seq: changes.seq }).from(changes).where(old).orderBy(asc(changes.seq)).limit(DROPPED_AT_ONCE).all();
    const last = page.at(-1);
    if (!last) return false;
    const droppable = inArray(changes.type, ["excluded", "released", "manifest", "allowance"]);
    transaction.delete(changes).where(and(lte(changes.seq, last.seq), droppable)).run();
    transaction.update(head).set({ from: last.seq + 1 }).run();
    return page.length === DROPPED_AT_ONCE;
  });
}

/** The directory's rows that are older than the log, in order. */
export const directoryBefore = (database: Transaction, from: number): Change[] =>
  database.select().from(changes).where(lt(changes.seq, from)).orderBy(asc(changes.seq)).all().map(toChange);

/** The oldest row that is kept. */
export const logFrom = (database: Transaction): number => readHead(database).from;

type Row = typeof changes.$inferSelect;

function toRow(change: NewChange): Omit<Row, "seq" | "t"> {
  if (change.type === "excluded" || change.type === "released") return { ...change, body: null };
  const { type, ...body } = change;
  return { type, rootEpoch: null, p: null, body };
}

const toChange = ({ seq, t, type, rootEpoch, p, body }: Row): Change =>
  ({ seq, t, type, ...(p ? { rootEpoch, p } : (body as object)) }) as Change;
