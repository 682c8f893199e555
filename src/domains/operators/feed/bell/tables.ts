import { sqliteTable, text } from "drizzle-orm/sqlite-core";

/** The operators that want to be told at once. */
export const listeners = sqliteTable("listeners", { operator: text().primaryKey() });
