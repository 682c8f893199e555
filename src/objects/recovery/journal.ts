import { gt, lte, max, sql } from "drizzle-orm";
import { getTableConfig, type SQLiteTable } from "drizzle-orm/sqlite-core";
import type { ObjectDatabase } from "../database.ts";
import { journal } from "./tables.ts";

/** A table whose every change is to be outside the object soon. */
export interface Journaled {
  name: string;
  columns: { name: string; blob: boolean }[];
  /** Columns whose change alone is not worth shipping, because what they say is of this moment. */
  fleeting: readonly string[];
}

export function journaled(table: SQLiteTable, ...fleeting: string[]): Journaled {
  const { name, columns } = getTableConfig(table);
  return { name, columns: columns.map((column) => ({ name: column.name, blob: column.getSQLType() === "blob" })), fleeting };
}

const quoted = (name: string): string => `"${name}"`;

/** Not an upsert: a trigger's conflict clause gives way to that of the statement that set it off. */
function triggerOf({ name, columns, fleeting }: Journaled, event: "insert" | "update" | "delete"): { name: string; sql: string } {
  const kept = columns.map((column) => column.name).filter((column) => !fleeting.includes(column));
  const which = event === "update" && fleeting.length > 0 ? ` OF ${kept.map(quoted).join(", ")}` : "";
  const row = `${event === "delete" ? "old" : "new"}.rowid`;
  const called = `journal_${name}_${event}`;
  const when = `AFTER ${event.toUpperCase()}${which} ON ${quoted(name)}`;
  const forget = `DELETE FROM journal WHERE tab = '${name}' AND row = ${row}`;
  const enter = `INSERT INTO journal (tab, row) VALUES ('${name}', ${row})`;
  return { name: called, sql: `CREATE TRIGGER ${quoted(called)} ${when} BEGIN ${forget}; ${enter}; END` };
}

const triggersOf = (tables: readonly Journaled[]) =>
  tables.flatMap((table) => (["insert", "update", "delete"] as const).map((event) => triggerOf(table, event)));

/** Every trigger the object has, by name. */
function existing(database: ObjectDatabase): Map<string, string> {
  const triggers = database.all<{ name: string; sql: string }>(sql`SELECT name, sql FROM sqlite_master WHERE type = 'trigger'`);
  return new Map(triggers.map(({ name, sql }) => [name, sql]));
}

/** Puts every change of these tables into the journal from now on. What is right already is left as it is. */
export function watch(database: ObjectDatabase, tables: readonly Journaled[]): void {
  const there = existing(database);
  for (const trigger of triggersOf(tables)) {
    if (there.get(trigger.name) === trigger.sql) continue;
    database.run(sql.raw(`DROP TRIGGER IF EXISTS ${quoted(trigger.name)}`));
    database.run(sql.raw(trigger.sql));
  }
}

/** Ends it: what is restored has left the object before. */
export function unwatch(database: ObjectDatabase): void {
  for (const name of existing(database).keys()) database.run(sql.raw(`DROP TRIGGER ${quoted(name)}`));
}

/** Enters every row there is, for an object that is older than its journal. */
export function enterAll(database: ObjectDatabase, tables: readonly Journaled[]): void {
  for (const { name } of tables) {
    database.run(sql.raw(`INSERT INTO journal (tab, row) SELECT '${name}', rowid FROM ${quoted(name)}`));
  }
}

/** Whether any entry is newer than `after`. */
export const anyEntered = (database: ObjectDatabase, after = 0): boolean =>
  database.select({ id: journal.id }).from(journal).where(gt(journal.id, after)).limit(1).get() !== undefined;

/** The newest of the oldest `limit` entries; null when there is none. */
export function oldestEntries(database: ObjectDatabase, limit: number): number | null {
  const oldest = database.select({ id: journal.id }).from(journal).orderBy(journal.id).limit(limit).as("oldest");
  return database.select({ upTo: max(oldest.id) }).from(oldest).get()!.upTo;
}

/** The tables that have entries up to `upTo`. */
export const tablesEntered = (database: ObjectDatabase, upTo: number): Set<string> =>
  new Set(database.selectDistinct({ tab: journal.tab }).from(journal).where(lte(journal.id, upTo)).all().map(({ tab }) => tab));

export const forgetEntries = (database: ObjectDatabase, upTo: number): void =>
  void database.delete(journal).where(lte(journal.id, upTo)).run();
