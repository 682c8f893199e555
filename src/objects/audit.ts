import { eq, inArray, isNull, sql } from "drizzle-orm";
import { index, integer, type SQLiteColumn, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { type Outcome, SALT_BYTES } from "../audit/entry.ts";
import type { Actor } from "../kernel/actor.ts";
import { type Json, canonicalJson } from "../kernel/canonical-json.ts";
import type { Instant, Random } from "../kernel/clock.ts";
import { uuidv7 } from "../kernel/ids.ts";
import { bytes, listed } from "./columns.ts";
import type { ObjectDatabase, Transaction } from "./database.ts";

/** What an entry has. An object that finds entries by more than their order declares the table anew, with its index. */
export const auditColumns = {
  position: integer().primaryKey({ autoIncrement: true }),
  /** The log takes each entry once by this. */
  id: text().notNull(),
  action: text().notNull(),
  resource: text().notNull(),
  channel: text().notNull(),
  at: integer().notNull(),
  commandId: text(),
  payload: text().notNull(),
  /** Who did it, and from where, coarsely; null for what the object did by itself, and in Register for a citizen. */
  actor: text({ mode: "json" }).$type<Actor>(),
  outcome: text().$type<Outcome>().notNull().default("done"),
  /** What the log's commitment to the entry is made with. Null once the entry's meaning was erased. */
  salt: bytes(),
  /** The entry's place in the log; null until it is there. */
  leaf: integer(),
};

/** Finds what the log has yet to be told. */
export const auditWaiting = (table: { position: SQLiteColumn; leaf: SQLiteColumn }) => index("audit_waiting").on(table.position).where(isNull(table.leaf));

/** What was done, in order: the audit log has yet to be told, and a vault's person reads it. Part of each object's schema that is audited. */
export const audit = sqliteTable("audit", auditColumns, (table) => [auditWaiting(table)]);

/** Something an object did. Names no identity, no pseudonym and no person's id: only what was done, and its reference. */
export interface AuditEntry {
  action: string;
  resource: string;
  /** The door it came through; `clock` when the object did it by itself. */
  channel: string;
  /** Null when no command caused it. */
  commandId: string | null;
  payload: Json;
  actor?: Actor | undefined;
  /** `done` unless something else is said. */
  outcome?: Outcome | undefined;
}

/** Writes the entry in the transaction of what it tells about, so that neither exists without the other. Answers its id. */
export function recordAudit(transaction: Transaction, entry: AuditEntry, now: Instant, random: Random): string {
  const row = { ...entry, id: uuidv7(now, random), at: now, payload: canonicalJson(entry.payload), salt: random(SALT_BYTES) };
  transaction.insert(audit).values(row).run();
  return row.id;
}

/** Puts entries that were put aside after those that were read back. The numbers they had are given anew, so that none is missing. */
export function putBackAudit(database: ObjectDatabase, rows: readonly (typeof audit.$inferSelect)[]): void {
  database.run(sql`DELETE FROM sqlite_sequence WHERE name = 'audit'`);
  for (const row of rows) keepAudit(database, row);
}

/** Keeps an entry that was put aside. Its place may be another's by now; what it tells and its id are kept. */
export function keepAudit(transaction: Transaction, { position, ...row }: typeof audit.$inferSelect): void {
  const there = transaction.select({ id: audit.id }).from(audit).where(eq(audit.position, position)).get();
  if (there?.id !== row.id) transaction.insert(audit).values(row).run();
}

/** Erases what entries about these meant, and their salts: their leaves stay in the log, and commit to what nobody can say any more. */
export function eraseMeaning(transaction: Transaction, resources: readonly string[]): void {
  transaction.update(audit).set({ payload: "{}", actor: null, salt: null }).where(inArray(audit.resource, listed(resources))).run();
}
