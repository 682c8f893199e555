import { sql } from "drizzle-orm";
import { index, integer, primaryKey, type SQLiteColumn, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Kind } from "../../bst/kinds.ts";
import { bytes } from "../../objects/columns.ts";
import { type Channel, type Evidence, type ExclusionState, IN_FORCE, type Origin, type Standing } from "./model.ts";
import type { EndMode, PolicyCode } from "./policies.ts";

/** Written out, so that SQLite sees that it is what an index is of. */
export const inForce = (state: SQLiteColumn) => sql`${state} in (${sql.raw(IN_FORCE.map((name) => `'${name}'`).join(", "))})`;

/** Register's own tables: who is excluded, by pseudonyms only. Instants are UTC milliseconds. */
export const exclusions = sqliteTable(
  "exclusions",
  {
    id: text().primaryKey(),
    reference: text().notNull().unique(),
    personId: text().notNull(),
    state: text().$type<ExclusionState>().notNull(),
    origin: text().$type<Origin>().notNull().default("self"),
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
    endingLapsesAt: integer(),
    measureUntil: integer(),
    annulsAt: integer(),
    renewsAt: integer(),
    renewals: integer().notNull().default(0),
    remindedAt: integer(),
    endedAt: integer(),
    /** When something happens to it by itself; null is never. A row that says nothing of it is looked at once. */
    wakesAt: integer().default(1),
  },
  (table) => [
    uniqueIndex("one_own_exclusion_in_force").on(table.personId).where(sql`${table.origin} = 'self' and ${inForce(table.state)}`),
    uniqueIndex("one_exclusion_a_case").on(table.caseReference).where(sql`${table.caseReference} is not null`),
    index("exclusions_of_a_person").on(table.personId, table.startedAt),
    index("exclusions_that_wake").on(table.wakesAt).where(sql`${table.wakesAt} is not null`),
  ],
);

/** What an exclusion is of: each identifier stated in it, by its pseudonym, and how it is proven. */
export const exclusionIdentifiers = sqliteTable(
  "exclusionIdentifiers",
  {
    exclusionId: text().notNull(),
    p: bytes().notNull(),
    kind: text().$type<Kind>().notNull(),
    evidence: text().$type<Evidence>().notNull(),
    standing: text().$type<Standing>().notNull(),
    /** As first stated, and kept whatever becomes of the identifier; null for a firm one. */
    provisionalUntil: integer(),
    addedAt: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.exclusionId, table.p] }),
    index("identifiers_by_pseudonym").on(table.p),
    index("identifiers_that_drop").on(table.provisionalUntil).where(sql`${table.standing} = 'provisional'`),
  ],
);

/** How often an exclusion was lengthened, and to what. */
export const extensions = sqliteTable(
  "extensions",
  {
    exclusionId: text().notNull(),
    commandId: text().notNull(),
    at: integer().notNull(),
    policy: text().$type<PolicyCode>().notNull(),
    policyVersion: integer().notNull(),
    endMode: text().$type<EndMode>().notNull(),
    endsAt: integer(),
  },
  (table) => [primaryKey({ columns: [table.exclusionId, table.commandId] })],
);

/** Who is who: the person a proven phone belongs to. */
export const phoneHolders = sqliteTable(
  "phoneHolders",
  {
    p: bytes().primaryKey(),
    personId: text().notNull(),
    since: integer().notNull(),
  },
  (table) => [index("phones_of_a_person").on(table.personId)],
);

/** Two persons who stated the same identifier. Nothing is merged for it; an officer looks. */
export const crossReferences = sqliteTable(
  "crossReferences",
  {
    p: bytes().notNull(),
    personId: text().notNull(),
    otherPersonId: text().notNull(),
    at: integer().notNull(),
    /** What officers' notes know it by whatever root it is kept under; null where that is still the pseudonym itself. */
    mark: bytes(),
  },
  (table) => [
    primaryKey({ columns: [table.p, table.personId, table.otherPersonId] }),
    index("crossReferences_by_time").on(table.at),
  ],
);

/** Every pseudonym that is excluded, and by how many active exclusions. A row never stands at 0. */
export const covered = sqliteTable("covered", {
  p: bytes().primaryKey(),
  exclusions: integer().notNull(),
  rootEpoch: integer().notNull(),
});

/**
 * Pseudonyms a Replica said were excluded when Register was restored and nothing else was left of it: neither person nor
 * promise. Each stays excluded until an officer completes it.
 */
export const salvaged = sqliteTable("salvaged", {
  p: bytes().primaryKey(),
  /** Where the lost log had it, and when. */
  logId: text().notNull(),
  seq: integer().notNull(),
  t: integer().notNull(),
  rootEpoch: integer().notNull(),
  salvagedAt: integer().notNull(),
});
