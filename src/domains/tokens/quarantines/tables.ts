import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { baseColumns, oneOf } from "../../../office/columns.ts";
import { type Evidence, GUARD_RULES } from "../guard/model.ts";
import { QUARANTINE_STATES } from "./model.ts";

/** Quarantines of operators, as officers decide on them. Whether one holds, its operator's `Usage` says; this follows it. */
export const tokenQuarantines = sqliteTable(
  "tokenQuarantines",
  {
    ...baseColumns,
    operator: text().notNull(),
    state: text({ enum: QUARANTINE_STATES }).notNull(),
    rule: text({ enum: GUARD_RULES }).notNull(),
    reason: text().notNull(),
    evidence: text({ mode: "json" }).$type<Evidence>().notNull(),
    since: integer().notNull(),
    /** The operator's, who names nobody in it. */
    statement: text(),
    appealedAt: integer(),
    decision: text(),
    decidedAt: integer(),
    decidedBy: text(),
  },
  (table) => [
    index("tokenQuarantines_by_time").on(table.since, table.id),
    index("tokenQuarantines_by_state").on(table.state, table.since, table.id),
    check("tokenQuarantines_state", oneOf("state", QUARANTINE_STATES)),
    check("tokenQuarantines_rule", oneOf("rule", GUARD_RULES)),
    check("tokenQuarantines_appealed", sql`(${table.statement} is null) = (${table.appealedAt} is null)`),
    check("tokenQuarantines_decided", sql`(${table.decidedAt} is null) = (${table.state} in ('open', 'appealed'))`),
  ],
);
