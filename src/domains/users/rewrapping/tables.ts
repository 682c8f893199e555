import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { baseColumns } from "../../../office/columns.ts";
import type { Tally } from "./rules.ts";

/** Each pass over every record with a data key, so that a key-encryption key nothing stands under can be retired. */
export const rewraps = sqliteTable("rewraps", {
  ...baseColumns,
  /** The key-encryption key that was current when it began. */
  keyId: text().notNull(),
  /** Where it goes on; null when it went through. */
  next: text(),
  /** How many records stand under which key-encryption key, of those it came by. */
  tally: text({ mode: "json" }).$type<Tally>().notNull(),
  finishedAt: integer(),
});
