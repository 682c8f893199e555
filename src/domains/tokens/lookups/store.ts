import { and, asc, desc, eq, gt, isNotNull, lt } from "drizzle-orm";
import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { updatedBy } from "../../../office/columns.ts";
import { type Office, type OfficeDatabase, readNearest } from "../../../office/database.ts";
import { bothWays, type Page, pageOf, type PageQuery, partOf } from "../../../office/page.ts";
import type { LookupState } from "./model.ts";
import { tokenLookups } from "./tables.ts";

export type StoredLookup = typeof tokenLookups.$inferSelect;

export interface LookupFilter {
  state?: LookupState | undefined;
}

export const BY_ASKING = bothWays("createdAt", tokenLookups.createdAt, tokenLookups.id);

export async function lookupsBy(office: Office, { state }: LookupFilter, page: PageQuery): Promise<Page<StoredLookup>> {
  const { where, orderBy, limit } = partOf(page, state && eq(tokenLookups.state, state));
  const rows = await readNearest(office, (database) => database.select().from(tokenLookups).where(where).orderBy(...orderBy).limit(limit).all());
  return pageOf(rows, page);
}

// From the primary, because it is decided on what they say.

export const lookupById = async ({ primary }: Office, id: string): Promise<StoredLookup | null> =>
  (await primary.select().from(tokenLookups).where(eq(tokenLookups.id, id)).get()) ?? null;

/** When somebody asked since then, newest first, at most so many. */
export const lookupsSince = async ({ primary }: Office, by: string, since: Instant, most: number): Promise<Instant[]> =>
  (await primary.select({ at: tokenLookups.createdAt }).from(tokenLookups)
    .where(and(eq(tokenLookups.createdBy, by), gt(tokenLookups.createdAt, since))).orderBy(desc(tokenLookups.createdAt)).limit(most).all()).map(({ at }) => at);

/** Those whose time is over and that still know their token. */
export const lookupsToExpire = ({ primary }: Office, now: Instant, limit: number): Promise<{ id: string; version: number }[]> =>
  primary.select({ id: tokenLookups.id, version: tokenLookups.version }).from(tokenLookups)
    .where(and(isNotNull(tokenLookups.tokenKey), lt(tokenLookups.until, now))).orderBy(asc(tokenLookups.until)).limit(limit).all();

export const insertLookup = (database: OfficeDatabase, row: StoredLookup) => database.insert(tokenLookups).values(row);

/** Writes what changed, to the version that was read and to no other. */
export const updateLookup = (database: OfficeDatabase, { id, version }: Pick<StoredLookup, "id" | "version">, set: Partial<StoredLookup>, actor: Actor, now: Instant) => ({
  exactlyOne: database.update(tokenLookups).set({ ...set, ...updatedBy(actor, now, version) }).where(and(eq(tokenLookups.id, id), eq(tokenLookups.version, version))),
});
