import { sql } from "drizzle-orm";
import { check, index, integer, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Finding } from "../standing/model.ts";

/** What was known of an operator and a month when it was reported, with everything the score rests on; only added to. */
export const complianceReports = sqliteTable(
  "complianceReports",
  {
    /** UUIDv7. */
    id: text().primaryKey(),
    operator: text().notNull(),
    /** In Nairobi: `2026-10`. */
    month: text().notNull(),
    /** 1 at first; each computed anew stands beside those before. */
    edition: integer().notNull(),
    computedAt: integer().notNull(),
    /** The actor's kind and id. */
    computedBy: text().notNull(),
    /** Why it was computed anew; null of the first. */
    reason: text(),
    /** In tenths of 100; null is no data. */
    tenths: integer(),
    /** Of the weight, what rested on data, and what had to at least. */
    part: real().notNull(),
    leastPart: real().notNull(),
    findings: text({ mode: "json" }).$type<Finding[]>().notNull(),
  },
  (table) => [
    uniqueIndex("complianceReports_once_an_edition").on(table.operator, table.month, table.edition),
    index("complianceReports_by_time").on(table.computedAt, table.id),
    index("complianceReports_of_operator").on(table.operator, table.computedAt, table.id),
    index("complianceReports_of_month").on(table.month, table.computedAt, table.id),
    check("complianceReports_reason", sql`(${table.reason} is null) = (${table.edition} = 1)`),
  ],
);

/** Each run that had operators to report. One without an end was cut off, and another goes on where it was. */
export const complianceRuns = sqliteTable(
  "complianceRuns",
  {
    /** UUIDv7: in the order of their beginnings. */
    id: text().primaryKey(),
    /** The month that it is about. */
    month: text().notNull(),
    startedAt: integer().notNull(),
    finishedAt: integer(),
    /** The last operator it came to; empty at the beginning, null once it came to all. */
    reached: text(),
    processed: integer().notNull(),
    failed: integer().notNull(),
  },
  (table) => [index("complianceRuns_of_month").on(table.month, table.id)],
);
