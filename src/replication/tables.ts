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
  /** The row's operator, key, epoch or manifest, or what operators are told of somebody, as JSON. */
  body: text(),
});

/** Operators, keys, epochs, retired generations and allowances as they stand, by kind and name. */
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
  /** When row `seq` was committed, by Register's clock; 0 when that row was not seen. */
  t: integer().notNull(),
  /** The newest announced snapshot, as JSON; null before the first. */
  manifest: text(),
  /** The oldest row kept. */
  from: integer().notNull().default(1),
  /** Register was seen to have lost rows of this log: the copy is not vouched for until there is another log. */
  wentBack: integer({ mode: "boolean" }).notNull().default(false),
});

/** The snapshot being published, or published last: one row at most. */
export const publication = sqliteTable("publication", {
  id: integer().primaryKey(),
  state: text().$type<"writing" | "settling" | "announced">().notNull(),
  /** The log's row at its beginning: shards are written later, so each holds the set up to there or further. */
  sequence: integer().notNull(),
  /** The sets it is to have, as JSON: their root epochs and widths. */
  plan: text().notNull(),
  /** The manifest's hash; null until every shard is written. */
  manifest: text(),
  /** Since when everything is written; null until then. */
  settledAt: integer(),
});

/** The shards the publication has so far, in the order they are written. */
export const publishedShards = sqliteTable(
  "publishedShards",
  {
    rootEpoch: integer().notNull(),
    shard: integer().notNull(),
    /** Null for a shard without rows. */
    hash: text(),
  },
  (table) => [primaryKey({ columns: [table.rootEpoch, table.shard] })],
);

/** Everything this Replica ever put into the homes, noted before it is put, so that nothing stays there unknown. */
export const blobs = sqliteTable("blobs", {
  hash: text().primaryKey(),
  /** The first home has it. */
  written: integer({ mode: "boolean" }).notNull(),
  /** The second home has it too. */
  mirrored: integer({ mode: "boolean" }).notNull().default(false),
  /** Since when no announced snapshot needs it; null while one does or is about to. */
  unusedSince: integer(),
});
