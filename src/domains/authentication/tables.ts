import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { bytes } from "../../objects/columns.ts";

/** The last code of each form. The code itself is nowhere. */
export const codes = sqliteTable("codes", {
  formId: text().primaryKey(),
  salt: bytes().notNull(),
  digest: bytes().notNull(),
  expiresAt: integer().notNull(),
  triesLeft: integer().notNull(),
});

/** Each code that was sent, for as long as it counts against the limits. */
export const sends = sqliteTable("sends", {
  position: integer().primaryKey({ autoIncrement: true }),
  formId: text().notNull(),
  at: integer().notNull(),
});
