import { and, asc, count, desc, eq, isNull, lte, min } from "drizzle-orm";
import type { Instant } from "../../kernel/clock.ts";
import type { Transaction } from "../../objects/database.ts";
import type { Notice } from "../exclusions/outbox.ts";
import type { InboxNotice } from "./rpc.ts";
import { notices } from "./tables.ts";

export type StoredNotice = typeof notices.$inferSelect;

export function insertNotice(
  transaction: Transaction, id: string, notice: Notice, createdAt: Instant, nextAt: Instant | null,
): void {
  transaction.insert(notices).values({ id, notice, state: "queued", attempts: 0, nextAt, createdAt }).run();
}

const QUEUED = eq(notices.state, "queued");

/** Queued notices whose time has come, oldest first. */
export const dueNotices = (database: Transaction, now: Instant): StoredNotice[] =>
  database.select().from(notices).where(and(QUEUED, lte(notices.nextAt, now))).orderBy(asc(notices.createdAt)).all();

/** Lets those go that waited for somebody to be sent to. */
export function releaseWaiting(transaction: Transaction, now: Instant): void {
  transaction.update(notices).set({ nextAt: now }).where(and(QUEUED, isNull(notices.nextAt))).run();
}

export function setAttempt(transaction: Transaction, id: string, attempts: number, nextAt: Instant): void {
  transaction.update(notices).set({ attempts, nextAt }).where(eq(notices.id, id)).run();
}

export function finish(transaction: Transaction, id: string, state: "sent" | "failed"): void {
  transaction.update(notices).set({ state, nextAt: null }).where(eq(notices.id, id)).run();
}

/** When a notice is to be tried next; null when none waits. */
export const nextAttempt = (database: Transaction): Instant | null =>
  database.select({ at: min(notices.nextAt) }).from(notices).where(QUEUED).get()?.at ?? null;

/** Newest first. */
export const inboxOf = (database: Transaction, limit: number): InboxNotice[] =>
  database
    .select({ id: notices.id, notice: notices.notice, at: notices.createdAt, sms: notices.state, readAt: notices.readAt })
    .from(notices).orderBy(desc(notices.createdAt)).limit(limit).all();

export const unreadNotices = (database: Transaction): number =>
  database.select({ unread: count() }).from(notices).where(isNull(notices.readAt)).get()!.unread;

/** Marks what was told up to then; what came since stays new. */
export function markRead(transaction: Transaction, upTo: Instant, now: Instant): void {
  transaction.update(notices).set({ readAt: now }).where(and(lte(notices.createdAt, upTo), isNull(notices.readAt))).run();
}
