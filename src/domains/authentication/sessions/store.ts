import { and, eq, gt, isNotNull, isNull, lt, lte, ne, sql } from "drizzle-orm";
import type { Instant } from "../../../kernel/clock.ts";
import type { Office, OfficeDatabase } from "../../../office/database.ts";
import { bothWays, type Page, pageOf, type PageQuery, partOf } from "../../../office/page.ts";
import { roleAssignments, users } from "../../users/accounts/tables.ts";
import type { Ending } from "./model.ts";
import { IDLE_LIFE } from "./rules.ts";
import { devices, sessions } from "./tables.ts";

export type DeviceRow = typeof devices.$inferSelect;
export type SessionRow = typeof sessions.$inferSelect;

/**
 * The session of a secret that still stands and its active holder, once for each role they hold. From the primary: it may just
 * have been ended. A blocked device has none, although one was begun on it while it was being blocked.
 */
export const standing = ({ primary }: Office, hash: string) =>
  primary
    .select({ session: sessions, role: roleAssignments.role, operator: roleAssignments.operator })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .innerJoin(devices, eq(devices.id, sessions.deviceId))
    .leftJoin(roleAssignments, eq(roleAssignments.userId, sessions.userId))
    .where(and(
      eq(sessions.hash, hash), isNull(sessions.endedAt), isNull(devices.blockedAt), eq(users.state, "active"), isNull(users.deletedAt),
    ))
    .all();

export const insertSession = (database: OfficeDatabase, row: typeof sessions.$inferInsert) => database.insert(sessions).values(row);

/** Notes that somebody is still here. */
export const seeAgain = (database: OfficeDatabase, id: string, now: Instant) =>
  database.update(sessions).set({ seenAt: now }).where(and(eq(sessions.id, id), lt(sessions.seenAt, now)));

/** Notes that the holder showed a factor again; to stand as `exactlyOne`. */
export const proveAgain = (database: OfficeDatabase, id: string, now: Instant) =>
  database.update(sessions).set({ provenAt: now, seenAt: now }).where(and(eq(sessions.id, id), isNull(sessions.endedAt)));

/** Ends one session; to stand as `exactlyOne`. */
export const endSession = (database: OfficeDatabase, id: string, ending: Ending, now: Instant) =>
  database.update(sessions).set({ endedAt: now, ending }).where(and(eq(sessions.id, id), isNull(sessions.endedAt)));

/** Ends the session a browser held, whoever's it was, when it gets another. */
export const replaceSession = (database: OfficeDatabase, hash: string, now: Instant) =>
  database.update(sessions).set({ endedAt: now, ending: "went-on" }).where(and(eq(sessions.hash, hash), isNull(sessions.endedAt)));

/** Ends every session of an account, but the one that is kept. */
export const endSessionsOf = (database: OfficeDatabase, userId: string, ending: Ending, now: Instant, kept: string | null = null) =>
  database.update(sessions).set({ endedAt: now, ending }).where(and(eq(sessions.userId, userId), isNull(sessions.endedAt), kept === null ? undefined : ne(sessions.id, kept)));

/** An account's device by its secret's hash. From the primary. */
export const deviceByHash = ({ primary }: Office, userId: string, hash: string): Promise<DeviceRow | undefined> =>
  primary.select().from(devices).where(and(eq(devices.userId, userId), eq(devices.hash, hash))).get();

/** A device that was signed in with, for the first time or again. */
export const keepDevice = (database: OfficeDatabase, row: DeviceRow) => {
  const { network, agent, country, county, lastSeenAt } = row;
  return database.insert(devices).values(row).onConflictDoUpdate({
    target: [devices.userId, devices.hash],
    set: { network, agent, country, county, lastSeenAt, signIns: sql`${devices.signIns} + 1` },
  });
};

/** The newest session has the greatest id, too. */
export const BY_BEGINNING = bothWays("createdAt", sessions.createdAt, sessions.id);

/** An account's sessions that stand. From the primary: one may just have been ended. */
export async function sessionsPage({ primary }: Office, userId: string, now: Instant, page: PageQuery): Promise<Page<SessionRow>> {
  const stands = and(isNull(sessions.endedAt), gt(sessions.expiresAt, now), gt(sessions.seenAt, now - IDLE_LIFE), lte(sessions.createdAt, now));
  const { where, orderBy, limit } = partOf(page, eq(sessions.userId, userId), stands);
  return pageOf(await primary.select().from(sessions).where(where).orderBy(...orderBy).limit(limit).all(), page);
}

/** One session of an account, over or not. */
export const sessionOfAccount = ({ primary }: Office, userId: string, id: string): Promise<SessionRow | undefined> =>
  primary.select().from(sessions).where(and(eq(sessions.id, id), eq(sessions.userId, userId))).get();

/** Ends every session on a device. */
export const endSessionsOn = (database: OfficeDatabase, deviceId: string, ending: Ending, now: Instant) =>
  database.update(sessions).set({ endedAt: now, ending }).where(and(eq(sessions.deviceId, deviceId), isNull(sessions.endedAt)));

export const BY_LAST_SEEN = bothWays("lastSeenAt", devices.lastSeenAt, devices.id);

/** An account's devices but those forgotten. From the primary: one may just have been blocked. */
export async function devicesPage({ primary }: Office, userId: string, page: PageQuery): Promise<Page<DeviceRow>> {
  const { where, orderBy, limit } = partOf(page, eq(devices.userId, userId), isNotNull(devices.hash));
  return pageOf(await primary.select().from(devices).where(where).orderBy(...orderBy).limit(limit).all(), page);
}

/** One device of an account, unless it is forgotten. */
export const deviceOfAccount = ({ primary }: Office, userId: string, id: string): Promise<DeviceRow | undefined> =>
  primary.select().from(devices).where(and(eq(devices.id, id), eq(devices.userId, userId), isNotNull(devices.hash))).get();

/** Changes a device that stands as it was read; to stand as `exactlyOne`. */
export const changeDevice = (database: OfficeDatabase, { id, hash, trustedAt, blockedAt }: DeviceRow, columns: Partial<DeviceRow>) =>
  database.update(devices).set(columns).where(and(
    eq(devices.id, id), eq(devices.hash, hash!), sql`${devices.trustedAt} is ${trustedAt}`, sql`${devices.blockedAt} is ${blockedAt}`,
  ));
