import { isNotNull, isNull, sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Kind } from "../../../bst/kinds.ts";
import { bytes } from "../../../objects/columns.ts";
import { baseColumns, oneOf } from "../../../office/columns.ts";
import { LICENCE_TYPES } from "../licensing/model.ts";
import { ADVICE, APPLICATION_STATES } from "./model.ts";

/** Companies that ask to become operators. What is of a company stands in clear; who speaks for it is sealed. */
export const operatorApplications = sqliteTable(
  "operatorApplications",
  {
    ...baseColumns,
    reference: text().notNull(),
    state: text({ enum: APPLICATION_STATES }).notNull(),
    name: text().notNull(),
    tradingName: text(),
    registrationNumber: text().notNull(),
    website: text(),
    address: text().notNull(),
    licenceType: text({ enum: LICENCE_TYPES }).notNull(),
    /** The kinds of identifier it can send. */
    kinds: text({ mode: "json" }).$type<Kind[]>().notNull(),
    declaredCustomers: integer().notNull(),
    /** What an officer recommends, and on what terms. */
    recommendation: text({ enum: ADVICE }),
    recommendedBy: text(),
    recommendedReason: text(),
    proposedUntil: integer(),
    proposedConditions: text({ mode: "json" }).$type<string[]>(),
    decidedAt: integer(),
    decidedBy: text(),
    decisionReason: text(),
    /** What Register calls it, once it was approved and enrolled. */
    operator: text(),
    /** A box of the contact's name, e-mail address, phone and language; null once erased. */
    contact: bytes(),
    keyId: text(),
  },
  (table) => [
    uniqueIndex("operatorApplications_by_reference").on(table.reference),
    index("operatorApplications_by_time").on(table.createdAt, table.id),
    index("operatorApplications_of_state").on(table.state, table.createdAt, table.id),
    index("operatorApplications_of_company").on(table.registrationNumber),
    index("operatorApplications_to_enrol").on(table.state, table.decidedAt).where(isNull(table.operator)),
    index("operatorApplications_to_erase").on(table.decidedAt).where(sql`${table.decidedAt} is not null and ${table.contact} is not null`),
    index("operatorApplications_by_key").on(table.keyId).where(isNotNull(table.keyId)),
    check("operatorApplications_state", oneOf("state", APPLICATION_STATES)),
    check("operatorApplications_licenceType", oneOf("licenceType", LICENCE_TYPES)),
    check("operatorApplications_recommendation", oneOf("recommendation", ADVICE)),
    check("operatorApplications_recommended", sql`(${table.recommendation} is null) = (${table.recommendedBy} is null) and (${table.recommendation} is null) = (${table.recommendedReason} is null)`),
    check("operatorApplications_terms", sql`(${table.recommendation} is not null and ${table.recommendation} = 'approve') = (${table.proposedUntil} is not null) and (${table.proposedUntil} is null) = (${table.proposedConditions} is null)`),
    check("operatorApplications_two", sql`${table.state} not in ('approved', 'refused') or (${table.recommendedBy} is not null and ${table.recommendedBy} <> ${table.decidedBy})`),
    check("operatorApplications_decided", sql`(${table.decidedAt} is null) = (${table.state} in ('received', 'in-review')) and (${table.decidedAt} is null) = (${table.decidedBy} is null)`),
    check("operatorApplications_enrolled", sql`${table.operator} is null or ${table.state} = 'approved'`),
    check("operatorApplications_contact", sql`(${table.contact} is null) = (${table.keyId} is null)`),
  ],
);
