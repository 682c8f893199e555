import { and, asc, desc, eq, gt, gte, lt, lte } from "drizzle-orm";
import type { Pseudonym } from "../../../bst/kinds.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { type ObjectDatabase, prepared, type Transaction } from "../../../objects/database.ts";
import type { NewEvent, StoredEvent } from "./model.ts";
import { digests, events, position, pulls } from "./tables.ts";

export type Position = Omit<typeof position.$inferSelect, "id">;

const THE_ONE = 1;
const thePosition = prepared((database) => database.select().from(position).where(eq(position.id, THE_ONE)).prepare());

/** Null before the feed began. */
export function readPosition(database: ObjectDatabase): Position | null {
  const row = thePosition(database).get();
  if (!row) return null;
  const { id: _, ...at } = row;
  return at;
}

export function writePosition(transaction: Transaction, at: Position): void {
  transaction.insert(position).values({ id: THE_ONE, ...at }).onConflictDoUpdate({ target: position.id, set: at }).run();
}

export function insertEvent(transaction: Transaction, sequence: number, event: NewEvent): void {
  transaction.insert(events).values({ ...event, sequence }).run();
}

/** In order. */
export const eventsAfter = (database: Transaction, after: number, limit: number): StoredEvent[] =>
  database.select().from(events).where(gt(events.sequence, after)).orderBy(asc(events.sequence)).limit(limit).all();

/** In order, those from `from` until before `to`. */
export const eventsBetween = (database: Transaction, from: Instant, to: Instant): StoredEvent[] =>
  database.select().from(events).where(and(gte(events.at, from), lt(events.at, to))).orderBy(asc(events.at), asc(events.sequence)).all();

export const eventsOf = (database: Transaction, p: Pseudonym): StoredEvent[] =>
  database.select().from(events).where(eq(events.p, p)).orderBy(asc(events.sequence)).all();

/** The number of the newest event of before `before`; 0 when there is none. */
export const lastBefore = (database: Transaction, before: Instant, limit: number): number =>
  database.select({ sequence: events.sequence }).from(events).where(lt(events.at, before)).orderBy(asc(events.at), asc(events.sequence)).limit(limit).all().at(-1)?.sequence ?? 0;

export function deleteEvents(transaction: Transaction, upTo: number): void {
  transaction.delete(events).where(lte(events.sequence, upTo)).run();
  transaction.delete(pulls).where(lte(pulls.last, upTo)).run();
}

/** Up to which number everything was fetched. */
export const pulledUpTo = (database: Transaction): number =>
  database.select({ last: pulls.last }).from(pulls).orderBy(desc(pulls.last)).limit(1).get()?.last ?? 0;

export function insertPull(transaction: Transaction, run: typeof pulls.$inferInsert): void {
  transaction.insert(pulls).values(run).run();
}

/** When an event was fetched first; null when it was not. */
export function pulledAt(database: Transaction, sequence: number): Instant | null {
  const run = database.select().from(pulls).where(gte(pulls.last, sequence)).orderBy(asc(pulls.last)).limit(1).get();
  return run && run.first <= sequence ? run.at : null;
}

export const keptDigest = (database: Transaction, day: string) => database.select().from(digests).where(eq(digests.day, day)).get() ?? null;

export const lastDigest = (database: Transaction): string | null =>
  database.select({ day: digests.day }).from(digests).orderBy(desc(digests.day)).limit(1).get()?.day ?? null;

export function insertDigest(transaction: Transaction, digest: typeof digests.$inferInsert): void {
  transaction.insert(digests).values(digest).onConflictDoNothing().run();
}
