import { and, eq, gte, inArray, lt, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { AuditSource, Outcome } from "../../audit/entry.ts";
import type { Actor } from "../../kernel/actor.ts";
import type { Instant } from "../../kernel/clock.ts";
import { type Office, type OfficeDatabase, readNearest } from "../../office/database.ts";
import { bothWays, type Page, pageOf, type PageQuery, partOf } from "../../office/page.ts";
import { auditEntries } from "../../office/tables.ts";
import type { Rule } from "./suspicion/model.ts";
import { auditFlags } from "./tables.ts";

export type StoredEntry = typeof auditEntries.$inferSelect;
export type StoredFlag = typeof auditFlags.$inferSelect;

/** An entry, and what rules find suspicious in it. */
export type FoundEntry = StoredEntry & { flags: StoredFlag[] };

/** Which entries are asked for: those for which everything named holds. */
export interface EntryFilter {
  id?: string | undefined;
  resource?: string | undefined;
  /** Marked by this rule; by any; or by any while nobody looked at it. */
  flag?: Rule | "any" | "open" | undefined;
  outcome?: Outcome | undefined;
  actor?: Pick<Actor, "kind" | "id"> | undefined;
  /** Exactly, or every one of a type: `exclusion.*`. */
  action?: string | undefined;
  source?: AuditSource | undefined;
  from?: Instant | undefined;
  /** Exclusive. */
  to?: Instant | undefined;
}

/** In the order of time, and of writing where the time is one. */
export const BY_TIME = bothWays("at", auditEntries.at, auditEntries.position);

/** What was done. From the nearest copy. */
export const listEntries = (office: Office, filter: EntryFilter, page: PageQuery): Promise<Page<FoundEntry>> =>
  readNearest(office, async (database) => {
    const { where, orderBy, limit } = partOf(page, conditionOf(filter));
    const { rows, next } = pageOf(await database.select().from(auditEntries).where(where).orderBy(...orderBy).limit(limit).all(), page);
    const marked = rows.filter(({ flagged }) => flagged).map(({ id }) => id);
    const flags = Map.groupBy(marked.length > 0 ? await flagsOf(database, marked) : [], ({ entryId }) => entryId);
    return { rows: rows.map((row) => ({ ...row, flags: flags.get(row.id) ?? [] })), next };
  });

/** What rules find suspicious in these entries. */
export const flagsOf = (database: OfficeDatabase, entryIds: readonly string[]) =>
  database.select().from(auditFlags).where(inArray(auditFlags.entryId, [...entryIds]));

export const entryById = (office: Office, id: string): Promise<StoredEntry | undefined> =>
  readNearest(office, (database) => database.select().from(auditEntries).where(eq(auditEntries.id, id)).get());

/** An action's type, if every action of a type is asked for. */
const typeIn = (action: string | undefined): string | undefined => (action?.endsWith(".*") ? action.slice(0, -2) : undefined);

/** What narrows most has its index used; an index of what else is asked for would lead through very many. In this order. */
const NARROWEST: readonly (readonly (keyof EntryFilter)[])[] = [["id"], ["resource"], ["flag"], ["outcome"], ["actor", "action"], ["actor"], ["action"], ["source"]];

function indexed(filter: EntryFilter): readonly (keyof EntryFilter)[] {
  const { action, outcome } = filter;
  // Nearly everything is done; and a type is found by its own index, not beside an actor's.
  const asked: EntryFilter = { ...filter, outcome: outcome === "done" ? undefined : outcome };
  return NARROWEST.find((names) => names.every((name) => asked[name] !== undefined) && !(names.length > 1 && typeIn(action) !== undefined)) ?? [];
}

function conditionOf(filter: EntryFilter): SQL | undefined {
  const by = indexed(filter);
  const { id, resource, flag, outcome, actor, action, source, from, to } = filter;
  /** The + keeps from the column's index. */
  const is = (name: keyof EntryFilter, column: SQLiteColumn, value: string | undefined): SQL | undefined => {
    if (value === undefined) return undefined;
    return by.includes(name) ? eq(column, value) : sql`+${column} = ${value}`;
  };
  const type = typeIn(action);
  return and(
    is("id", auditEntries.id, id),
    is("resource", auditEntries.resource, resource),
    flag && (by.includes("flag") ? sql`${auditEntries.flagged} = 1` : sql`+${auditEntries.flagged} = 1`),
    flag && flag !== "any" ? markedBy(flag) : undefined,
    by.includes("outcome") ? sql`${auditEntries.outcome} <> 'done'` : undefined,
    is("outcome", auditEntries.outcome, outcome),
    is("actor", auditEntries.actorKind, actor?.kind),
    is("actor", auditEntries.actorId, actor?.id),
    type === undefined ? is("action", auditEntries.action, action) : is("action", auditEntries.actionType, type),
    is("source", auditEntries.source, source),
    from === undefined ? undefined : gte(auditEntries.at, from),
    to === undefined ? undefined : lt(auditEntries.at, to),
  );
}

const markedBy = (flag: Rule | "open"): SQL => {
  const which = flag === "open" ? sql`${auditFlags.seenAt} is null` : sql`${auditFlags.rule} = ${flag}`;
  return sql`exists (select 1 from ${auditFlags} where ${auditFlags.entryId} = ${auditEntries.id} and ${which})`;
};

export const flagById = ({ primary }: Office, id: string): Promise<StoredFlag | undefined> =>
  primary.select().from(auditFlags).where(eq(auditFlags.id, id)).get();

/** Changes one row, unless somebody else changed it since it was read. */
export const updateFlag = (database: OfficeDatabase, { id, version }: Pick<StoredFlag, "id" | "version">, set: Partial<StoredFlag>) =>
  database.update(auditFlags).set(set).where(and(eq(auditFlags.id, id), eq(auditFlags.version, version)));
