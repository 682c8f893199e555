import { and, asc, desc, eq, getTableColumns, gt, gte, inArray, isNull, lt, lte, or, type SQL, sql } from "drizzle-orm";
import type { Instant } from "../../../kernel/clock.ts";
import { asInserted } from "../../../office/columns.ts";
import type { Statement } from "../../../office/commit.ts";
import type { OfficeDatabase } from "../../../office/database.ts";
import { exclusionChanges, exclusions } from "../office/tables.ts";
import { type Counted, type DayFigures, type Dimension, DIMENSIONS, type Figure, FIGURES, WAITS } from "./model.ts";
import { exclusionsInForce, exclusionStatistics, exclusionWaits, replicaStaleness, statisticsProgress, statisticsRuns } from "./tables.ts";

export const countedRow = (database: OfficeDatabase) => database.select().from(statisticsProgress);

export const beginCounted = (database: OfficeDatabase, counted: Counted) =>
  database.insert(statisticsProgress).values({ one: 1, ...counted }).onConflictDoNothing();

/** Changes one row, unless somebody else moved it since it was read. */
export const moveCounted = (database: OfficeDatabase, from: Counted, to: Counted) =>
  database.update(statisticsProgress).set({ ...to, version: from.version + 1 }).where(eq(statisticsProgress.version, from.version));

/** When Register did the first thing from then on. */
export const firstChangeFrom = (database: OfficeDatabase, from: Instant) =>
  database.select({ at: exclusionChanges.at }).from(exclusionChanges).where(gte(exclusionChanges.at, from)).orderBy(asc(exclusionChanges.at)).limit(1);

/** When the changes after a position, up to another, were. */
export const changesBetween = (database: OfficeDatabase, after: number, upTo: number, limit: number) =>
  database.select({ position: exclusionChanges.position, at: exclusionChanges.at }).from(exclusionChanges)
    .where(and(gt(exclusionChanges.position, after), lte(exclusionChanges.position, upTo))).orderBy(asc(exclusionChanges.position)).limit(limit);

/** A part of what was done in a time, in its order. */
export const changesWithin = (database: OfficeDatabase, { from, until }: Span, after: { at: Instant; id: string } | null, limit: number) =>
  database.select({ at: exclusionChanges.at, id: exclusionChanges.id, reference: exclusionChanges.reference }).from(exclusionChanges)
    .where(and(gte(exclusionChanges.at, from), lt(exclusionChanges.at, until), after ? sql`(${exclusionChanges.at}, ${exclusionChanges.id}) > (${after.at}, ${after.id})` : undefined))
    .orderBy(asc(exclusionChanges.at), asc(exclusionChanges.id)).limit(limit);

/** Everything that happened to each of these exclusions, in Register's order. */
export const historiesOf = (database: OfficeDatabase, references: readonly string[]) =>
  database.select({
    reference: exclusionChanges.reference, id: exclusionChanges.id, at: exclusionChanges.at, action: exclusionChanges.action, channel: exclusionChanges.channel,
    payload: exclusionChanges.payload,
  }).from(exclusionChanges).where(inArray(exclusionChanges.reference, [...references])).orderBy(asc(exclusionChanges.reference), asc(exclusionChanges.position));

export const subjectsOf = (database: OfficeDatabase, references: readonly string[]) =>
  database.select({ reference: exclusions.reference, origin: exclusions.origin, county: exclusions.county, policy: exclusions.policy })
    .from(exclusions).where(inArray(exclusions.reference, [...references]));

/** Instants from one on and before another. */
export interface Span {
  from: Instant;
  until: Instant;
}

/** Days from one to another, both with them; null has no last one. */
export interface Days {
  from: string;
  to: string | null;
}

const within = (column: typeof exclusionStatistics.day | typeof exclusionsInForce.day | typeof exclusionWaits.day, { from, to }: Days): SQL =>
  and(gte(column, from), to === null ? undefined : lte(column, to))!;

/** Takes out what is known of these days and puts in what was counted. */
export function replaceDays(database: OfficeDatabase, days: Days, { counts, shifts, waited }: DayFigures): Statement[] {
  return [
    database.delete(exclusionStatistics).where(and(inArray(exclusionStatistics.figure, FIGURES), inArray(exclusionStatistics.dimension, DIMENSIONS), within(exclusionStatistics.day, days))),
    database.delete(exclusionsInForce).where(within(exclusionsInForce.day, days)),
    database.delete(exclusionWaits).where(and(inArray(exclusionWaits.wait, WAITS), within(exclusionWaits.day, days))),
    ...(counts.length > 0 ? [database.insert(exclusionStatistics).values(counts)] : []),
    ...(shifts.length > 0 ? [database.insert(exclusionsInForce).values(shifts)] : []),
    ...(waited.length > 0 ? [database.insert(exclusionWaits).values(waited)] : []),
  ];
}

export const insertRun = (database: OfficeDatabase, run: { id: string; startedAt: Instant }) =>
  database.insert(statisticsRuns).values({ ...run, finishedAt: null, processed: 0, failed: 0 });

export const finishRun = (database: OfficeDatabase, id: string, ended: { finishedAt: Instant; processed: number; failed: number }) =>
  database.update(statisticsRuns).set(ended).where(eq(statisticsRuns.id, id));

/** Those that began before this id could be drawn. */
export const dropRuns = (database: OfficeDatabase, before: string) => database.delete(statisticsRuns).where(lt(statisticsRuns.id, before));

export const lastRun = (database: OfficeDatabase) => database.select().from(statisticsRuns).orderBy(desc(statisticsRuns.id)).limit(1);

/** The first day anything was counted of. */
export const firstDay = (database: OfficeDatabase) =>
  database.select({ day: exclusionsInForce.day }).from(exclusionsInForce).orderBy(asc(exclusionsInForce.day)).limit(1);

const monthOf = (day: typeof exclusionStatistics.day | typeof exclusionsInForce.day) => sql<string>`substr(${day}, 1, 7)`;
const sum = (column: typeof exclusionStatistics.count | typeof exclusionsInForce.change) => sql<number>`sum(${column})`;

/** What was counted of a figure in a dimension, month by month. */
export const monthlyCounts = (database: OfficeDatabase, figure: Figure, dimension: Dimension, days: Days) =>
  database.select({ month: monthOf(exclusionStatistics.day).as("month"), value: exclusionStatistics.value, count: sum(exclusionStatistics.count) }).from(exclusionStatistics)
    .where(and(eq(exclusionStatistics.figure, figure), eq(exclusionStatistics.dimension, dimension), within(exclusionStatistics.day, days)))
    .groupBy(sql`month`, exclusionStatistics.value);

/** What was counted in a dimension, day by day. */
export const dailyCounts = (database: OfficeDatabase, figures: readonly Figure[], dimension: Dimension, days: Days) =>
  database.select({ day: exclusionStatistics.day, figure: exclusionStatistics.figure, parts }).from(exclusionStatistics)
    .where(and(inArray(exclusionStatistics.figure, [...figures]), eq(exclusionStatistics.dimension, dimension), within(exclusionStatistics.day, days)))
    .groupBy(exclusionStatistics.figure, exclusionStatistics.day);

/** One row a day instead of one a part: a server is asked in JSON, and 1,500 rows take it twice as long. */
const parts = sql<string>`json_group_array(json_array(${exclusionStatistics.value}, ${exclusionStatistics.count}))`.mapWith((text: string) => JSON.parse(text) as [value: string, count: number][]);

/** Each figure's sum. */
export const sumsOf = (database: OfficeDatabase, days: Days) =>
  database.select({ figure: exclusionStatistics.figure, count: sql<number>`sum(${exclusionStatistics.count})` }).from(exclusionStatistics)
    .where(and(inArray(exclusionStatistics.figure, [...FIGURES]), eq(exclusionStatistics.dimension, "all"), within(exclusionStatistics.day, days)))
    .groupBy(exclusionStatistics.figure);

/** By how many the exclusions in force became more in each month until a day. */
export const monthlyShifts = (database: OfficeDatabase, to: string) =>
  database.select({ month: monthOf(exclusionsInForce.day).as("month"), change: sum(exclusionsInForce.change) }).from(exclusionsInForce)
    .where(lte(exclusionsInForce.day, to)).groupBy(sql`month`);

/** How many are in force when a day begins. */
export const inForceBefore = (database: OfficeDatabase, day: string) =>
  database.select({ policy: exclusionsInForce.policy, origin: exclusionsInForce.origin, change: sum(exclusionsInForce.change) }).from(exclusionsInForce)
    .where(lt(exclusionsInForce.day, day)).groupBy(exclusionsInForce.policy, exclusionsInForce.origin);

export const shiftsIn = (database: OfficeDatabase, days: Days) => database.select().from(exclusionsInForce).where(within(exclusionsInForce.day, days)).orderBy(asc(exclusionsInForce.day));

/** How many took how long. */
export const waitsIn = (database: OfficeDatabase, days: Days) =>
  database.select({ wait: exclusionWaits.wait, hours: exclusionWaits.hours, count: sql<number>`sum(${exclusionWaits.count})` }).from(exclusionWaits)
    .where(and(inArray(exclusionWaits.wait, WAITS), within(exclusionWaits.day, days))).groupBy(exclusionWaits.wait, exclusionWaits.hours);

/** How many have a promised end in this time, as it was last promised, and were in force until it. */
export const reachedEnds = (database: OfficeDatabase, { from, until }: Span) =>
  database.select({ count: sql<number>`count(*)` }).from(exclusions)
    .where(and(gte(exclusions.endsAt, from), lt(exclusions.endsAt, until), or(isNull(exclusions.endedAt), gte(exclusions.endedAt, exclusions.endsAt))));

export const stalenessOf = (database: OfficeDatabase, hour: Instant) =>
  database.select({ replica: replicaStaleness.replica, minutes: replicaStaleness.minutes }).from(replicaStaleness).where(eq(replicaStaleness.hour, hour));

export const putStaleness = (database: OfficeDatabase, rows: (typeof replicaStaleness.$inferInsert)[]) =>
  database.insert(replicaStaleness).values(rows).onConflictDoUpdate({ target: [replicaStaleness.hour, replicaStaleness.replica], set: asInserted(replicaStaleness) });

export const dropStaleness = (database: OfficeDatabase, before: Instant) => database.delete(replicaStaleness).where(lt(replicaStaleness.hour, before));

/** Without the samples themselves. */
export function stalenessIn(database: OfficeDatabase, { from, until }: Span) {
  const { minutes: _, ...columns } = getTableColumns(replicaStaleness);
  return database.select(columns).from(replicaStaleness).where(and(gte(replicaStaleness.hour, from), lt(replicaStaleness.hour, until)))
    .orderBy(asc(replicaStaleness.hour), asc(replicaStaleness.replica));
}
