import { and, eq, isNull, lt, ne, sql } from "drizzle-orm";
import type { Instant } from "../../../kernel/clock.ts";
import type { Office, OfficeDatabase } from "../../../office/database.ts";
import { roleAssignments, users } from "../../users/accounts/tables.ts";
import type { Ending } from "./model.ts";
import { devices, sessions } from "./tables.ts";

export type DeviceRow = typeof devices.$inferSelect;
export type SessionRow = typeof sessions.$inferSelect;

/** The session of a secret that still stands and its active holder, once for each role they hold. From the primary: it may just have been ended. */
export const standing = ({ primary }: Office, hash: string) =>
  primary
    .select({ session: sessions, role: roleAssignments.role, operator: roleAssignments.operator })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(roleAssignments, eq(roleAssignments.userId, sessions.userId))
    .where(and(eq(sessions.hash, hash), isNull(sessions.endedAt), eq(users.state, "active"), isNull(users.deletedAt)))
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
