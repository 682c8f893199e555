import { asc, desc, eq, gte, lt, lte, min } from "drizzle-orm";
import type { Locale } from "../../i18n/locales.ts";
import type { Instant } from "../../kernel/clock.ts";
import type { Transaction } from "../../objects/database.ts";
import type { FoundCheck } from "./rpc.ts";
import { accepted, checks, identifiers, vault } from "./tables.ts";

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

export function insertVault(transaction: Transaction, row: StoredVault): StoredVault {
  transaction.insert(vault).values(row).run();
  return row;
}

/** Sets the language, unless a later choice is known already. */
export function setLocale(transaction: Transaction, locale: Locale, at: Instant): void {
  transaction.update(vault).set({ locale, localeAt: at }).where(lte(vault.localeAt, at)).run();
}

/** In the order they were added. */
export const storedIdentifiers = (database: Transaction): StoredIdentifier[] =>
  database.select().from(identifiers).orderBy(asc(identifiers.position)).all();

export function insertIdentifier(transaction: Transaction, row: Omit<StoredIdentifier, "position">): void {
  transaction.insert(identifiers).values(row).run();
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
