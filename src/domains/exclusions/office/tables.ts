import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Json } from "../../../kernel/canonical-json.ts";
import { type Channel, EXCLUSION_STATES, type ExclusionState, type Origin } from "../model.ts";
import { oneOf } from "../../../office/columns.ts";
import type { EndMode, PolicyCode } from "../policies.ts";
import type { ListedExclusion } from "../projection/rpc.ts";

/** How far the office's copy of Register is: one row. Every write of the copy moves it in the same batch. */
export const projections = sqliteTable(
  "projections",
  {
    one: integer().primaryKey(),
    version: integer().notNull(),
    /** The log it follows; null when it is to begin anew. */
    logId: text(),
    /** The last change of Register's that is in it. */
    position: integer().notNull(),
    /** Counts the beginnings. Rows of an earlier one stay listed until the newest is whole, and leave then. */
    generation: integer().notNull(),
    /** The newest generation that was whole. */
    wholeGeneration: integer().notNull(),
    /** Everything Register had done by then, by its own clock, is in it; null before it first was whole. */
    asOf: integer(),
    /** When a page, or that there was none, was last written. */
    movedAt: integer(),
  },
  (table) => [check("projections_one", sql`${table.one} = 1`)],
);

/** Register's exclusions as staff list them. Register alone says who is excluded. */
export const exclusions = sqliteTable(
  "exclusions",
  {
    id: text().primaryKey(),
    reference: text().notNull(),
    personId: text().notNull(),
    state: text().$type<ExclusionState>().notNull(),
    origin: text().$type<Origin>().notNull(),
    caseReference: text(),
    policy: text().$type<PolicyCode>().notNull(),
    policyVersion: integer().notNull(),
    endMode: text().$type<EndMode>().notNull(),
    channel: text().$type<Channel>().notNull(),
    county: text(),
    startedAt: integer().notNull(),
    endsAt: integer(),
    reviewAt: integer(),
    reviewGrantedAt: integer(),
    endableFrom: integer(),
    measureUntil: integer(),
    annulsAt: integer(),
    renewals: integer().notNull(),
    endedAt: integer(),
    identifiers: text({ mode: "json" }).$type<ListedExclusion["identifiers"]>().notNull(),
    generation: integer().notNull(),
  },
  (table) => [
    uniqueIndex("exclusions_by_reference").on(table.reference),
    index("exclusions_of_person").on(table.personId, table.startedAt, table.id),
    index("exclusions_by_start").on(table.startedAt, table.id),
    // Before those it is narrower than: where SQLite rates two alike, it takes the first.
    index("exclusions_of_state_and_policy").on(table.state, table.policy, table.startedAt, table.id),
    index("exclusions_of_state").on(table.state, table.startedAt, table.id),
    index("exclusions_of_policy").on(table.policy, table.startedAt, table.id),
    index("exclusions_by_promised_end").on(table.endsAt, table.endedAt),
    index("exclusions_of_origin").on(table.origin, table.startedAt, table.id),
    check("exclusions_state", oneOf("state", EXCLUSION_STATES)),
    check("exclusions_endMode", oneOf("endMode", ["automatic", "confirmed"])),
  ],
);

/** What happened to each exclusion. */
export const exclusionChanges = sqliteTable(
  "exclusionChanges",
  {
    /** Of Register's audit entry. */
    id: text().primaryKey(),
    reference: text().notNull().references(() => exclusions.reference),
    /** In the order of everything Register did. */
    position: integer().notNull(),
    /** How far the change log was with it; null for what was done before entries said so. */
    sequence: integer(),
    at: integer().notNull(),
    action: text().notNull(),
    channel: text().notNull(),
    payload: text({ mode: "json" }).$type<Json>().notNull(),
    generation: integer().notNull(),
  },
  (table) => [
    index("exclusionChanges_of_exclusion").on(table.reference, table.position),
    index("exclusionChanges_by_time").on(table.at, table.id),
    index("exclusionChanges_by_position").on(table.position),
  ],
);
