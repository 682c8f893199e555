import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { bytes } from "../../../objects/columns.ts";

/** Identifiers that belong to nobody, by each of their pseudonyms. They are the regulator's, and part of Register. */
export const canaries = sqliteTable(
  "canaries",
  {
    p: bytes().primaryKey(),
    /** The office's. */
    id: text().notNull(),
    /** Whether this pseudonym stands in the set. */
    excluded: integer({ mode: "boolean" }).notNull(),
  },
  (table) => [index("canaries_by_id").on(table.id)],
);
