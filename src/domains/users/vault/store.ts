import { asc, desc, eq, lte } from "drizzle-orm";
import type { Instant } from "../../../kernel/clock.ts";
import type { Transaction } from "../../../objects/database.ts";
import type { Consent, Stated } from "./model.ts";
import { verifications } from "../verifications/tables.ts";
import { consents, endedVisits, identifierEvidence, records } from "./tables.ts";

export type StoredRecord = typeof records.$inferSelect;
export type RecordName = StoredRecord["record"];

/** The row that stands; null before the first. */
export const latestRecord = (database: Transaction, record: RecordName): StoredRecord | null =>
  database.select().from(records).where(eq(records.record, record)).orderBy(desc(records.version)).limit(1).get() ?? null;

/** The row stands from now on, and those before it keep only their time. */
export function putRecord(transaction: Transaction, row: StoredRecord): void {
  transaction.update(records).set({ sealed: null }).where(eq(records.record, row.record)).run();
  transaction.insert(records).values(row).run();
}

export function insertEvidence(transaction: Transaction, identifier: number, stated: Stated): void {
  transaction.insert(identifierEvidence).values({ identifier, ...stated }).run();
}

/** By the identifier's position, oldest first. */
export function evidenceByIdentifier(database: Transaction): Map<number, Stated[]> {
  const rows = database.select().from(identifierEvidence).orderBy(asc(identifierEvidence.at), asc(identifierEvidence.id)).all();
  const stated = ({ evidence, at, provisionalUntil }: (typeof rows)[number]): Stated => ({ evidence, at, provisionalUntil });
  return new Map([...Map.groupBy(rows, ({ identifier }) => identifier)].map(([identifier, all]) => [identifier, all.map(stated)]));
}

export function insertConsent(transaction: Transaction, consent: Consent): void {
  transaction.insert(consents).values(consent).run();
}

/** Newest first. */
export const consentsOf = (database: Transaction): Consent[] =>
  database.select({ text: consents.text, version: consents.version, locale: consents.locale, at: consents.at })
    .from(consents).orderBy(desc(consents.at), asc(consents.id)).all();

export const isEnded = (database: Transaction, visit: string): boolean =>
  database.select().from(endedVisits).where(eq(endedVisits.id, visit)).get() !== undefined;

/** Ends a visit, and forgets those that are over by now; false when it was ended before. */
export function insertEnded(transaction: Transaction, id: string, over: Instant, now: Instant): boolean {
  transaction.delete(endedVisits).where(lte(endedVisits.over, now)).run();
  return transaction.insert(endedVisits).values({ id, over }).onConflictDoNothing().returning({ id: endedVisits.id }).all().length > 0;
}

/** What is sealed under the vault's key, or tells of what was. */
export function deleteContents(transaction: Transaction): void {
  transaction.delete(records).run();
  transaction.delete(identifierEvidence).run();
  transaction.delete(verifications).run();
}
