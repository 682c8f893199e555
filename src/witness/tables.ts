import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { bytes } from "../objects/columns.ts";

/** The tree of the log that was cosigned last: one row, none before the first. */
export const cosigned = sqliteTable("cosigned", {
  id: integer().primaryKey(),
  /** In decimal: trees grow beyond what a number says exactly. */
  size: text().notNull(),
  root: bytes().notNull(),
  /** The checkpoint as its log signed it. */
  note: text().notNull(),
  /** Of the newest cosignature, in POSIX seconds: none after it says an earlier one. */
  time: integer().notNull(),
});

/** Checkpoints the log signed besides those that were cosigned, of the same size with another root: the two notes prove that it told two stories. */
export const forks = sqliteTable(
  "forks",
  {
    size: text().notNull(),
    root: bytes().notNull(),
    cosigned: text().notNull(),
    refused: text().notNull(),
    at: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.size, table.root] })],
);
