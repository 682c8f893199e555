import { and, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import type { Actor } from "../../kernel/actor.ts";
import type { Instant } from "../../kernel/clock.ts";
import { type Office, readNearest } from "../../office/database.ts";
import { bothWays, type Page, pageOf, type PageQuery, partOf } from "../../office/page.ts";
import { auditEntries } from "../../office/tables.ts";

export type StoredEntry = typeof auditEntries.$inferSelect;

/** Which entries are asked for: those for which everything named holds. */
export interface EntryFilter {
  resource?: string | undefined;
  actor?: Pick<Actor, "kind" | "id"> | undefined;
  from?: Instant | undefined;
  /** Exclusive. */
  to?: Instant | undefined;
}

/** In the order of time, and of writing where the time is one. */
export const BY_TIME = bothWays("at", auditEntries.at, auditEntries.position);

/** What the office did. From the nearest copy. */
export async function listEntries(office: Office, filter: EntryFilter, page: PageQuery): Promise<Page<StoredEntry>> {
  const { where, orderBy, limit } = partOf(page, conditionOf(filter));
  const rows = await readNearest(office, (database) => database.select().from(auditEntries).where(where).orderBy(...orderBy).limit(limit).all());
  return pageOf(rows, page);
}

const conditionOf = ({ resource, actor, from, to }: EntryFilter): SQL | undefined =>
  and(
    resource === undefined ? undefined : eq(auditEntries.resource, resource),
    actor && (resource === undefined ? doneBy(actor) : alsoDoneBy(actor)),
    from === undefined ? undefined : gte(auditEntries.at, from),
    to === undefined ? undefined : lt(auditEntries.at, to),
  );

const doneBy = ({ kind, id }: Pick<Actor, "kind" | "id">): SQL | undefined =>
  and(eq(auditEntries.actorKind, kind), eq(auditEntries.actorId, id));

/** Not by the actor's index (the + keeps from it): a job may have done millions of things, and to one resource few were done. */
const alsoDoneBy = ({ kind, id }: Pick<Actor, "kind" | "id">): SQL =>
  sql`+${auditEntries.actorKind} = ${kind} and +${auditEntries.actorId} = ${id}`;
