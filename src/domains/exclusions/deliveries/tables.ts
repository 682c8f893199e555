import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { bytes } from "../../../objects/columns.ts";
import type { Delivery, Notice, Statement } from "../outbox.ts";

/** What persons' vaults have yet to accept, in order. A row leaves when it was accepted. */
export const deliveries = sqliteTable("deliveries", {
  position: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull().unique(),
  personId: text().notNull(),
  createdAt: integer().notNull(),
  topic: text().$type<Delivery["topic"]>().notNull(),
  commandId: text(),
  box: bytes(),
  statements: text({ mode: "json" }).$type<Statement[]>(),
  notice: text({ mode: "json" }).$type<Notice>(),
  /** Until then somebody is delivering it. */
  lentUntil: integer().notNull(),
});
