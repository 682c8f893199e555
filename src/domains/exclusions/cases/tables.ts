import { isNotNull, isNull, sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { VERDICTS } from "../../../adapters/identity-registry/port.ts";
import { bytes } from "../../../objects/columns.ts";
import { baseColumns, oneOf } from "../../../office/columns.ts";
import { ACTS, CASE_EVENTS, CASE_KINDS, CASE_STATES, DECISIONS, EVIDENCE_TYPES, type Ground, PARTY_ROLES, STATEMENT_KINDS } from "./model.ts";

/** What officers decide about. Who is in it is sealed under a key of the case, which is destroyed when nobody needs to know any more. */
export const cases = sqliteTable(
  "cases",
  {
    ...baseColumns,
    reference: text().notNull(),
    kind: text({ enum: CASE_KINDS }).notNull(),
    state: text({ enum: CASE_STATES }).notNull(),
    /** Whom it is about, by their phone's pseudonym under a key and a label of its own; null once erased. */
    subjectKey: text(),
    personId: text(),
    exclusionReference: text(),
    grounds: text({ mode: "json" }).$type<Ground[]>().notNull(),
    voices: integer().notNull(),
    askedUntil: integer(),
    operator: text(),
    happenedOn: text(),
    checks: text({ mode: "json" }).$type<string[]>().notNull(),
    verdict: text({ enum: VERDICTS }),
    dueAt: integer().notNull(),
    hearingUntil: integer(),
    /** What officers wrote to whom it is about. */
    notice: text(),
    measureUntil: integer(),
    /** How Register knows what this case imposed last; it takes each name once. */
    imposedAs: text(),
    proposedAct: text({ enum: ACTS }),
    proposedReason: text(),
    proposedBy: text(),
    proposedAt: integer(),
    proposedUntil: integer(),
    decision: text({ enum: DECISIONS }),
    decidedAt: integer(),
    appealUntil: integer(),
    closedAt: integer(),
    erasedAt: integer(),
    /** The case's data key, wrapped, and under which key-encryption key; null once erased. */
    dataKey: bytes(),
    keyId: text(),
  },
  (table) => [
    uniqueIndex("cases_by_reference").on(table.reference),
    // One case of a kind about one person at a time: whoever else asks joins it.
    uniqueIndex("cases_one_about_somebody").on(table.kind, table.subjectKey).where(sql`${table.state} in ('open', 'hearing') and ${table.kind} <> 'complaint'`),
    index("cases_of_exclusion").on(table.exclusionReference, table.id).where(isNotNull(table.exclusionReference)),
    index("cases_of_person").on(table.personId).where(isNotNull(table.personId)),
    index("cases_not_over_by_urgency").on(table.dueAt, table.id).where(isNull(table.closedAt)),
    index("cases_of_state_and_kind").on(table.state, table.kind, table.dueAt, table.id),
    index("cases_of_state").on(table.state, table.dueAt, table.id),
    index("cases_proposed").on(table.dueAt, table.id).where(isNotNull(table.proposedBy)),
    index("cases_to_close").on(table.appealUntil).where(sql`${table.appealUntil} is not null and ${table.closedAt} is null`),
    index("cases_to_erase").on(table.closedAt).where(sql`${table.closedAt} is not null and ${table.erasedAt} is null`),
    index("cases_by_key").on(table.keyId).where(isNotNull(table.keyId)),
    check("cases_kind", oneOf("kind", CASE_KINDS)),
    check("cases_state", oneOf("state", CASE_STATES)),
    check("cases_verdict", oneOf("verdict", VERDICTS)),
    check("cases_proposedAct", oneOf("proposedAct", ACTS)),
    check("cases_decision", oneOf("decision", DECISIONS)),
    check("cases_voices", sql`${table.voices} >= 0`),
    check("cases_proposal_whole", sql`(${table.proposedAct} is null) = (${table.proposedBy} is null) and (${table.proposedAct} is null) = (${table.proposedReason} is null) and (${table.proposedAct} is null) = (${table.proposedAt} is null)`),
    check("cases_decided", sql`(${table.decision} is null) = (${table.decidedAt} is null) and (${table.decision} is not null or ${table.state} not in ('decided', 'appealed', 'closed'))`),
    check("cases_closed", sql`(${table.closedAt} is not null) = (${table.state} in ('closed', 'withdrawn'))`),
    check("cases_erased", sql`(${table.erasedAt} is null) = (${table.dataKey} is not null) and (${table.dataKey} is null) = (${table.keyId} is null)`),
  ],
);

/** Who has a part in a case: each who asked, and whom it is about when somebody else asked. */
export const caseParties = sqliteTable(
  "caseParties",
  {
    ...baseColumns,
    caseId: text().notNull().references(() => cases.id),
    reference: text().notNull(),
    role: text({ enum: PARTY_ROLES }).notNull(),
    /** By their phone, as `subjectKey`; null of an officer's filing. Outlives the case's identities: limits count by it. */
    phoneKey: text(),
    grounds: text({ mode: "json" }).$type<Ground[]>().notNull(),
    /** When their own request was found knowingly false. */
    foundFalseAt: integer(),
    withdrawnAt: integer(),
    /** Sealed: who they are, and of a requester whom they mean; null once erased. */
    box: bytes(),
  },
  (table) => [
    uniqueIndex("caseParties_by_reference").on(table.reference),
    uniqueIndex("caseParties_one_voice").on(table.caseId, table.role, table.phoneKey).where(isNotNull(table.phoneKey)),
    index("caseParties_of_case").on(table.caseId, table.createdAt, table.role),
    index("caseParties_of_phone").on(table.phoneKey, table.createdAt).where(isNotNull(table.phoneKey)),
    check("caseParties_role", oneOf("role", PARTY_ROLES)),
  ],
);

/** What a party said, sealed; null once erased. */
export const caseStatements = sqliteTable(
  "caseStatements",
  {
    id: text().primaryKey(),
    caseId: text().notNull().references(() => cases.id),
    partyId: text().notNull().references(() => caseParties.id),
    kind: text({ enum: STATEMENT_KINDS }).notNull(),
    at: integer().notNull(),
    box: bytes(),
  },
  (table) => [index("caseStatements_of_case").on(table.caseId, table.id), check("caseStatements_kind", oneOf("kind", STATEMENT_KINDS))],
);

/** The timeline; only added to. */
export const caseSteps = sqliteTable(
  "caseSteps",
  {
    caseId: text().notNull().references(() => cases.id),
    /** The case's version that it made. */
    number: integer().notNull(),
    event: text({ enum: CASE_EVENTS }).notNull(),
    at: integer().notNull(),
    by: text().notNull(),
    act: text({ enum: ACTS }),
    reason: text(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.number] }),
    check("caseSteps_event", oneOf("event", CASE_EVENTS)),
    check("caseSteps_act", oneOf("act", ACTS)),
  ],
);

/** What was decided by whom, and how far Register and the parties know. */
export const caseDecisions = sqliteTable(
  "caseDecisions",
  {
    /** Register's command id. */
    id: text().primaryKey(),
    caseId: text().notNull().references(() => cases.id),
    act: text({ enum: ACTS }).notNull(),
    until: integer(),
    reason: text().notNull(),
    secondReason: text(),
    proposedBy: text().notNull(),
    secondedBy: text(),
    decidedAt: integer().notNull(),
    carriedOutAt: integer(),
    refusal: text(),
  },
  (table) => [
    index("caseDecisions_of_case").on(table.caseId, table.id),
    check("caseDecisions_act", oneOf("act", ACTS)),
    check("caseDecisions_two", sql`${table.secondedBy} is null or ${table.secondedBy} <> ${table.proposedBy}`),
    check("caseDecisions_outcome", sql`${table.carriedOutAt} is null or ${table.refusal} is null`),
  ],
);

/** Files that show something, each once a case. The bytes lay sealed in the evidence bucket, under the case and the digest, before the row was written. */
export const caseEvidence = sqliteTable(
  "caseEvidence",
  {
    id: text().primaryKey(),
    caseId: text().notNull().references(() => cases.id),
    /** Null of an officer's. */
    partyId: text().references(() => caseParties.id),
    /** HMAC-SHA-256 of the bytes under a key and a label of its own: the same file is known again, and nobody can try files out. */
    digest: text().notNull(),
    bytes: integer().notNull(),
    type: text({ enum: EVIDENCE_TYPES }).notNull(),
    addedAt: integer().notNull(),
    addedBy: text().notNull(),
    /** Sealed; null once erased. */
    name: bytes(),
  },
  (table) => [
    uniqueIndex("caseEvidence_once_a_case").on(table.caseId, table.digest),
    check("caseEvidence_type", oneOf("type", EVIDENCE_TYPES)),
    check("caseEvidence_size", sql`${table.bytes} between 1 and 5242880`),
  ],
);
