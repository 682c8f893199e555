import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { bytes } from "../../../objects/columns.ts";
import type { Delivery, Notice } from "../outbox.ts";

/** What persons' vaults have yet to accept, in order. A row leaves when it was accepted. */
export const deliveries = sqliteTable("deliveries", {
  position: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull().unique(),
  personId: text().notNull(),
  createdAt: integer().notNull(),
  topic: text().$type<Delivery["topic"]>().notNull(),
  commandId: text(),
  box: bytes(),
  notice: text({ mode: "json" }).$type<Notice>(),
  /** Until then somebody is delivering it. */
  lentUntil: integer().notNull(),
});
