import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { baseColumns, oneOf } from "../../../office/columns.ts";
import { LOOKUP_STATES } from "./model.ts";

/** An officer's questions whose an operator's token is, each by leave of another. The token itself is nowhere, and neither is the answer. */
export const tokenLookups = sqliteTable(
  "tokenLookups",
  {
    ...baseColumns,
    state: text({ enum: LOOKUP_STATES }).notNull(),
    operator: text().notNull(),
    /** HMAC-SHA-256 of the token under a key and a label of its own; null once nobody can read any more. */
    tokenKey: text(),
    /** The officer's who asked: the person is told it. */
    reason: text().notNull(),
    decidedAt: integer(),
    decidedBy: text(),
    decisionReason: text(),
    /** Until then who asked can read it, and until then another can decide. */
    until: integer().notNull(),
    readAt: integer(),
  },
  (table) => [
    index("tokenLookups_by_time").on(table.createdAt, table.id),
    index("tokenLookups_of_state").on(table.state, table.createdAt, table.id),
    index("tokenLookups_of_officer").on(table.createdBy, table.createdAt),
    index("tokenLookups_to_expire").on(table.until).where(sql`${table.tokenKey} is not null`),
    check("tokenLookups_state", oneOf("state", LOOKUP_STATES)),
    check("tokenLookups_two", sql`${table.decidedBy} is null or ${table.decidedBy} <> ${table.createdBy}`),
    check("tokenLookups_decided", sql`(${table.decidedAt} is null) = (${table.decidedBy} is null) and (${table.decidedBy} is not null or ${table.state} in ('pending', 'expired'))`),
    check("tokenLookups_read", sql`(${table.readAt} is not null) = (${table.state} = 'read')`),
    check("tokenLookups_over", sql`(${table.tokenKey} is not null) = (${table.state} in ('pending', 'approved'))`),
  ],
);
