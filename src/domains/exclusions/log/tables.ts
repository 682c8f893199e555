import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Change } from "../../../check/feed.ts";
import { bytes } from "../../../objects/columns.ts";

/** The change log: one order for all that replicas hold. `seq` has no gaps. */
export const changes = sqliteTable("changes", {
  seq: integer().primaryKey(),
  t: integer().notNull(),
  type: text().$type<Change["type"]>().notNull(),
  rootEpoch: integer(),
  p: bytes(),
  /** The row of the directory, the manifest, or what operators are told of somebody, as JSON. */
  body: text({ mode: "json" }),
});

/** The one row that says which log this is and how far it reaches. */
export const head = sqliteTable("head", {
  id: integer().primaryKey(),
  logId: text().notNull(),
  seq: integer().notNull(),
  t: integer().notNull(),
  /** Counts the polls: each writes, so that its answer proves that this object still owns its storage. */
  fence: integer().notNull(),
  /** The `sequence` of the newest announced manifest; 0 when none was. */
  announced: integer().notNull(),
  /** The oldest row kept; the directory's rows are kept beyond it. */
  from: integer().notNull().default(1),
  /** A row that a copy of this log proved it once had and that is not here: rows were lost. Null while none is known to be. */
  lostUpTo: integer(),
});
