import { and, eq, gte, isNull, lt } from "drizzle-orm";
import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { updatedBy } from "../../../office/columns.ts";
import { type Office, type OfficeDatabase, readNearest } from "../../../office/database.ts";
import { bothWays, type Page, pageOf, type PageQuery, partOf } from "../../../office/page.ts";
import { canaries, canaryAlarms } from "./tables.ts";

export type StoredCanary = typeof canaries.$inferSelect;
export type StoredAlarm = typeof canaryAlarms.$inferSelect;

export const BY_AGE = bothWays("createdAt", canaries.createdAt, canaries.id);
export const BY_TIME = bothWays("at", canaryAlarms.at, canaryAlarms.id);

/** Retired ones too: an alarm may name one. */
export async function canariesPage(office: Office, page: PageQuery): Promise<Page<StoredCanary>> {
  const { where, orderBy, limit } = partOf(page);
  const rows = await readNearest(office, (database) => database.select().from(canaries).where(where).orderBy(...orderBy).limit(limit).all());
  return pageOf(rows, page);
}

/** Which meetings are asked for; `to` is exclusive. */
export interface AlarmFilter {
  operator?: string | undefined;
  from?: Instant | undefined;
  to?: Instant | undefined;
}

export async function alarmsBy(office: Office, { operator, from, to }: AlarmFilter, page: PageQuery): Promise<Page<StoredAlarm>> {
  const times = [from === undefined ? undefined : gte(canaryAlarms.at, from), to === undefined ? undefined : lt(canaryAlarms.at, to)];
  const { where, orderBy, limit } = partOf(page, operator === undefined ? undefined : eq(canaryAlarms.operator, operator), ...times);
  const rows = await readNearest(office, (database) => database.select().from(canaryAlarms).where(where).orderBy(...orderBy).limit(limit).all());
  return pageOf(rows, page);
}

export const canaryById = async ({ primary }: Office, id: string): Promise<StoredCanary | null> =>
  (await primary.select().from(canaries).where(eq(canaries.id, id)).get()) ?? null;

export const insertCanary = (database: OfficeDatabase, row: StoredCanary) => database.insert(canaries).values(row);

/** Of two who retire it one does. */
export const retireRow = (database: OfficeDatabase, { id, version }: Pick<StoredCanary, "id" | "version">, actor: Actor, now: Instant) => ({
  exactlyOne: database.update(canaries).set({ retiredAt: now, ...updatedBy(actor, now, version) }).where(and(eq(canaries.id, id), isNull(canaries.retiredAt))),
});

/** A meeting that is there stays as it is. */
export const insertMeetings = (database: OfficeDatabase, rows: StoredAlarm[]) => database.insert(canaryAlarms).values(rows).onConflictDoNothing();
