import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { oneOf } from "../../../office/columns.ts";
import { users } from "../../users/accounts/tables.ts";
import { devices } from "../sessions/tables.ts";
import { METHODS, OUTCOMES } from "./model.ts";

/** Wrong passwords and codes of late, by what they were tried on; whether anybody has an account there is not said. */
export const attempts = sqliteTable("attempts", {
  /** A phone's pseudonym, or that and a trusted device. */
  key: text().primaryKey(),
  failures: integer().notNull(),
  /** When they are forgotten, and with them the lock. */
  forgottenAt: integer().notNull(),
});

/** Every try at an account that exists; only added to. */
export const signIns = sqliteTable(
  "signIns",
  {
    id: text().primaryKey(),
    userId: text().notNull().references(() => users.id),
    at: integer().notNull(),
    method: text({ enum: METHODS }).notNull(),
    outcome: text({ enum: OUTCOMES }).notNull(),
    /** JSON list of what was unusual. */
    reasons: text({ mode: "json" }).notNull(),
    /** Null for a browser that never signed in. */
    deviceId: text().references(() => devices.id),
    network: text(),
    agent: text(),
    country: text(),
    county: text(),
  },
  (table) => [
    index("signIns_of_user").on(table.userId, table.at, table.id),
    check("signIns_method", oneOf("method", METHODS)),
    check("signIns_outcome", oneOf("outcome", OUTCOMES)),
    check("signIns_reasons", sql`json_valid(${table.reasons})`),
  ],
);
