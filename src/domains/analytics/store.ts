import { and, asc, eq, getTableColumns, gte, isNull, lt, lte, sql } from "drizzle-orm";
import type { ClearCount } from "../../check/evidence.ts";
import { fromHex, toHex } from "../../kernel/bytes.ts";
import type { Instant } from "../../kernel/clock.ts";
import type { Transaction } from "../../objects/database.ts";
import type { CommittedCount, KeyUsageQuestion } from "./model.ts";
import type { Heard, KeyFacts, UsageFacts } from "./rules.ts";
import { counts, dropped, gaps, hours, isolates, keyAnswers, spent } from "./tables.ts";

export function heardOf(database: Transaction, isolate: string): Heard {
  const newest = database.select().from(isolates).where(eq(isolates.isolate, isolate)).get()?.newest ?? 0;
  return { newest, gaps: database.select().from(gaps).where(eq(gaps.isolate, isolate)).all() };
}

export function writeHeard(transaction: Transaction, isolate: string, heard: Heard, heardAt: Instant): void {
  const { newest } = heard;
  transaction.insert(isolates).values({ isolate, newest, heardAt })
    .onConflictDoUpdate({ target: isolates.isolate, set: { newest, heardAt } }).run();
  transaction.delete(gaps).where(eq(gaps.isolate, isolate)).run();
  for (const { first, last, seenAt } of heard.gaps) transaction.insert(gaps).values({ isolate, first, last, seenAt }).run();
}

export function insertCount(transaction: Transaction, { root, ...count }: ClearCount, isolate: string, batch: number): void {
  transaction.insert(counts).values({ ...count, root: fromHex(root), isolate, batch }).run();
}

/** Adds to what an hour counts for a purpose. */
export function addAnswers(transaction: Transaction, row: typeof hours.$inferInsert): void {
  const set = { clear: sql`${hours.clear} + ${row.clear}`, found: sql`${hours.found} + ${row.found}` };
  transaction.insert(hours).values(row).onConflictDoUpdate({ target: [hours.hour, hours.purpose], set }).run();
}

export function addDropped(transaction: Transaction, hour: Instant, answers: number): void {
  const set = { answers: sql`${dropped.answers} + ${answers}` };
  transaction.insert(dropped).values({ hour, answers }).onConflictDoUpdate({ target: dropped.hour, set }).run();
}

export function addSpent(transaction: Transaction, row: typeof spent.$inferInsert): void {
  const set = { checks: sql`${spent.checks} + ${row.checks}` };
  transaction.insert(spent).values(row).onConflictDoUpdate({ target: [spent.day, spent.keyId], set }).run();
}

/** Adds to what a key was answered on a day for a purpose. */
export function addKeyAnswers(transaction: Transaction, row: typeof keyAnswers.$inferInsert): void {
  const set = { clear: sql`${keyAnswers.clear} + ${row.clear}`, found: sql`${keyAnswers.found} + ${row.found}` };
  transaction.insert(keyAnswers).values(row).onConflictDoUpdate({ target: [keyAnswers.keyId, keyAnswers.day, keyAnswers.purpose], set }).run();
}

/** What is stored of a key's days. */
export const keyFactsOf = (database: Transaction, { keyId, from, to }: KeyUsageQuestion): KeyFacts => ({
  spent: database.select({ day: spent.day, checks: spent.checks }).from(spent).where(and(eq(spent.keyId, keyId), gte(spent.day, from), lt(spent.day, to))).all(),
  answers: database.select().from(keyAnswers).where(and(eq(keyAnswers.keyId, keyId), gte(keyAnswers.day, from), lt(keyAnswers.day, to))).all(),
});

/** The last day of each key. */
export const lastDays = (database: Transaction): { keyId: string; day: Instant }[] =>
  database.select({ keyId: spent.keyId, day: sql<number>`max(${spent.day})` }).from(spent).groupBy(spent.keyId).all();

export const spentOn = (database: Transaction, day: Instant, keyId: string): number =>
  database.select().from(spent).where(and(eq(spent.day, day), eq(spent.keyId, keyId))).get()?.checks ?? 0;

export const factsOf = (database: Transaction, from: Instant, to: Instant): UsageFacts => ({
  answers: database.select().from(hours).where(and(gte(hours.hour, from), lt(hours.hour, to))).all(),
  dropped: database.select().from(dropped).where(and(gte(dropped.hour, from), lt(dropped.hour, to))).all(),
  gaps: database.select().from(gaps).where(and(gte(gaps.seenAt, from), lt(gaps.seenAt, to))).all(),
});

/** In the order of minutes and, within one, of arrival. */
export function countsBetween(database: Transaction, from: Instant, to: Instant, limit: number): CommittedCount[] {
  const rows = database.select().from(counts).where(and(gte(counts.minute, from), lt(counts.minute, to)));
  return rows.orderBy(asc(counts.minute), sql`rowid`).limit(limit).all().map((row) => ({ ...row, root: toHex(row.root) }));
}

/** The first minute with counts that no audit entry has; null when each is in one. */
export const minuteToEnter = (database: Transaction): Instant | null =>
  database.select({ minute: counts.minute }).from(counts).where(isNull(counts.entry)).orderBy(asc(counts.minute)).limit(1).get()?.minute ?? null;

/** The counts of a minute that no audit entry has, in the order of arrival. */
export const countsToEnter = (database: Transaction, minute: Instant, limit: number) =>
  database.select({ row: sql<number>`rowid`.as("row"), ...getTableColumns(counts) }).from(counts).where(and(eq(counts.minute, minute), isNull(counts.entry)))
    .orderBy(sql`rowid`).limit(limit).all();

/** Notes which audit entry has these counts. */
export function setEntered(transaction: Transaction, rows: readonly { row: number }[], entry: string): void {
  for (const { row } of rows) transaction.update(counts).set({ entry }).where(sql`rowid = ${row}`).run();
}

/** Forgets what is older, at most some `limit` counts of it; true when there may be more. */
export function forgetBefore(transaction: Transaction, before: Instant, limit: number): boolean {
  const old = transaction.select({ minute: counts.minute }).from(counts).where(lt(counts.minute, before));
  const page = old.orderBy(asc(counts.minute)).limit(limit).all();
  const last = page.at(-1);
  if (last) transaction.delete(counts).where(lte(counts.minute, last.minute)).run();
  transaction.delete(hours).where(lt(hours.hour, before)).run();
  transaction.delete(dropped).where(lt(dropped.hour, before)).run();
  transaction.delete(spent).where(lt(spent.day, before)).run();
  transaction.delete(keyAnswers).where(lt(keyAnswers.day, before)).run();
  transaction.delete(gaps).where(lt(gaps.seenAt, before)).run();
  transaction.delete(isolates).where(lt(isolates.heardAt, before)).run();
  return page.length === limit;
}
