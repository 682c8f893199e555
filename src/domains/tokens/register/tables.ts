import { integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { bytes } from "../../../objects/columns.ts";

/** Identifiers that belong to nobody, by the pseudonym Register keeps them under. They are the regulator's, and part of Register. */
export const canaries = sqliteTable(
  "canaries",
  {
    p: bytes().primaryKey(),
    /** The office's. */
    id: text().notNull(),
    /** Whether it stands in the set. */
    excluded: integer({ mode: "boolean" }).notNull(),
  },
  (table) => [uniqueIndex("canaries_by_id").on(table.id)],
);
