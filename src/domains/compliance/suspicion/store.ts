import { and, asc, eq, gt, gte, inArray, lte } from "drizzle-orm";
import type { Instant, Random } from "../../../kernel/clock.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { createdBy } from "../../../office/columns.ts";
import type { Office, OfficeDatabase } from "../../../office/database.ts";
import { auditEntries } from "../../../office/tables.ts";
import { cases } from "../../exclusions/cases/tables.ts";
import { dataRequests } from "../../users/rights/tables.ts";
import { auditFlags } from "../tables.ts";
import type { Finding, SeenEntry } from "./model.ts";

const SEEN = {
  position: auditEntries.position, id: auditEntries.id, at: auditEntries.at, action: auditEntries.action, resource: auditEntries.resource,
  actorKind: auditEntries.actorKind, actorId: auditEntries.actorId, country: auditEntries.country, outcome: auditEntries.outcome, payload: auditEntries.payload,
};
type Row = Omit<SeenEntry, "payload"> & { payload: string };
const seen = (row: Row): SeenEntry => ({ ...row, payload: JSON.parse(row.payload) as SeenEntry["payload"] });

/** In the order they were written. From the primary: which came first is not yet certain elsewhere. */
export async function entriesAfter({ primary }: Office, position: number, limit: number): Promise<SeenEntry[]> {
  return (await primary.select(SEEN).from(auditEntries).where(gt(auditEntries.position, position)).orderBy(asc(auditEntries.position)).limit(limit).all()).map(seen);
}

export interface Span {
  from: Instant;
  /** Inclusive. */
  until: Instant;
}

const within = ({ from, until }: Span) => and(gte(auditEntries.at, from), lte(auditEntries.at, until));
const inOrder = (rows: Row[]): SeenEntry[] => rows.map(seen).toSorted((a, b) => a.at - b.at || a.position - b.position);

/** What these users did then, in the order of time. */
export async function doneBy({ primary }: Office, userIds: readonly string[], span: Span): Promise<SeenEntry[]> {
  const theirs = and(eq(auditEntries.actorKind, "user"), inArray(auditEntries.actorId, [...userIds]), within(span));
  return inOrder(await primary.select(SEEN).from(auditEntries).where(theirs).all());
}

/** What was done to these then, in the order of time. */
export async function doneTo({ primary }: Office, resources: readonly string[], span: Span): Promise<SeenEntry[]> {
  return inOrder(await primary.select(SEEN).from(auditEntries).where(and(inArray(auditEntries.resource, [...resources]), within(span))).all());
}

export interface Work extends Span {
  personId: string | null;
}

/** What there was to do about these persons, and from when to when; of what is not over `until` is now. */
export async function workAbout({ primary }: Office, personIds: readonly string[], now: Instant): Promise<Work[]> {
  const asked = [...personIds];
  const [ofCases, ofRequests] = await primary.batch([
    primary.select({ personId: cases.personId, from: cases.createdAt, until: cases.closedAt }).from(cases).where(inArray(cases.personId, asked)),
    primary.select({ personId: dataRequests.personId, from: dataRequests.receivedAt, until: dataRequests.decidedAt }).from(dataRequests).where(inArray(dataRequests.personId, asked)),
  ]);
  return [...ofCases, ...ofRequests].map(({ until, ...work }) => ({ ...work, until: until ?? now }));
}

/** An entry is marked once by each rule, however often it is looked at. */
export const putFlags = (database: OfficeDatabase, found: readonly (Finding & { entryId: string })[], by: Actor, now: Instant, random: Random) => [
  database.insert(auditFlags).values(found.map((one) => ({ ...createdBy(by, now, random), ...one }))).onConflictDoNothing({ target: [auditFlags.entryId, auditFlags.rule] }),
  database.update(auditEntries).set({ flagged: true }).where(inArray(auditEntries.id, found.map(({ entryId }) => entryId))),
];
