import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { READS } from "./model.ts";
import type { Role } from "../../authentication/capabilities.ts";

/** When staff read who the person is, for the person to see. Part of the vault's schema; only added to. */
export const identityReads = sqliteTable(
  "identityReads",
  {
    id: text().primaryKey(),
    at: integer().notNull(),
    role: text().$type<Role>().notNull(),
    reason: text().notNull(),
    what: text({ enum: READS }).notNull().default("identity"),
  },
  (table) => [index("identityReads_by_time").on(table.at)],
);
