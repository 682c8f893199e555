import { and, asc, desc, eq, gte, isNull, lt, lte, min, sql } from "drizzle-orm";
import type { Locale } from "../../i18n/locales.ts";
import type { Instant } from "../../kernel/clock.ts";
import type { Transaction } from "../../objects/database.ts";
import { statements } from "./holdings/tables.ts";
import type { FoundCheck } from "./model.ts";
import { deleteContents } from "./vault/store.ts";
import { accepted, checks, identifiers, shreds, vault } from "./tables.ts";

export type StoredVault = typeof vault.$inferSelect;
export type StoredIdentifier = typeof identifiers.$inferSelect;

/** Notes the delivery; false when it was accepted before. */
export function markAccepted(transaction: Transaction, id: string, at: Instant): boolean {
  const known = transaction.select().from(accepted).where(eq(accepted.id, id)).get();
  if (!known) transaction.insert(accepted).values({ id, at }).run();
  return !known;
}

/** Whether a delivery was ever accepted. */
export const anythingAccepted = (database: Transaction): boolean => database.select().from(accepted).limit(1).get() !== undefined;

export const vaultOf = (database: Transaction): StoredVault | null => database.select().from(vault).get() ?? null;

export function insertVault(transaction: Transaction, row: StoredVault): void {
  transaction.insert(vault).values(row).run();
}

export function setDataKey(transaction: Transaction, dataKey: Uint8Array): void {
  transaction.update(vault).set({ dataKey }).run();
}

/**
 * Destroys the vault's data key and what was sealed under it: whoever holds every key-encryption key opens nothing any
 * more. Part of the transaction that erases what else must go. An identity that left Register before does not come back.
 * The key is overwritten before it goes: what SQLite only lets go of may stay in its file.
 */
export function shredVault(transaction: Transaction, at: Instant): void {
  transaction.update(vault).set({ dataKey: sql`zeroblob(length(${vault.dataKey}))` }).run();
  transaction.delete(vault).run();
  transaction.delete(identifiers).run();
  deleteContents(transaction);
  transaction.delete(statements).run();
  transaction.insert(shreds).values({ at }).onConflictDoNothing().run();
}

/** Whether the vault was shredded at that time or later. */
export const shreddedSince = (database: Transaction, at: Instant): boolean =>
  database.select().from(shreds).where(gte(shreds.at, at)).get() !== undefined;

/** Sets the language, unless a later choice is known already; whether it is another than before. */
export function setLocale(transaction: Transaction, locale: Locale, at: Instant): boolean {
  const before = vaultOf(transaction)?.locale;
  const set = transaction.update(vault).set({ locale, localeAt: at }).where(lte(vault.localeAt, at)).returning({ locale: vault.locale }).all();
  return set.length > 0 && before !== locale;
}

/** In the order they were added. */
export const storedIdentifiers = (database: Transaction): StoredIdentifier[] =>
  database.select().from(identifiers).orderBy(asc(identifiers.position)).all();

export function insertIdentifier(transaction: Transaction, row: typeof identifiers.$inferInsert): void {
  transaction.insert(identifiers).values(row).run();
}

/** Notes that an identifier is the person's no more; the first time counts. */
export function setReleased(transaction: Transaction, position: number, at: Instant): void {
  transaction.update(identifiers).set({ releasedAt: at }).where(and(eq(identifiers.position, position), isNull(identifiers.releasedAt))).run();
}

export function insertCheck(transaction: Transaction, check: FoundCheck): void {
  transaction.insert(checks).values(check).onConflictDoNothing().run();
}

/** Newest first. */
export const checksSince = (database: Transaction, since: Instant, limit: number): FoundCheck[] =>
  database.select().from(checks).where(gte(checks.hour, since)).orderBy(desc(checks.hour)).limit(limit).all();

export function deleteChecksBefore(transaction: Transaction, before: Instant): void {
  transaction.delete(checks).where(lt(checks.hour, before)).run();
}

/** The hour of the oldest check; null when there is none. */
export const oldestCheck = (database: Transaction): Instant | null =>
  database.select({ hour: min(checks.hour) }).from(checks).get()?.hour ?? null;
