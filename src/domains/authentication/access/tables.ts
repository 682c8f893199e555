import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { users } from "../../users/accounts/tables.ts";

/** Tokens with which people and their programs call origin's API. The token itself is never stored. */
export const accessTokens = sqliteTable(
  "accessTokens",
  {
    id: text().primaryKey(),
    userId: text().notNull().references(() => users.id),
    /** SHA-256 of the token's text, lower-case hexadecimal. */
    hash: text().notNull(),
    label: text().notNull(),
    createdAt: integer().notNull(),
    createdBy: text().notNull(),
    expiresAt: integer().notNull(),
    revokedAt: integer(),
    revokedBy: text(),
  },
  (table) => [uniqueIndex("accessTokens_by_hash").on(table.hash), index("accessTokens_of_user").on(table.userId, table.id)],
);

/** One row once the first administrator was made: there is no second first. */
export const bootstraps = sqliteTable(
  "bootstraps",
  {
    one: integer().primaryKey(),
    userId: text().notNull().references(() => users.id),
    at: integer().notNull(),
  },
  (table) => [check("bootstraps_one", sql`${table.one} = 1`)],
);
