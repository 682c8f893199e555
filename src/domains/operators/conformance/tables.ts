import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { bytes } from "../../../objects/columns.ts";
import { baseColumns, oneOf } from "../../../office/columns.ts";
import { RUN_STATES } from "./model.ts";

/** Recorded runs of the conformance kit: an operator's test adapter, asked by origin. */
export const conformanceRuns = sqliteTable(
  "conformanceRuns",
  {
    ...baseColumns,
    operator: text().notNull(),
    /** Of the adapter. */
    address: text().notNull(),
    /** A box of what the adapter's questions are signed with; null once the run is over. */
    secret: bytes(),
    state: text({ enum: RUN_STATES }).notNull(),
    /** Of the kit, and the hash of its scenarios. */
    kit: text().notNull(),
    hash: text().notNull(),
    /** What was not asked by then is not passed. */
    endsBy: integer().notNull(),
    endedAt: integer(),
    /** Checks of test persons that the edge had answered the operator's test keys this day before; null where nobody knew. */
    checksBefore: integer(),
    /** And meanwhile. */
    testChecks: integer(),
    /** The signed note of a run that was passed. */
    certificate: text(),
  },
  (table) => [
    index("conformanceRuns_of_operator").on(table.operator, table.createdAt, table.id),
    uniqueIndex("conformanceRuns_running").on(table.operator).where(sql`state = 'running'`),
    check("conformanceRuns_state", oneOf("state", RUN_STATES)),
    check("conformanceRuns_certified", sql`(certificate is not null) = (state = 'passed')`),
    check("conformanceRuns_secret", sql`(secret is not null) = (state = 'running')`),
  ],
);

/** What a run asks, in its order, and what came of it. */
export const conformanceResults = sqliteTable(
  "conformanceResults",
  {
    run: text().notNull().references(() => conformanceRuns.id),
    /** From 0. */
    place: integer().notNull(),
    scenario: text().notNull(),
    /** Null until it was asked, as the two others are. */
    came: text(),
    passed: integer({ mode: "boolean" }),
    at: integer(),
  },
  (table) => [primaryKey({ columns: [table.run, table.place] })],
);
