import { integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/** Cross-references that an officer looked at, each once. Register has them; the name is keyed, and names nobody. */
export const lookedAt = sqliteTable(
  "lookedAtCrossReferences",
  {
    id: text().primaryKey(),
    name: text().notNull(),
    at: integer().notNull(),
    by: text().notNull(),
    /** The officer's, who names nobody in it. */
    reason: text().notNull(),
  },
  (table) => [uniqueIndex("lookedAtCrossReferences_by_name").on(table.name)],
);
