import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { DirectoryRows } from "../check/directory.ts";
import { bytes } from "../objects/columns.ts";

/** The whole set: presence means excluded. */
export const members = sqliteTable(
  "members",
  {
    rootEpoch: integer().notNull(),
    p: bytes().notNull(),
  },
  (table) => [primaryKey({ columns: [table.rootEpoch, table.p] })],
);

/** The change log as Register wrote it, for isolates that follow. */
export const log = sqliteTable("log", {
  seq: integer().primaryKey(),
  t: integer().notNull(),
  type: text().notNull(),
  rootEpoch: integer(),
  p: bytes(),
  /** The row's operator, key, epoch or manifest, as JSON. */
  body: text(),
});

/** Operators, keys and epochs as they stand, by kind and name. */
export const directory = sqliteTable(
  "directory",
  {
    kind: text().$type<keyof DirectoryRows>().notNull(),
    name: text().notNull(),
    body: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.name] })],
);

/** How far this copy has come: one row. */
export const position = sqliteTable("position", {
  id: integer().primaryKey(),
  logId: text().notNull(),
  seq: integer().notNull(),
  /** When row `seq` was committed, by Register's clock. */
  t: integer().notNull(),
  /** The newest announced snapshot, as JSON; null before the first. */
  manifest: text(),
});

/** A snapshot that was written and waits for its announcement: one row at most. */
export const publication = sqliteTable("publication", {
  id: integer().primaryKey(),
  manifest: text().notNull(),
  /** The shards' hashes, to see which are unchanged next time. */
  shards: text().notNull(),
});
