import { integer, text } from "drizzle-orm/sqlite-core";
import { getTableColumns, type SQL, sql } from "drizzle-orm";
import type { SQLiteTable, SQLiteUpdateSetSource } from "drizzle-orm/sqlite-core";
import type { Actor } from "../kernel/actor.ts";
import type { Instant, Random } from "../kernel/clock.ts";
import { uuidv7 } from "../kernel/ids.ts";

/** What every row has that is changed in place: who made it, who changed it last, and how often it was. Instants are UTC milliseconds. */
export const baseColumns = {
  /** UUIDv7. */
  id: text().primaryKey(),
  createdAt: integer().notNull(),
  /** The actor's kind and id. */
  createdBy: text().notNull(),
  updatedAt: integer().notNull(),
  updatedBy: text().notNull(),
  /** 1 at first; a writer names the one it read. */
  version: integer().notNull(),
};

/** What a row has that can be deleted and restored. */
export const softDeleteColumns = {
  deletedAt: integer(),
  deletedBy: text(),
  deletionReason: text(),
};

/** A CHECK's condition: a column's text is one of these, or null. */
export const oneOf = (column: string, values: readonly string[]): SQL => sql.raw(`"${column}" in (${values.map((value) => `'${value}'`).join(", ")})`);

/** An actor as a column names it. */
export const nameOf = ({ kind, id }: Actor): string => `${kind}:${id}`;

export const createdBy = (actor: Actor, now: Instant, random: Random) => {
  const by = nameOf(actor);
  return { id: uuidv7(now, random), createdAt: now, createdBy: by, updatedAt: now, updatedBy: by, version: 1 };
};

/** What an update of version `version` sets beside its own columns. */
export const updatedBy = (actor: Actor, now: Instant, version: number) => ({ updatedAt: now, updatedBy: nameOf(actor), version: version + 1 });

/** What an upsert sets when the row is there: every column as it was to be inserted. */
export const asInserted = <Table extends SQLiteTable>(table: Table): SQLiteUpdateSetSource<Table> =>
  Object.fromEntries(Object.entries(getTableColumns(table)).map(([name, column]) => [name, sql.raw(`excluded."${column.name}"`)])) as SQLiteUpdateSetSource<Table>;
