import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { baseColumns, oneOf } from "../../../office/columns.ts";
import { type Figures, VIOLATION_RULES, VIOLATION_STATES } from "./model.ts";

/** What operators are held to have done against their duties, and what became of it. Names no person. */
export const violations = sqliteTable(
  "violations",
  {
    ...baseColumns,
    operator: text().notNull(),
    state: text({ enum: VIOLATION_STATES }).notNull(),
    rule: text({ enum: VIOLATION_RULES }).notNull(),
    /** What a rule proves once; null of an officer's. */
    subject: text(),
    figures: text({ mode: "json" }).$type<Figures>().notNull(),
    /** An officer's words; null of a rule's. */
    grounds: text(),
    /** Who opened it; where a rule did, who notified the operator of it. */
    accuser: text(),
    notifiedAt: integer(),
    respondUntil: integer(),
    response: text(),
    respondedAt: integer(),
    respondedBy: text(),
    decision: text(),
    decidedAt: integer(),
    decidedBy: text(),
    remedy: text(),
    remediedAt: integer(),
    remediedBy: text(),
    closing: text(),
    closedAt: integer(),
    closedBy: text(),
  },
  (table) => [
    uniqueIndex("violations_once_a_subject").on(table.subject).where(sql`${table.subject} is not null`),
    index("violations_by_time").on(table.createdAt, table.id),
    index("violations_of_state").on(table.state, table.createdAt, table.id),
    index("violations_of_operator").on(table.operator, table.createdAt, table.id),
    check("violations_state", oneOf("state", VIOLATION_STATES)),
    check("violations_rule", oneOf("rule", VIOLATION_RULES)),
    check("violations_grounds", sql`(${table.grounds} is null) = (${table.subject} is not null)`),
    check("violations_notified", sql`(${table.notifiedAt} is null) = (${table.state} = 'proposed') and (${table.notifiedAt} is null) = (${table.respondUntil} is null)`),
    check("violations_responded", sql`(${table.response} is null) = (${table.respondedAt} is null)`),
    check("violations_decided", sql`(${table.decision} is null) = (${table.state} in ('proposed', 'notified', 'responded')) and (${table.decision} is null) = (${table.decidedAt} is null)`),
    check("violations_heard", sql`${table.decidedAt} is null or ${table.respondedAt} is not null or ${table.decidedAt} > ${table.respondUntil}`),
    check("violations_two_officers", sql`${table.decidedBy} is null or ${table.decidedBy} <> ${table.accuser}`),
    check("violations_remedied", sql`(${table.remedy} is null) = (${table.remediedAt} is null)`),
    check("violations_closed", sql`(${table.closedAt} is null) = (${table.state} <> 'closed')`),
  ],
);
