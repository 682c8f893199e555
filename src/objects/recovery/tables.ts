import { integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { bytes } from "../columns.ts";

/** Rows that changed since they were last shipped, by table and rowid, in the order of their last change. Triggers write it. */
export const journal = sqliteTable(
  "journal",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    tab: text().notNull(),
    row: integer().notNull(),
  },
  (table) => [uniqueIndex("one_entry_a_row").on(table.tab, table.row)],
);

/** The end of the chain of segments: one row. None before the object's beginning was written down outside. */
export const chain = sqliteTable("chain", {
  id: integer().primaryKey(),
  /** The last number that is taken in the bucket; 0 is the beginning's. */
  number: integer().notNull(),
  /** SHA-256, hexadecimal, of the sealed bytes that the next segment follows on. */
  hash: text().notNull(),
  /** Since when the oldest change waits to be shipped; null when none does. */
  waitingSince: integer(),
  /** The segment the newest whole copy begins from; null before the first. */
  copied: integer(),
});

/** The segment that is on its way, kept until the bucket has it, so that what is put again is the same: one row at most. */
export const outgoing = sqliteTable("outgoing", {
  id: integer().primaryKey(),
  number: integer().notNull(),
  body: bytes().notNull(),
  /** The newest entry of the journal it holds. */
  upTo: integer().notNull(),
  sealedAt: integer().notNull(),
});

/** How far a copy has come: one row while one is being made. */
export const copying = sqliteTable("copying", {
  id: integer().primaryKey(),
  /** The last segment when it began: those after it make the copy whole. */
  number: integer().notNull(),
  /** The parts written so far, and the SHA-256 of the last one; of the segment it begins from before the first. */
  parts: integer().notNull(),
  last: text().notNull(),
  /** The table being copied, and its last copied rowid. */
  tab: text().notNull(),
  after: integer().notNull(),
});

/** What a Register that is being restored has done so far: one row while it is. */
export const restoration = sqliteTable("restoration", {
  id: integer().primaryKey(),
  state: text({ mode: "json" }).notNull(),
});

/** Rows the object held when its restoring began and that had not left it, as they were, to be merged. */
export const stranded = sqliteTable("stranded", {
  id: integer().primaryKey({ autoIncrement: true }),
  tab: text().notNull(),
  columns: text({ mode: "json" }).$type<string[]>().notNull(),
  /** As `TableRows` has them. */
  rows: text().notNull(),
});
