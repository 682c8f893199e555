import { and, desc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import type { Actor } from "../../kernel/actor.ts";
import type { Instant } from "../../kernel/clock.ts";
import { type Office, readNearest } from "../../office/database.ts";
import { beyond, type Page, pageOf, type PageQuery, rowsToAsk } from "../../office/page.ts";
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

/** What the office did, newest first. From the nearest copy. */
export async function listEntries(office: Office, filter: EntryFilter, page: PageQuery): Promise<Page<StoredEntry>> {
  const { at, position } = auditEntries;
  const rows = await readNearest(office, (database) =>
    database.select().from(auditEntries).where(and(conditionOf(filter), beyond([at, position], page, "descending")))
      .orderBy(desc(at), desc(position)).limit(rowsToAsk(page)).all());
  return pageOf(rows, page, (row) => [row.at, row.position]);
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
