import { eq, ne, sql } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Json } from "../../../kernel/canonical-json.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Transaction } from "../../../objects/database.ts";
import { audit } from "../../../objects/audit.ts";
import { journaled } from "../../../objects/recovery/journal.ts";
import { notices } from "../../notifications/tables.ts";
import { identityReads } from "../identities/tables.ts";
import { accepted, checks, identifiers, shreds, vault } from "../tables.ts";
import { consents, endedVisits, identifierEvidence, records } from "../vault/tables.ts";
import { verifications } from "../verifications/tables.ts";
import type { HoldingName } from "./model.ts";
import { messages, statements } from "./tables.ts";

/** Every table that holds something of the person; a test knows if one was forgotten. */
const TABLES = {
  vault, shreds, identifiers, identifierEvidence, verifications, records, consents, accepted, checks, identityReads, endedVisits, notices, messages, statements,
  audit,
} satisfies Record<HoldingName, SQLiteTable>;

/** What leaves the vault for its recovery; where an entry is in the log, the log says again. */
export const JOURNALED = Object.values(TABLES).map((table) => (table === audit ? journaled(audit, "leaf") : journaled(table)));

/** Every row of a table, as stored. */
export const rowsOf = <Name extends HoldingName>(database: Transaction, name: Name) =>
  database.select().from(TABLES[name]).all() as (typeof TABLES)[Name]["$inferSelect"][];

/** Empties a table; a queued notice stays, because it still has to be sent. Whether anything was there. */
export function emptyTable(transaction: Transaction, name: HoldingName): boolean {
  const which = name === "notices" ? ne(notices.state, "queued") : undefined;
  return transaction.delete(TABLES[name]).where(which).returning({ row: sql`rowid` }).all().length > 0;
}

/** False when one of this reference is there. */
export const insertStatement = (transaction: Transaction, row: typeof statements.$inferInsert): boolean =>
  transaction.insert(statements).values(row).onConflictDoNothing().returning({ reference: statements.reference }).all().length > 0;

export const statementOf = (database: Transaction, reference: string) =>
  database.select().from(statements).where(eq(statements.reference, reference)).get() ?? null;

/** Notes what the office told, once an event. */
export function insertMessage(transaction: Transaction, message: { id: string; topic: string; payload: Json; at: Instant }): void {
  transaction.insert(messages).values(message).onConflictDoNothing().run();
}
