import { and, asc, eq, gt, isNotNull, sql } from "drizzle-orm";
import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { updatedBy } from "../../../office/columns.ts";
import type { Office, OfficeDatabase } from "../../../office/database.ts";
import { roleAssignments, users } from "./tables.ts";

export const insertUser = (database: OfficeDatabase, row: typeof users.$inferInsert) => database.insert(users).values(row);

export const insertAssignment = (database: OfficeDatabase, row: typeof roleAssignments.$inferInsert) => database.insert(roleAssignments).values(row);

/** What is sealed of an account; undefined when there is no such account, nulls when it was shredded. From the primary, so that nothing shredded is read. */
export const sealedOf = ({ primary }: Office, userId: string) =>
  primary.select({ dataKey: users.dataKey, sealedProfile: users.sealedProfile }).from(users).where(eq(users.id, userId)).get();

/** Accounts that have a data key, by id. */
export const wrappedKeysAfter = ({ primary }: Office, after: string, limit: number): Promise<{ id: string; dataKey: Uint8Array | null }[]> =>
  primary
    .select({ id: users.id, dataKey: users.dataKey })
    .from(users)
    .where(and(gt(users.id, after), isNotNull(users.dataKey)))
    .orderBy(asc(users.id))
    .limit(limit)
    .all();

/** Puts a data key wrapped anew in the place of the one that was read, unless that was changed or shredded meanwhile. */
export const replaceDataKey = (database: OfficeDatabase, id: string, read: Uint8Array, wrapped: Uint8Array) =>
  database.update(users).set({ dataKey: wrapped }).where(and(eq(users.id, id), eq(users.dataKey, read)));

/**
 * Rows of a change that destroys the data key of an account, read in version `version`, with what is sealed under it and
 * what it is found by: whoever holds every key-encryption key opens nothing any more. Their bytes are overwritten before
 * they go: what SQLite only lets go of may stay in its file.
 */
export const shredUser = (database: OfficeDatabase, { id, version }: { id: string; version: number }, actor: Actor, now: Instant) => {
  const overwritten = { dataKey: sql`zeroblob(length(${users.dataKey}))`, sealedProfile: sql`zeroblob(length(${users.sealedProfile}))` };
  const gone = { dataKey: null, sealedProfile: null, emailKey: null, ...updatedBy(actor, now, version) };
  const read = and(eq(users.id, id), eq(users.version, version));
  return [database.update(users).set(overwritten).where(read), { exactlyOne: database.update(users).set(gone).where(read) }];
};
