import { eq, ne } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Json } from "../../../kernel/canonical-json.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Transaction } from "../../../objects/database.ts";
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
} satisfies Record<HoldingName, SQLiteTable>;

/** What leaves the vault for its recovery. */
export const JOURNALED = Object.values(TABLES).map((table) => journaled(table));

/** Every row of a table, as stored. */
export const rowsOf = <Name extends HoldingName>(database: Transaction, name: Name) =>
  database.select().from(TABLES[name]).all() as (typeof TABLES)[Name]["$inferSelect"][];

/** Empties a table; a queued notice stays, because it still has to be sent. */
export const emptyTable = (transaction: Transaction, name: HoldingName): void =>
  void transaction.delete(TABLES[name]).where(name === "notices" ? ne(notices.state, "queued") : undefined).run();

export function insertStatement(transaction: Transaction, row: typeof statements.$inferInsert): void {
  transaction.insert(statements).values(row).onConflictDoNothing().run();
}

export const statementOf = (database: Transaction, reference: string) =>
  database.select().from(statements).where(eq(statements.reference, reference)).get() ?? null;

/** Notes what the office told, once an event. */
export function insertMessage(transaction: Transaction, message: { id: string; topic: string; payload: Json; at: Instant }): void {
  transaction.insert(messages).values(message).onConflictDoNothing().run();
}
