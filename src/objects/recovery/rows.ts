import { sql } from "drizzle-orm";
import type { ObjectDatabase } from "../database.ts";
import type { Journaled } from "./journal.ts";
import type { TableRows } from "./object.ts";

const raw = (text: string) => sql.raw(text);
const quoted = (name: string): string => `"${name}"`;

/** One row as a JSON array. */
function asJson({ columns }: Journaled): string {
  const values = columns.map(({ name, blob }) => (blob ? `iif(${quoted(name)} IS NULL, NULL, hex(${quoted(name)}))` : quoted(name)));
  return `json_array(rowid, ${values.join(", ")})`;
}

const namesOf = ({ columns }: Journaled): string[] => columns.map(({ name }) => name);

/** The rows that the journal's entries up to `upTo` name, as they stand, and those that are gone. */
export function enteredRows(database: ObjectDatabase, table: Journaled, upTo: number): TableRows {
  const from = raw(quoted(table.name));
  const entries = sql`SELECT row FROM journal WHERE tab = ${table.name} AND id <= ${upTo}`;
  const there = sql`SELECT json_group_array(${raw(asJson(table))}) AS rows FROM ${from} WHERE rowid IN (${entries})`;
  const missing = database.all<{ row: number }>(sql`${entries} AND row NOT IN (SELECT rowid FROM ${from})`);
  const { rows } = database.get<{ rows: string }>(there);
  return { table: table.name, columns: namesOf(table), gone: missing.map(({ row }) => row), rows };
}

/** A page of rows, how many they are and the last one's rowid. */
type Page = TableRows & { count: number; last: number };

/** The rows after `after`, at most `limit`; null when there are none. */
export function rowsAfter(database: ObjectDatabase, table: Journaled, after: number, limit: number): Page | null {
  const page = sql`SELECT rowid AS rowid, * FROM ${raw(quoted(table.name))} WHERE rowid > ${after} ORDER BY rowid LIMIT ${limit}`;
  const found = sql`SELECT json_group_array(${raw(asJson(table))}) AS rows, count(*) AS count, max(rowid) AS last FROM (${page})`;
  const { rows, count, last } = database.get<{ rows: string; count: number; last: number | null }>(found);
  return last === null ? null : { table: table.name, columns: namesOf(table), gone: [], rows, count, last };
}

/**
 * Makes the rows as they are said to be. Columns this release does not have are passed over, and those it has and they lack
 * get their defaults. Where a row stands in the way of another's uniqueness it gives way: it changed since, and comes later.
 */
export function writeRows(database: ObjectDatabase, tables: readonly Journaled[], { table, columns, gone, rows }: TableRows): void {
  const target = tables.find(({ name }) => name === table);
  if (!target) return;
  const into = raw(quoted(table));
  const known = target.columns.filter(({ name }) => columns.includes(name));
  const values = known.map(({ name, blob }) => {
    const value = `value ->> ${columns.indexOf(name) + 1}`;
    return blob ? `unhex(${value})` : value;
  });
  const names = raw(["rowid", ...known.map(({ name }) => quoted(name))].join(", "));
  database.run(sql`DELETE FROM ${into} WHERE rowid IN (SELECT value FROM json_each(${JSON.stringify(gone)}))`);
  database.run(sql`DELETE FROM ${into} WHERE rowid IN (SELECT value ->> 0 FROM json_each(${rows}))`);
  database.run(sql`INSERT OR REPLACE INTO ${into} (${names}) SELECT value ->> 0, ${raw(values.join(", "))} FROM json_each(${rows})`);
}
