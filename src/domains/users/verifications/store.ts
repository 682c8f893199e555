import { asc, eq, isNull } from "drizzle-orm";
import type { Instant } from "../../../kernel/clock.ts";
import type { Transaction } from "../../../objects/database.ts";
import type { Asked } from "./rules.ts";
import { verifications } from "./tables.ts";

export type StoredVerification = typeof verifications.$inferSelect;

export function insertVerification(transaction: Transaction, row: StoredVerification): void {
  transaction.insert(verifications).values(row).onConflictDoNothing().run();
}

/** What was said of an identifier, oldest first. */
export const askedOf = (database: Transaction, identifier: number): Asked[] =>
  database.select({ verdict: verifications.verdict, at: verifications.at }).from(verifications)
    .where(eq(verifications.identifier, identifier)).orderBy(asc(verifications.id)).all();

/** When documents did not fit, oldest first. */
export const mismatches = (database: Transaction): Instant[] =>
  database.select({ at: verifications.at }).from(verifications).where(eq(verifications.verdict, "mismatch")).orderBy(asc(verifications.id)).all().map(({ at }) => at);

/** What was verified and Register has not heard of. */
export const unsettled = (database: Transaction): StoredVerification[] =>
  database.select().from(verifications).where(isNull(verifications.settledAt)).orderBy(asc(verifications.id)).all();

export function setSettled(transaction: Transaction, id: string, at: Instant): void {
  transaction.update(verifications).set({ settledAt: at }).where(eq(verifications.id, id)).run();
}
