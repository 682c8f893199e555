import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Notice } from "../exclusions/outbox.ts";

/** Notices to a person. Part of their vault's schema. */
export const notices = sqliteTable("notices", {
  /** The delivery's. */
  id: text().primaryKey(),
  notice: text({ mode: "json" }).$type<Notice>().notNull(),
  state: text({ enum: ["queued", "sent", "failed"] }).notNull(),
  attempts: integer().notNull(),
  /** When it is tried next; null while there is nobody to send it to, and when it is sent or failed. */
  nextAt: integer(),
  createdAt: integer().notNull(),
  /** When the person saw it in their inbox. */
  readAt: integer(),
});
