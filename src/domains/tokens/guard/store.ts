import { and, eq, gte, isNull, lt, sql } from "drizzle-orm";
import type { Instant } from "../../../kernel/clock.ts";
import type { Transaction } from "../../../objects/database.ts";
import type { Door, TokenAct } from "../guard-rpc.ts";
import type { CanaryMeeting, Quarantine } from "./model.ts";
import type { Spent } from "./quota.ts";
import { canaryMeetings, exhaustedDays, quarantines, tokenCounts, tokenDays, tokenSpent } from "./tables.ts";

export type StoredDay = typeof tokenDays.$inferSelect;

export const dayAt = (database: Transaction, day: Instant): StoredDay | null =>
  database.select().from(tokenDays).where(eq(tokenDays.day, day)).get() ?? null;

/** Begins a day, and forgets those before it. */
export function beginDay(transaction: Transaction, row: StoredDay): void {
  transaction.delete(tokenDays).run();
  transaction.insert(tokenDays).values(row).run();
}

export function changeDay(transaction: Transaction, day: Instant, set: Partial<StoredDay>): void {
  transaction.update(tokenDays).set(set).where(eq(tokenDays.day, day)).run();
}

/** What was held against an operator is forgotten. */
export function forgetFigures(transaction: Transaction): void {
  transaction.delete(tokenDays).run();
  transaction.delete(exhaustedDays).run();
}

/** Ended days leave, with their salts. */
export function forgetDays(transaction: Transaction, before: Instant): void {
  transaction.delete(tokenDays).where(lt(tokenDays.day, before)).run();
}

/** What a door used, of this day. */
export function spentBy(database: Transaction, door: Door, day: Instant): Spent {
  const row = database.select().from(tokenSpent).where(eq(tokenSpent.door, door)).get();
  return { today: row?.day === day ? row.today : 0, beyond: row?.beyond ?? 0 };
}

export function writeSpent(transaction: Transaction, door: Door, day: Instant, spent: Spent): void {
  transaction.insert(tokenSpent).values({ door, day, ...spent }).onConflictDoUpdate({ target: tokenSpent.door, set: { day, ...spent } }).run();
}

export function addExhausted(transaction: Transaction, day: Instant): void {
  const set = { times: sql`${exhaustedDays.times} + 1` };
  transaction.insert(exhaustedDays).values({ day, times: 1 }).onConflictDoUpdate({ target: exhaustedDays.day, set }).run();
}

export const exhaustedSince = (database: Transaction, day: Instant): number =>
  database.select({ day: exhaustedDays.day }).from(exhaustedDays).where(gte(exhaustedDays.day, day)).all().length;

export function addCount(transaction: Transaction, day: Instant, act: TokenAct, count: number): void {
  const set = { count: sql`${tokenCounts.count} + ${count}` };
  transaction.insert(tokenCounts).values({ day, act, count }).onConflictDoUpdate({ target: [tokenCounts.day, tokenCounts.act], set }).run();
}

export const countsIn = (database: Transaction, from: Instant, to: Instant) =>
  database.select().from(tokenCounts).where(and(gte(tokenCounts.day, from), lt(tokenCounts.day, to))).all();

/** Forgets the counts of days before. */
export function forgetCounts(transaction: Transaction, before: Instant): void {
  transaction.delete(tokenCounts).where(lt(tokenCounts.day, before)).run();
  transaction.delete(exhaustedDays).where(lt(exhaustedDays.day, before)).run();
}

const shown = {
  id: quarantines.id, rule: quarantines.rule, reason: quarantines.reason, evidence: quarantines.evidence, since: quarantines.since, by: quarantines.by,
};

export const quarantineInForce = (database: Transaction): Quarantine | null =>
  database.select(shown).from(quarantines).where(isNull(quarantines.liftedAt)).get() ?? null;

export const quarantineById = (database: Transaction, id: string): Quarantine | null =>
  database.select(shown).from(quarantines).where(eq(quarantines.id, id)).get() ?? null;

export function insertQuarantine(transaction: Transaction, quarantine: Quarantine): void {
  transaction.insert(quarantines).values({ ...quarantine, liftedAt: null, told: false }).run();
}

/** Whether it was in force until now. */
export const markLifted = (transaction: Transaction, id: string, liftedAt: Instant): boolean =>
  transaction.update(quarantines).set({ liftedAt }).where(and(eq(quarantines.id, id), isNull(quarantines.liftedAt))).returning({ id: quarantines.id }).all().length > 0;

export const untoldQuarantines = (database: Transaction): Quarantine[] => database.select(shown).from(quarantines).where(eq(quarantines.told, false)).all();

export function markTold(transaction: Transaction, id: string): void {
  transaction.update(quarantines).set({ told: true }).where(eq(quarantines.id, id)).run();
}

/** False when it is there already. */
export const insertMeeting = (transaction: Transaction, meeting: CanaryMeeting): boolean =>
  transaction.insert(canaryMeetings).values(meeting).onConflictDoNothing().returning({ id: canaryMeetings.id }).all().length > 0;

export const meetings = (database: Transaction, limit: number): CanaryMeeting[] => database.select().from(canaryMeetings).limit(limit).all();

export function dropMeeting(transaction: Transaction, id: string): void {
  transaction.delete(canaryMeetings).where(eq(canaryMeetings.id, id)).run();
}
