import { eq } from "drizzle-orm";
import { getTableConfig, type SQLiteColumn, type SQLiteTable } from "drizzle-orm/sqlite-core";
import { fromHex } from "../../kernel/bytes.ts";
import type { ObjectDatabase } from "../database.ts";
import { due } from "../due.ts";
import { forgetEntries, type Journaled, oldestEntries, tablesEntered, unwatch } from "./journal.ts";
import { empty } from "./restore.ts";
import { enteredRows } from "./rows.ts";
import { chain, copying, outgoing, stranded } from "./tables.ts";

const ROWS_AT_ONCE = 1_000;

/** Empties the object for what is read back. Rows that had not left it are put aside first. */
export function clearOut(database: ObjectDatabase, tables: readonly Journaled[]): void {
  for (let upTo = oldestEntries(database, ROWS_AT_ONCE); upTo !== null; upTo = oldestEntries(database, ROWS_AT_ONCE)) {
    const entered = tablesEntered(database, upTo);
    for (const table of tables.filter(({ name }) => entered.has(name))) {
      const { columns, rows } = enteredRows(database, table, upTo);
      database.insert(stranded).values({ tab: table.name, columns, rows }).run();
    }
    forgetEntries(database, upTo);
  }
  unwatch(database);
  empty(database, tables);
  for (const table of [chain, outgoing, copying, due]) database.delete(table).run();
}

/** The rows of one table that were put aside; what they did not say yet is as the table has it for them. */
export function strandedRows<Table extends SQLiteTable>(database: ObjectDatabase, table: Table): Table["$inferSelect"][] {
  const { name, columns } = getTableConfig(table);
  const found = database.select().from(stranded).where(eq(stranded.tab, name)).orderBy(stranded.id).all();
  return found.flatMap(({ columns: names, rows }) =>
    (JSON.parse(rows) as unknown[][]).map(([, ...values]) =>
      Object.fromEntries(columns.map((column) => [column.name, valueOf(column, values[names.indexOf(column.name)])]))));
}

function valueOf(column: SQLiteColumn, value: unknown): unknown {
  if (value === undefined) return column.default ?? null;
  if (value === null) return null;
  return column.getSQLType() === "blob" ? fromHex(value as string) : column.mapFromDriverValue(value);
}

export const dropStranded = (database: ObjectDatabase): void => void database.delete(stranded).run();
