import { and, eq, inArray, sql } from "drizzle-orm";
import type { Actor } from "../../../kernel/actor.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import { createdBy, updatedBy } from "../../../office/columns.ts";
import { type Office, type OfficeDatabase, readNearest } from "../../../office/database.ts";
import { bothWays, type Page, pageOf, type PageQuery, partOf } from "../../../office/page.ts";
import { readCopy } from "../../exclusions/office/index.ts";
import { exclusions } from "../../exclusions/office/tables.ts";
import type { Lateness, LatenessKind } from "../acknowledgements/model.ts";
import { operators } from "../office/tables.ts";
import type { LapseState } from "./model.ts";
import type { OpenLapse } from "./rules.ts";
import { propagationLapses } from "./tables.ts";

type LapseRow = typeof propagationLapses.$inferSelect;

/** With what its operator is called; null for one that is not listed any more. */
export type Lapse = LapseRow & { name: string | null };

/** By since when. */
export const BY_SINCE = bothWays("since", propagationLapses.since, propagationLapses.id);

export interface LapseFilter {
  state?: LapseState | undefined;
  operator?: string | undefined;
  kind?: LatenessKind | undefined;
}

const lapsesPage = (database: OfficeDatabase, { state, operator, kind }: LapseFilter, page: PageQuery) => {
  // An operator has few lapses and others wanted few: then not by the index of states, from which the + keeps.
  const within = operator === undefined ? state && eq(propagationLapses.state, state) : and(eq(propagationLapses.operator, operator), state && sql`+${propagationLapses.state} = ${state}`);
  const { where, orderBy, limit } = partOf(page, within, kind && eq(propagationLapses.kind, kind));
  return database.select().from(propagationLapses).where(where).orderBy(...orderBy).limit(limit);
};

export async function lapsesBy(office: Office, filter: LapseFilter, page: PageQuery): Promise<Page<Lapse>> {
  const { rows, next } = pageOf(await readNearest(office, (database) => lapsesPage(database, filter, page)), page);
  const named = rows.length === 0 ? [] : await readNearest(office, (database) => operatorsNamed(database, rows.map(({ operator }) => operator)));
  const names = new Map(named.map(({ id, name }) => [id, name]));
  return { rows: rows.map((row) => ({ ...row, name: names.get(row.operator) ?? null })), next };
}

export const operatorsNamed = (database: OfficeDatabase, ids: readonly string[]) =>
  database.select({ id: operators.id, name: operators.name }).from(operators).where(inArray(operators.id, [...new Set(ids)]));

/** Every operator that is enrolled, in the order of their names. */
export const operatorsByName = (database: OfficeDatabase) =>
  database.select({ id: operators.id, name: operators.name }).from(operators).orderBy(operators.name, operators.id);

/** When an exclusion was in force. */
const spanOf = (database: OfficeDatabase, reference: string) =>
  database.select({ startedAt: exclusions.startedAt, endedAt: exclusions.endedAt }).from(exclusions).where(eq(exclusions.reference, reference));

/** When an exclusion was in force, null when the copy has none such; and every operator. */
export async function exclusionAndOperators(office: Office, reference: string) {
  const { rows: [[exclusion], found], asOf } = await readCopy(office, (database) => [spanOf(database, reference), operatorsByName(database)]);
  return { exclusion: exclusion ?? null, operators: found, asOf };
}

/** An operator's open lapses, from the primary: another sweep may just have written them. */
export const openLapses = ({ primary }: Office, operator: string): Promise<LapseRow[]> =>
  primary.select().from(propagationLapses).where(and(eq(propagationLapses.operator, operator), eq(propagationLapses.state, "open"))).all();

export const insertLapse = (database: OfficeDatabase, operator: string, { kind, since, count }: Lateness, by: Actor, now: Instant, random: Random) =>
  database.insert(propagationLapses).values({ ...createdBy(by, now, random), operator, kind, state: "open", since, count, most: count, seenAt: now, caughtUpAt: null });

type Moved = Partial<Pick<LapseRow, "state" | "since" | "count" | "most" | "seenAt" | "caughtUpAt">>;

export const moveLapse = (database: OfficeDatabase, { id, version }: Pick<OpenLapse, "id" | "version">, set: Moved, by: Actor, now: Instant) =>
  database.update(propagationLapses).set({ ...set, ...updatedBy(by, now, version) }).where(and(eq(propagationLapses.id, id), eq(propagationLapses.version, version)));
