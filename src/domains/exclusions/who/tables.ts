import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Kind } from "../../../bst/kinds.ts";
import type { HoldingSource } from "../who-rpc.ts";

/**
 * Which operators hold a token for a person, by the identifier's kind and how it is known. A row stands while the person is
 * excluded, or asked for it: of nobody else is there any.
 */
export const tokenHoldings = sqliteTable(
  "tokenHoldings",
  {
    personId: text().notNull(),
    operator: text().notNull(),
    kind: text().$type<Kind>().notNull(),
    source: text().$type<HoldingSource>().notNull(),
    /** The beginning of the first and of the last day in Nairobi. */
    firstAt: integer().notNull(),
    lastAt: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.operator, table.kind, table.source] })],
);

/** Who asked to be told of it, excluded or not. */
export const holdingConsents = sqliteTable("holdingConsents", {
  personId: text().primaryKey(),
  since: integer().notNull(),
});
