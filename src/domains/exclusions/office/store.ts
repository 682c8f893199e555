import { desc, eq, gte, inArray, lt, ne, type SQL, sql } from "drizzle-orm";
import type { BatchItem, BatchResponse } from "drizzle-orm/batch";
import type { Instant } from "../../../kernel/clock.ts";
import { asInserted } from "../../../office/columns.ts";
import { type Office, type OfficeDatabase, readNearest } from "../../../office/database.ts";
import { bothWays, type PageQuery, partOf } from "../../../office/page.ts";
import type { ExclusionState, Origin } from "../model.ts";
import type { PolicyCode } from "../policies.ts";
import type { Progress } from "./rules.ts";
import { exclusionChanges, exclusions, projections } from "./tables.ts";

export type ExclusionRow = typeof exclusions.$inferSelect;
export type ExclusionChangeRow = typeof exclusionChanges.$inferSelect;

export const progressRow = (database: OfficeDatabase) => database.select().from(projections);

export const beginProgress = (database: OfficeDatabase, progress: Progress) =>
  database.insert(projections).values({ one: 1, ...progress }).onConflictDoNothing();

/** What the office's copy of Register says, of one moment and from the nearest place, and how current that is: null before it first was whole. */
export async function readCopy<const Queries extends readonly [BatchItem<"sqlite">, ...BatchItem<"sqlite">[]]>(
  office: Office, queries: (database: OfficeDatabase) => Queries,
): Promise<{ rows: BatchResponse<Queries>; asOf: Instant | null }> {
  const [progress, ...rows] = await readNearest(office, (database) => database.batch([progressRow(database), ...queries(database)]));
  return { rows: rows as BatchResponse<Queries>, asOf: progress[0]?.asOf ?? null };
}

/** The copy begins anew, whoever is at it. */
export const forgetLog = (database: OfficeDatabase) =>
  database.update(projections).set({ logId: null, position: 0, version: sql`${projections.version} + 1` });

/** Changes one row, unless somebody else moved it since it was read. */
export const moveProgress = (database: OfficeDatabase, from: Progress, to: Progress) =>
  database.update(projections).set(to).where(eq(projections.version, from.version));

export const putExclusions = (database: OfficeDatabase, rows: ExclusionRow[]) =>
  database.insert(exclusions).values(rows).onConflictDoUpdate({ target: exclusions.id, set: asInserted(exclusions) });

export const putChanges = (database: OfficeDatabase, rows: ExclusionChangeRow[]) =>
  database.insert(exclusionChanges).values(rows).onConflictDoUpdate({ target: exclusionChanges.id, set: asInserted(exclusionChanges) });

/** Takes out what the newest generation does not have. */
export const dropOlder = (database: OfficeDatabase, generation: number) =>
  [exclusionChanges, exclusions].map((table) => database.delete(table).where(ne(table.generation, generation)));

/**
 * Takes out what concerns a person whom Register forgot. The copy's version moves with it, so that no page that was read before puts them
 * back.
 */
export const dropPerson = (database: OfficeDatabase, personId: string) => {
  const theirs = database.select({ reference: exclusions.reference }).from(exclusions).where(eq(exclusions.personId, personId));
  return [
    database.delete(exclusionChanges).where(inArray(exclusionChanges.reference, theirs)),
    database.delete(exclusions).where(eq(exclusions.personId, personId)),
    database.update(projections).set({ version: sql`${projections.version} + 1` }),
  ];
};

export interface ExclusionFilter {
  personId?: string | undefined;
  state?: ExclusionState | undefined;
  policy?: PolicyCode | undefined;
  origin?: Origin | undefined;
  /** Begun from then on, and before. */
  from?: Instant | undefined;
  to?: Instant | undefined;
}

/** In the order they began. */
export const BY_START = bothWays("startedAt", exclusions.startedAt, exclusions.id);

export const exclusionsPage = (database: OfficeDatabase, filter: ExclusionFilter, page: PageQuery) => {
  const { where, orderBy, limit } = partOf(page, ...kept(filter));
  return database.select().from(exclusions).where(where).orderBy(...orderBy).limit(limit);
};

const kept = (filter: ExclusionFilter): (SQL | undefined)[] => [
  ...narrowed(filter),
  filter.from === undefined ? undefined : gte(exclusions.startedAt, filter.from),
  filter.to === undefined ? undefined : lt(exclusions.startedAt, filter.to),
];

/** A person has few exclusions and others wanted few: then not by the indexes of state and policy, from which the + keeps. */
function narrowed({ personId, state, policy, origin }: ExclusionFilter): (SQL | undefined)[] {
  const beside = [state && sql`+${exclusions.state} = ${state}`, policy && sql`+${exclusions.policy} = ${policy}`];
  const notByOrigin = origin && sql`+${exclusions.origin} = ${origin}`;
  if (personId !== undefined) return [eq(exclusions.personId, personId), ...beside, notByOrigin];
  if (origin !== undefined && (origin !== "self" || (!state && !policy))) return [eq(exclusions.origin, origin), ...beside];
  return [state && eq(exclusions.state, state), policy && eq(exclusions.policy, policy), notByOrigin];
}

export const exclusionByReference = (database: OfficeDatabase, reference: string) =>
  database.select().from(exclusions).where(eq(exclusions.reference, reference));

/** Those of these references that the copy has. */
export const exclusionsByReferences = (database: OfficeDatabase, references: readonly string[]) =>
  database.select().from(exclusions).where(inArray(exclusions.reference, [...references]));

/** Newest first. */
export const lastChanges = (database: OfficeDatabase, reference: string, limit: number) =>
  database.select().from(exclusionChanges).where(eq(exclusionChanges.reference, reference)).orderBy(desc(exclusionChanges.position)).limit(limit);
