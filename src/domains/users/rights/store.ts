import { and, asc, desc, eq, gt, isNull, lt, lte } from "drizzle-orm";
import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { updatedBy } from "../../../office/columns.ts";
import { type Office, type OfficeDatabase, readNearest } from "../../../office/database.ts";
import { bothWays, type Page, pageOf, type PageQuery, partOf } from "../../../office/page.ts";
import type { DataRequest, RequestKind, RequestState } from "./model.ts";
import { dataRequests, erasedPersons } from "./tables.ts";

export type StoredRequest = typeof dataRequests.$inferSelect;

/** Without a `state` those that are open. */
export interface RequestFilter {
  state?: RequestState | undefined;
  kind?: RequestKind | undefined;
  dueBefore?: Instant | undefined;
}

export const BY_URGENCY = bothWays("dueAt", dataRequests.dueAt, dataRequests.id);

export async function requestsBy(office: Office, { state, kind, dueBefore }: RequestFilter, page: PageQuery): Promise<Page<StoredRequest>> {
  const { where, orderBy, limit } = partOf(
    page,
    state === undefined ? isNull(dataRequests.decidedAt) : eq(dataRequests.state, state),
    kind && eq(dataRequests.kind, kind),
    dueBefore === undefined ? undefined : lt(dataRequests.dueAt, dueBefore),
  );
  const rows = await readNearest(office, (database) => database.select().from(dataRequests).where(where).orderBy(...orderBy).limit(limit).all());
  return pageOf(rows, page);
}

/** From the primary, because it is decided on what it says. */
export const requestByReference = async ({ primary }: Office, reference: string): Promise<StoredRequest | null> =>
  (await primary.select().from(dataRequests).where(eq(dataRequests.reference, reference)).get()) ?? null;

/** Newest first. */
export const requestsOf = ({ primary }: Office, personId: string, limit = 200): Promise<StoredRequest[]> =>
  primary.select().from(dataRequests).where(eq(dataRequests.personId, personId)).orderBy(desc(dataRequests.receivedAt)).limit(limit).all();

/** Erasures with something left to do, the longest waiting first. */
export const erasuresToLookAt = ({ primary }: Office, now: Instant, limit: number): Promise<StoredRequest[]> =>
  primary.select().from(dataRequests).where(lte(dataRequests.lookAgainAt, now)).orderBy(asc(dataRequests.lookAgainAt)).limit(limit).all();

/** Open ones whose clock has run out. */
export const overdue = ({ primary }: Office, now: Instant): Promise<{ dueAt: Instant }[]> =>
  primary.select({ dueAt: dataRequests.dueAt }).from(dataRequests).where(and(isNull(dataRequests.decidedAt), lt(dataRequests.dueAt, now)))
    .orderBy(asc(dataRequests.dueAt)).all();

export const insertRequest = (database: OfficeDatabase, row: StoredRequest) => database.insert(dataRequests).values(row);

/** Writes what changed, to the version that was read and to no other. */
export const updateRequest = (database: OfficeDatabase, { id, version }: Pick<DataRequest, "id" | "version">, set: Partial<StoredRequest>, actor: Actor, now: Instant) => ({
  exactlyOne: database.update(dataRequests).set({ ...set, ...updatedBy(actor, now, version) }).where(and(eq(dataRequests.id, id), eq(dataRequests.version, version))),
});

export const insertErased = (database: OfficeDatabase, personId: string) => database.insert(erasedPersons).values({ personId }).onConflictDoNothing();

export const erasedAfter = ({ primary }: Office, after: string, limit: number): Promise<{ personId: string }[]> =>
  primary.select().from(erasedPersons).where(gt(erasedPersons.personId, after)).orderBy(asc(erasedPersons.personId)).limit(limit).all();
