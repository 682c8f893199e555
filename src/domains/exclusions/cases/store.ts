import { and, asc, count, desc, eq, gt, isNotNull, isNull, lt, ne, sql } from "drizzle-orm";
import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { updatedBy } from "../../../office/columns.ts";
import { type Office, type OfficeDatabase, readNearest } from "../../../office/database.ts";
import { bothWays, type Page, pageOf, type PageQuery, partOf } from "../../../office/page.ts";
import { operators } from "../../operators/office/tables.ts";
import type { CaseKind, CaseState } from "./model.ts";
import { caseDecisions, caseEvidence, caseParties, cases, caseStatements, caseSteps } from "./tables.ts";

export type StoredCase = typeof cases.$inferSelect;
export type StoredParty = typeof caseParties.$inferSelect;
export type StoredStatement = typeof caseStatements.$inferSelect;
export type StoredStep = typeof caseSteps.$inferSelect;
export type StoredDecision = typeof caseDecisions.$inferSelect;
export type StoredEvidence = typeof caseEvidence.$inferSelect;

/** Without a `state` those that are not over. `by` is the actor's name whose proposals are mine. */
export interface CaseQuery {
  state?: CaseState | undefined;
  kind?: CaseKind | undefined;
  proposal?: { whose: "mine" | "others"; by: string } | undefined;
  overdueAt?: Instant | undefined;
}

export const BY_URGENCY = bothWays("dueAt", cases.dueAt, cases.id);

export async function casesBy(office: Office, { state, kind, proposal, overdueAt }: CaseQuery, page: PageQuery): Promise<Page<StoredCase>> {
  const { where, orderBy, limit } = partOf(
    page,
    state === undefined ? isNull(cases.closedAt) : eq(cases.state, state),
    kind && eq(cases.kind, kind),
    proposal && and(isNotNull(cases.proposedBy), (proposal.whose === "mine" ? eq : ne)(cases.proposedBy, proposal.by)),
    overdueAt === undefined ? undefined : and(isNull(cases.closedAt), lt(cases.dueAt, overdueAt)),
  );
  const rows = await readNearest(office, (database) => database.select().from(cases).where(where).orderBy(...orderBy).limit(limit).all());
  return pageOf(rows, page);
}

// From the primary, because it is decided on what they say.

export const caseByReference = async ({ primary }: Office, reference: string): Promise<StoredCase | null> =>
  (await primary.select().from(cases).where(eq(cases.reference, reference)).get()) ?? null;

export const caseById = async ({ primary }: Office, id: string): Promise<StoredCase | null> =>
  (await primary.select().from(cases).where(eq(cases.id, id)).get()) ?? null;

/** The one that others join who ask the same about the same person. */
export const caseToJoin = async ({ primary }: Office, kind: CaseKind, subjectKey: string): Promise<StoredCase | null> =>
  (await primary.select().from(cases)
    .where(and(eq(cases.kind, kind), eq(cases.subjectKey, subjectKey), sql`${cases.state} in ('open', 'hearing') and ${cases.kind} <> 'complaint'`)).get()) ?? null;

export interface Part {
  found: StoredCase;
  party: StoredParty;
}

/** What a phone has a part in, newest first. */
export const partsOfPhone = ({ primary }: Office, phoneKey: string, limit = 200): Promise<Part[]> =>
  primary.select({ party: caseParties, found: cases }).from(caseParties).innerJoin(cases, eq(cases.id, caseParties.caseId))
    .where(eq(caseParties.phoneKey, phoneKey)).orderBy(desc(caseParties.createdAt)).limit(limit).all();

export const partByReference = async ({ primary }: Office, reference: string): Promise<Part | null> =>
  (await primary.select({ party: caseParties, found: cases }).from(caseParties).innerJoin(cases, eq(cases.id, caseParties.caseId))
    .where(eq(caseParties.reference, reference)).get()) ?? null;

/** The last request to annul an exclusion. */
export const annulmentOf = async ({ primary }: Office, exclusionReference: string): Promise<Part | null> =>
  (await primary.select({ party: caseParties, found: cases }).from(cases).innerJoin(caseParties, eq(caseParties.caseId, cases.id))
    .where(and(eq(cases.exclusionReference, exclusionReference), eq(cases.kind, "not-me"))).orderBy(desc(cases.id)).limit(1).get()) ?? null;

/** What somebody asked for in a case before. */
export const voiceOf = async ({ primary }: Office, caseId: string, phoneKey: string): Promise<StoredParty | null> =>
  (await primary.select().from(caseParties).where(and(eq(caseParties.caseId, caseId), eq(caseParties.role, "requester"), eq(caseParties.phoneKey, phoneKey))).get()) ?? null;

/** The first who asked first. */
export const partiesOf = ({ primary }: Office, caseId: string): Promise<StoredParty[]> =>
  primary.select().from(caseParties).where(eq(caseParties.caseId, caseId)).orderBy(asc(caseParties.createdAt), asc(caseParties.role)).all();

export const statementsOf = ({ primary }: Office, caseId: string): Promise<StoredStatement[]> =>
  primary.select().from(caseStatements).where(eq(caseStatements.caseId, caseId)).orderBy(asc(caseStatements.id)).all();

export const stepsOf = ({ primary }: Office, caseId: string): Promise<StoredStep[]> =>
  primary.select().from(caseSteps).where(eq(caseSteps.caseId, caseId)).orderBy(asc(caseSteps.number)).all();

export const decisionsOf = ({ primary }: Office, caseId: string): Promise<StoredDecision[]> =>
  primary.select().from(caseDecisions).where(eq(caseDecisions.caseId, caseId)).orderBy(asc(caseDecisions.id)).all();

export const decisionById = async ({ primary }: Office, id: string): Promise<StoredDecision | null> =>
  (await primary.select().from(caseDecisions).where(eq(caseDecisions.id, id)).get()) ?? null;

export const evidenceOf = ({ primary }: Office, caseId: string): Promise<StoredEvidence[]> =>
  primary.select().from(caseEvidence).where(eq(caseEvidence.caseId, caseId)).orderBy(asc(caseEvidence.addedAt)).all();

/** How many files each party added; null is the office's. */
export const filesOf = ({ primary }: Office, caseId: string): Promise<{ partyId: string | null; files: number }[]> =>
  primary.select({ partyId: caseEvidence.partyId, files: count() }).from(caseEvidence).where(eq(caseEvidence.caseId, caseId)).groupBy(caseEvidence.partyId).all();

/** What a phone asked for since then, in whatever case. */
export const requestsSince = ({ primary }: Office, phoneKey: string, since: Instant) =>
  primary.select({ kind: cases.kind, at: caseParties.createdAt, foundFalseAt: caseParties.foundFalseAt }).from(caseParties).innerJoin(cases, eq(cases.id, caseParties.caseId))
    .where(and(eq(caseParties.phoneKey, phoneKey), gt(caseParties.createdAt, since), eq(caseParties.role, "requester"))).all();

export const isOperator = async ({ primary }: Office, id: string): Promise<boolean> =>
  (await primary.select({ id: operators.id }).from(operators).where(eq(operators.id, id)).get()) !== undefined;

/** What operators are called, by name. From the nearest copy. */
export const operatorNames = (office: Office): Promise<{ id: string; name: string }[]> =>
  readNearest(office, (database) => database.select({ id: operators.id, name: operators.name }).from(operators).orderBy(asc(operators.name), asc(operators.id)).all());

/** Decided ones that nobody appealed, or objected to, in time. */
export const casesToClose = ({ primary }: Office, now: Instant, limit: number): Promise<StoredCase[]> =>
  primary.select().from(cases).where(and(lt(cases.appealUntil, now), isNotNull(cases.appealUntil), isNull(cases.closedAt))).orderBy(asc(cases.appealUntil)).limit(limit).all();

/** Closed ones of which nobody has to know any more who was in them. */
export const casesToErase = ({ primary }: Office, closedBefore: Instant, limit: number): Promise<StoredCase[]> =>
  primary.select().from(cases).where(and(lt(cases.closedAt, closedBefore), sql`${cases.closedAt} is not null and ${cases.erasedAt} is null`))
    .orderBy(asc(cases.closedAt)).limit(limit).all();

/** Those whose data key stands under an older key-encryption key, or a newer. */
export const casesUnderOtherKeys = ({ primary }: Office, current: string, limit: number) =>
  primary.select({ id: cases.id, dataKey: cases.dataKey }).from(cases).where(sql`(${cases.keyId} < ${current} or ${cases.keyId} > ${current})`).limit(limit).all();

export const insertCase = (database: OfficeDatabase, row: StoredCase) => database.insert(cases).values(row);
export const insertParty = (database: OfficeDatabase, row: StoredParty) => database.insert(caseParties).values(row);
export const insertStatement = (database: OfficeDatabase, row: StoredStatement) => database.insert(caseStatements).values(row);
export const insertStep = (database: OfficeDatabase, row: StoredStep) => database.insert(caseSteps).values(row);
export const insertDecision = (database: OfficeDatabase, row: StoredDecision) => database.insert(caseDecisions).values(row);
export const insertEvidence = (database: OfficeDatabase, row: StoredEvidence) => database.insert(caseEvidence).values(row);

/** Writes what changed, to the version that was read and to no other. */
export const updateCase = (database: OfficeDatabase, { id, version }: Pick<StoredCase, "id" | "version">, set: Partial<StoredCase>, actor: Actor, now: Instant) => ({
  exactlyOne: database.update(cases).set({ ...set, ...updatedBy(actor, now, version) }).where(and(eq(cases.id, id), eq(cases.version, version))),
});

export const updateParty = (database: OfficeDatabase, { id, version }: Pick<StoredParty, "id" | "version">, set: Partial<StoredParty>, actor: Actor, now: Instant) => ({
  exactlyOne: database.update(caseParties).set({ ...set, ...updatedBy(actor, now, version) }).where(and(eq(caseParties.id, id), eq(caseParties.version, version))),
});

/** What Register said to a decision. */
export const updateDecision = (database: OfficeDatabase, id: string, set: Partial<Pick<StoredDecision, "carriedOutAt" | "refusal">>) => ({
  exactlyOne: database.update(caseDecisions).set(set).where(eq(caseDecisions.id, id)),
});

/** The same data key wrapped anew; not what was wrapped, or erased, meanwhile. */
export const replaceCaseKey = (database: OfficeDatabase, id: string, was: Uint8Array, columns: { dataKey: Uint8Array; keyId: string }) =>
  database.update(cases).set(columns).where(and(eq(cases.id, id), eq(cases.dataKey, was)));

/** Empties what was sealed under a case's key, and forgets by whom it could be found. */
export const emptyParts = (database: OfficeDatabase, caseId: string) => [
  database.update(caseParties).set({ box: null, phoneKey: null }).where(eq(caseParties.caseId, caseId)),
  database.update(caseStatements).set({ box: null }).where(eq(caseStatements.caseId, caseId)),
  database.update(caseEvidence).set({ name: null }).where(eq(caseEvidence.caseId, caseId)),
];
