import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { bytes } from "../../objects/columns.ts";

/** The last code of each form. The code itself is nowhere. */
export const codes = sqliteTable("codes", {
  formId: text().primaryKey(),
  salt: bytes().notNull(),
  digest: bytes().notNull(),
  expiresAt: integer().notNull(),
  triesLeft: integer().notNull(),
  /** What spent the last try, where that can come twice. */
  triedBy: text(),
});

/** Each code that was sent, for as long as it counts against the limits. */
export const sends = sqliteTable("sends", {
  position: integer().primaryKey({ autoIncrement: true }),
  formId: text().notNull(),
  at: integer().notNull(),
  /** What it was sent for, where that can come twice; null where `again` is an act of its own. */
  requestId: text(),
});

/** Each message of the phone that was replied to, for as long as it counts. */
export const replies = sqliteTable("replies", {
  messageId: text().primaryKey(),
  at: integer().notNull(),
});
