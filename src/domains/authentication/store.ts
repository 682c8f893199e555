import { desc, eq, lte, min } from "drizzle-orm";
import type { Instant } from "../../kernel/clock.ts";
import type { Transaction } from "../../objects/database.ts";
import { SENDS_COUNT_FOR } from "./rules.ts";
import { codes, replies, sends } from "./tables.ts";

export type StoredCode = typeof codes.$inferSelect;

export const codeOf = (database: Transaction, formId: string): StoredCode | null =>
  database.select().from(codes).where(eq(codes.formId, formId)).get() ?? null;

/** The form's code from now on; an earlier one is forgotten. */
export function putCode(transaction: Transaction, code: StoredCode): void {
  transaction.insert(codes).values(code).onConflictDoUpdate({ target: codes.formId, set: code }).run();
}

export function setTriesLeft(transaction: Transaction, formId: string, triesLeft: number, triedBy: string | null): void {
  transaction.update(codes).set({ triesLeft, triedBy }).where(eq(codes.formId, formId)).run();
}

export const sendsOf = (database: Transaction): Instant[] => database.select().from(sends).all().map(({ at }) => at);

export function addSend(transaction: Transaction, formId: string, at: Instant, requestId: string | null): void {
  transaction.insert(sends).values({ formId, at, requestId }).run();
}

export const wasSentFor = (database: Transaction, requestId: string): boolean =>
  database.select().from(sends).where(eq(sends.requestId, requestId)).get() !== undefined;

export const repliesOf = (database: Transaction): { messageId: string; at: Instant }[] => database.select().from(replies).all();

export function addReply(transaction: Transaction, messageId: string, at: Instant): void {
  transaction.insert(replies).values({ messageId, at }).run();
}

/** Forgets the form's code, and that its last one was sent. */
export function forget(transaction: Transaction, formId: string): void {
  transaction.delete(codes).where(eq(codes.formId, formId)).run();
  const last = transaction.select().from(sends).where(eq(sends.formId, formId)).orderBy(desc(sends.position)).limit(1).get();
  if (last) transaction.delete(sends).where(eq(sends.position, last.position)).run();
}

/** Drops codes that are over, and sends and replies that no longer count. */
export function dropOld(transaction: Transaction, now: Instant): void {
  transaction.delete(codes).where(lte(codes.expiresAt, now)).run();
  transaction.delete(sends).where(lte(sends.at, now - SENDS_COUNT_FOR)).run();
  transaction.delete(replies).where(lte(replies.at, now - SENDS_COUNT_FOR)).run();
}

/** When something is next to be dropped; null when nothing is left. */
export function nextDrop(database: Transaction): Instant | null {
  const code = database.select({ at: min(codes.expiresAt) }).from(codes).get()?.at ?? null;
  const send = database.select({ at: min(sends.at) }).from(sends).get()?.at ?? null;
  const reply = database.select({ at: min(replies.at) }).from(replies).get()?.at ?? null;
  const counted = [send, reply].map((at) => at && at + SENDS_COUNT_FOR);
  const instants = [code, ...counted].filter((at) => at !== null);
  return instants.length > 0 ? Math.min(...instants) : null;
}
