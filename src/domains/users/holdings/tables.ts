import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Json } from "../../../kernel/canonical-json.ts";
import { bytes } from "../../../objects/columns.ts";

/** What the person said in a request, in their words. Part of the vault's schema. */
export const statements = sqliteTable("statements", {
  /** The request's reference. */
  reference: text().primaryKey(),
  /** JSON under the vault's data key. */
  sealed: bytes().notNull(),
  at: integer().notNull(),
});

/** What the office told the person, each event once. */
export const messages = sqliteTable("messages", {
  /** The event's. */
  id: text().primaryKey(),
  topic: text().notNull(),
  payload: text({ mode: "json" }).$type<Json>().notNull(),
  at: integer().notNull(),
});
