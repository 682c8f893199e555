import { and, asc, eq, isNull, lt } from "drizzle-orm";
import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { updatedBy } from "../../../office/columns.ts";
import { type Office, type OfficeDatabase, readNearest } from "../../../office/database.ts";
import { bothWays, type Page, pageOf, type PageQuery, partOf } from "../../../office/page.ts";
import type { Judged } from "./model.ts";
import { operatorKeys } from "../office/tables.ts";
import { conformanceResults, conformanceRuns } from "./tables.ts";

export type StoredRun = typeof conformanceRuns.$inferSelect;
export type StoredResult = typeof conformanceResults.$inferSelect;

export const BY_TIME = bothWays("createdAt", conformanceRuns.createdAt, conformanceRuns.id);

export async function runsOf(office: Office, operator: string, page: PageQuery): Promise<Page<StoredRun>> {
  const { where, orderBy, limit } = partOf(page, eq(conformanceRuns.operator, operator));
  const rows = await readNearest(office, (database) => database.select().from(conformanceRuns).where(where).orderBy(...orderBy).limit(limit).all());
  return pageOf(rows, page);
}

export const runById = async ({ primary }: Office, id: string): Promise<StoredRun | null> =>
  (await primary.select().from(conformanceRuns).where(eq(conformanceRuns.id, id)).get()) ?? null;

/** Every result of a run, in its order. */
export const resultsOf = async ({ primary }: Office, run: string): Promise<StoredResult[]> =>
  primary.select().from(conformanceResults).where(eq(conformanceResults.run, run)).orderBy(asc(conformanceResults.place)).all();

/** Runs nobody has carried on since then. */
export const abandonedRuns = async ({ primary }: Office, before: Instant): Promise<StoredRun[]> =>
  primary.select().from(conformanceRuns).where(and(eq(conformanceRuns.state, "running"), lt(conformanceRuns.updatedAt, before))).all();

export const insertRun = (database: OfficeDatabase, row: StoredRun) => database.insert(conformanceRuns).values(row);

export const insertPlan = (database: OfficeDatabase, run: string, scenarios: readonly string[]) =>
  database.insert(conformanceResults).values(scenarios.map((scenario, place) => ({ run, place, scenario, came: null, passed: null, at: null })));

/** Of two who carry on one run one is refused. */
export const updateRun = (database: OfficeDatabase, { id, version }: Pick<StoredRun, "id" | "version">, set: Partial<StoredRun>, actor: Actor, now: Instant) => ({
  exactlyOne: database.update(conformanceRuns).set({ ...set, ...updatedBy(actor, now, version) }).where(and(eq(conformanceRuns.id, id), eq(conformanceRuns.version, version))),
});

export const updateResult = (database: OfficeDatabase, { run, place }: Pick<StoredResult, "run" | "place">, judged: Judged, at: Instant) => ({
  exactlyOne: database.update(conformanceResults).set({ ...judged, at })
    .where(and(eq(conformanceResults.run, run), eq(conformanceResults.place, place), isNull(conformanceResults.at))),
});

/** The operator's keys for test persons, revoked ones too. */
export const testKeysOf = async ({ primary }: Office, operator: string): Promise<{ id: string }[]> =>
  primary.select({ id: operatorKeys.id }).from(operatorKeys).where(and(eq(operatorKeys.operator, operator), eq(operatorKeys.mode, "test"))).all();
