import { sql } from "drizzle-orm";
import type { ObjectDatabase } from "../database.ts";
import type { Journaled } from "./journal.ts";

/**
 * Rows of one table as they travel: JSON made and read by SQLite itself, which costs a tenth of doing it row by row. Each
 * row is its rowid and then its columns' values; a blob is hexadecimal.
 */
export interface TableRows {
  table: string;
  columns: string[];
  /** Rowids that are not there any more. */
  gone: number[];
  /** JSON: `[[rowid, value, …], …]`. */
  rows: string;
}

const raw = (text: string) => sql.raw(text);
const quoted = (name: string): string => `"${name}"`;

/** One row as a JSON array. */
const asJson = ({ columns }: Journaled): string =>
  `json_array(rowid, ${columns.map(({ name, blob }) => (blob ? `iif(${quoted(name)} IS NULL, NULL, hex(${quoted(name)}))` : quoted(name))).join(", ")})`;

const namesOf = ({ columns }: Journaled): string[] => columns.map(({ name }) => name);

/** The rows that the journal's entries up to `upTo` name, as they stand, and those that are gone. */
export function enteredRows(database: ObjectDatabase, table: Journaled, upTo: number): TableRows {
  const entries = sql`SELECT row FROM journal WHERE tab = ${table.name} AND id <= ${upTo}`;
  const there = sql`SELECT json_group_array(${raw(asJson(table))}) AS rows FROM ${raw(quoted(table.name))} WHERE rowid IN (${entries})`;
  const missing = sql`SELECT row FROM journal WHERE tab = ${table.name} AND id <= ${upTo} AND row NOT IN (SELECT rowid FROM ${raw(quoted(table.name))})`;
  return {
    table: table.name,
    columns: namesOf(table),
    gone: database.all<{ row: number }>(missing).map(({ row }) => row),
    rows: database.get<{ rows: string }>(there).rows,
  };
}

/** The rows after `after`, at most `limit`, how many they are and the last one's rowid; null when there are none. */
export function rowsAfter(database: ObjectDatabase, table: Journaled, after: number, limit: number): (TableRows & { count: number; last: number }) | null {
  const page = sql`SELECT rowid AS rowid, * FROM ${raw(quoted(table.name))} WHERE rowid > ${after} ORDER BY rowid LIMIT ${limit}`;
  const found = sql`SELECT json_group_array(${raw(asJson(table))}) AS rows, count(*) AS count, max(rowid) AS last FROM (${page})`;
  const { rows, count, last } = database.get<{ rows: string; count: number; last: number | null }>(found);
  return last === null ? null : { table: table.name, columns: namesOf(table), gone: [], rows, count, last };
}

/**
 * Makes the rows as they are said to be. Columns this release does not have are passed over, and those it has and they lack get
 * their defaults. Where a row stands in the way of another's uniqueness it gives way: it changed since, and comes later.
 */
export function writeRows(database: ObjectDatabase, tables: readonly Journaled[], { table, columns, gone, rows }: TableRows): void {
  const target = tables.find(({ name }) => name === table);
  if (!target) return;
  const known = columns.map((name, at) => ({ at: at + 1, column: target.columns.find((column) => column.name === name) })).filter(({ column }) => column);
  const values = known.map(({ at, column }) => (column!.blob ? `unhex(value ->> ${at})` : `value ->> ${at}`));
  const into = `${quoted(table)} (rowid, ${known.map(({ column }) => quoted(column!.name)).join(", ")})`;
  database.run(sql`DELETE FROM ${raw(quoted(table))} WHERE rowid IN (SELECT value FROM json_each(${JSON.stringify(gone)}))`);
  database.run(sql`DELETE FROM ${raw(quoted(table))} WHERE rowid IN (SELECT value ->> 0 FROM json_each(${rows}))`);
  database.run(sql`INSERT OR REPLACE INTO ${raw(into)} SELECT value ->> 0, ${raw(values.join(", "))} FROM json_each(${rows})`);
}
