import { integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { bytes } from "../../objects/columns.ts";

/** The log's tree as it stands: one row. */
export const tree = sqliteTable("tree", {
  id: integer().primaryKey(),
  /** Drawn when the log began, and in the bucket since: by it a log that lost its storage is told from a new one. */
  birth: text().notNull(),
  /** Its entries. */
  size: integer().notNull(),
  /** The checkpoint of so many, signed by the log alone; null before the first. */
  note: text(),
  /** Why the log takes nothing; null when it does. */
  halted: text(),
});

/** How much of the tree the bucket holds: one row. */
export const uploaded = sqliteTable("uploaded", {
  id: integer().primaryKey(),
  size: integer().notNull(),
  /** The right edge of that tree: the hashes of each level that are in no full tile, the lowest level first. */
  edge: bytes().notNull(),
});

/** The checkpoint that anybody can read in the bucket: one row, none before the first. */
export const published = sqliteTable("published", {
  id: integer().primaryKey(),
  size: integer().notNull(),
  /** With its cosignatures. */
  note: text().notNull(),
  at: integer().notNull(),
});

/** Leaves that are in no full bundle of the bucket yet. */
export const tail = sqliteTable("tail", {
  place: integer().primaryKey(),
  /** Its bytes, which are text. */
  leaf: text().notNull(),
});

/** The ids of the last entries, by which one that comes again is told. */
export const recent = sqliteTable("recent", { place: integer().primaryKey(), id: text().notNull() }, (table) => [uniqueIndex("recent_by_id").on(table.id)]);

/** Between which ids those of 65,536 entries lie that are recent no more: where an older one would be. */
export const spans = sqliteTable("spans", {
  /** The first of them stands at so many times 65,536. */
  number: integer().primaryKey(),
  least: text().notNull(),
  greatest: text().notNull(),
});
