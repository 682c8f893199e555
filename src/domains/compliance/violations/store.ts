import { and, asc, eq, gte, isNull, ne, sql } from "drizzle-orm";
import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { updatedBy } from "../../../office/columns.ts";
import { type Office, type OfficeDatabase, readNearest } from "../../../office/database.ts";
import { bothWays, type Page, pageOf, type PageQuery, partOf } from "../../../office/page.ts";
import { propagationLapses } from "../../operators/propagation/tables.ts";
import { canaryAlarms } from "../../tokens/canaries/tables.ts";
import { roleAssignments, users } from "../../users/accounts/tables.ts";
import type { ViolationState } from "./model.ts";
import type { Lapse, Met } from "./rules.ts";
import { violations } from "./tables.ts";

export type StoredViolation = typeof violations.$inferSelect;

export const BY_OPENING = bothWays("createdAt", violations.createdAt, violations.id);

export interface ViolationFilter {
  operator?: string | undefined;
  state?: ViolationState | undefined;
  /** What an operator was told of, and nothing else. */
  notified?: true;
}

export async function violationsBy(office: Office, { operator, state, notified }: ViolationFilter, page: PageQuery): Promise<Page<StoredViolation>> {
  const ofState = state === undefined ? undefined : operator === undefined ? eq(violations.state, state) : sql`+${violations.state} = ${state}`;
  const { where, orderBy, limit } = partOf(page, operator === undefined ? undefined : eq(violations.operator, operator), ofState, notified && sql`+${violations.state} <> 'proposed'`);
  return pageOf(await readNearest(office, (database) => database.select().from(violations).where(where).orderBy(...orderBy).limit(limit).all()), page);
}

/** From the primary, because it is decided on what it says. */
export const violationById = async ({ primary }: Office, id: string): Promise<StoredViolation | null> =>
  (await primary.select().from(violations).where(eq(violations.id, id)).get()) ?? null;

/** What an operator was told of, of its own; anything else is nothing. */
export const violationOf = async ({ primary }: Office, operator: string, id: string): Promise<StoredViolation | null> =>
  (await primary.select().from(violations).where(and(eq(violations.id, id), eq(violations.operator, operator), ne(violations.state, "proposed"))).get()) ?? null;

export const insertViolation = (database: OfficeDatabase, row: StoredViolation) => database.insert(violations).values(row);

/** Writes what changed, to the version that was read and to no other. */
export const updateViolation = (database: OfficeDatabase, { id, version }: Pick<StoredViolation, "id" | "version">, set: Partial<StoredViolation>, actor: Actor, now: Instant) => ({
  exactlyOne: database.update(violations).set({ ...set, ...updatedBy(actor, now, version) }).where(and(eq(violations.id, id), eq(violations.version, version))),
});

/** Identifiers that are nobody's which operators came with since an instant, and for which nothing was proposed: of the first so many meetings. */
export async function unproposedCanaries({ primary }: Office, since: Instant, limit: number): Promise<Met[]> {
  const rows = await primary.select({ operator: canaryAlarms.operator, canary: canaryAlarms.canary }).from(canaryAlarms)
    .leftJoin(violations, eq(violations.subject, sql`'canary ' || ${canaryAlarms.operator} || ' ' || ${canaryAlarms.canary}`))
    .where(and(isNull(violations.id), gte(canaryAlarms.at, since))).orderBy(asc(canaryAlarms.at), asc(canaryAlarms.id)).limit(limit).all();
  const byBoth = Map.groupBy(rows, ({ operator, canary }) => `${operator} ${canary}`);
  return [...byBoth.values()].map((some) => ({ ...some[0]!, meetings: some.length }));
}

/** What operators have not caught up with for so long, by their feeds' own word, and for which nothing was proposed: the longest first. */
export const unproposedLapses = ({ primary }: Office, { received, others }: { received: number; others: number }, limit: number): Promise<Lapse[]> =>
  primary.select({
    id: propagationLapses.id, operator: propagationLapses.operator, kind: propagationLapses.kind, count: propagationLapses.count, since: propagationLapses.since, seenAt: propagationLapses.seenAt,
  }).from(propagationLapses).leftJoin(violations, eq(violations.subject, sql`'lapse ' || ${propagationLapses.id}`))
    .where(and(eq(propagationLapses.state, "open"), isNull(violations.id), sql`${propagationLapses.seenAt} - ${propagationLapses.since} >= iif(${propagationLapses.kind} = 'received', ${received}, ${others})`))
    .orderBy(asc(propagationLapses.since), asc(propagationLapses.id)).limit(limit).all();

const SEALED = { id: users.id, dataKey: users.dataKey, sealedProfile: users.sealedProfile };
const isThere = and(eq(users.state, "active"), isNull(users.deletedAt));

/** What is sealed of an operator's administrators. From the primary, so that nothing shredded is read. */
export const administratorsOf = ({ primary }: Office, operator: string) =>
  primary.select(SEALED).from(roleAssignments).innerJoin(users, eq(users.id, roleAssignments.userId))
    .where(and(eq(roleAssignments.role, "operator_admin"), eq(roleAssignments.operator, operator), isThere)).all();

/** The same of one account, if it is there. */
export const sealedUser = ({ primary }: Office, userId: string) => primary.select(SEALED).from(users).where(and(eq(users.id, userId), isThere)).all();
