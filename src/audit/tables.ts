import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * What the log has yet to be told of a vault that was erased meanwhile: its entries as the log takes them. What they mean went with their salts, so that
 * nothing here leads to anybody. A row leaves when the log has it.
 */
export const untold = sqliteTable("untold", {
  position: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull(),
  at: integer().notNull(),
  action: text().notNull(),
  commitment: text().notNull(),
});
