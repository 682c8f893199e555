import { isNull, sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Kind } from "../../../bst/kinds.ts";
import { baseColumns, oneOf } from "../../../office/columns.ts";
import { operatorApplications } from "../applications/tables.ts";
import { LICENCE_EVENTS, LICENCE_STATES, LICENCE_TYPES } from "./model.ts";

/** Licences. The one of an operator that none superseded says what Register is told; its version goes on from the one before. */
export const licences = sqliteTable(
  "licences",
  {
    ...baseColumns,
    number: text().notNull(),
    operator: text().notNull(),
    /** Null where the operator was there before. */
    operatorApplicationId: text().references(() => operatorApplications.id),
    type: text({ enum: LICENCE_TYPES }).notNull(),
    conditions: text({ mode: "json" }).$type<string[]>().notNull(),
    requiredKinds: text({ mode: "json" }).$type<Kind[]>().notNull(),
    issuedAt: integer().notNull(),
    expiresAt: integer().notNull(),
    state: text({ enum: LICENCE_STATES }).notNull(),
    /** When another took its place, after it was revoked. */
    supersededAt: integer(),
  },
  (table) => [
    uniqueIndex("licences_by_number").on(table.number),
    uniqueIndex("licences_one_an_operator").on(table.operator).where(isNull(table.supersededAt)),
    index("licences_of_operator").on(table.operator, table.issuedAt),
    index("licences_by_end").on(table.expiresAt, table.id).where(isNull(table.supersededAt)),
    index("licences_of_state_by_end").on(table.state, table.expiresAt, table.id).where(isNull(table.supersededAt)),
    check("licences_type", oneOf("type", LICENCE_TYPES)),
    check("licences_state", oneOf("state", LICENCE_STATES)),
    check("licences_span", sql`${table.expiresAt} > ${table.issuedAt}`),
    check("licences_superseded", sql`${table.supersededAt} is null or ${table.state} = 'revoked'`),
  ],
);

/** What happened to each licence, renewals with the end they moved it to; only added to. */
export const licenceSteps = sqliteTable(
  "licenceSteps",
  {
    licenceId: text().notNull().references(() => licences.id),
    /** The licence's version with it. */
    number: integer().notNull(),
    event: text({ enum: LICENCE_EVENTS }).notNull(),
    at: integer().notNull(),
    by: text().notNull(),
    /** An officer's, who names nobody in it. */
    reason: text().notNull(),
    /** The licence's end from then on. */
    expiresAt: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.licenceId, table.number] }), check("licenceSteps_event", oneOf("event", LICENCE_EVENTS))],
);

/** Which warnings of which end were given: each once. */
export const licenceWarnings = sqliteTable(
  "licenceWarnings",
  {
    licenceId: text().notNull().references(() => licences.id),
    expiresAt: integer().notNull(),
    days: integer().notNull(),
    at: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.licenceId, table.expiresAt, table.days] })],
);
