import { and, asc, eq, exists, gt, inArray, isNotNull, isNull, ne, sql } from "drizzle-orm";
import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { updatedBy } from "../../../office/columns.ts";
import { type Office, type OfficeDatabase, readNearest } from "../../../office/database.ts";
import { bothWays, type Page, pageOf, type PageQuery, partOf } from "../../../office/page.ts";
import type { Assignment } from "../../authentication/capabilities.ts";
import { isAdministrator, type Target } from "./rules.ts";
import { roleAssignments, users } from "./tables.ts";

export type UserRow = typeof users.$inferSelect;

export const insertUser = (database: OfficeDatabase, row: typeof users.$inferInsert) => database.insert(users).values(row);

export const insertAssignment = (database: OfficeDatabase, row: typeof roleAssignments.$inferInsert) => database.insert(roleAssignments).values(row);

/** Takes a role away, the last administrator's not; to stand as `exactlyOne`. */
export const deleteAssignment = (database: OfficeDatabase, userId: string, { role, operator }: Assignment) =>
  database.delete(roleAssignments).where(and(
    eq(roleAssignments.userId, userId), eq(roleAssignments.role, role), eq(roleAssignments.operator, operator ?? ""),
    role === "super_admin" ? anotherAdministrator(database, userId) : undefined,
  ));

/** Holds when an active administrator is left without this account: for whatever could take the last one away, at that moment. */
const anotherAdministrator = (database: OfficeDatabase, id: string) =>
  exists(
    database
      .select({ one: sql`1` })
      .from(roleAssignments)
      .innerJoin(users, eq(users.id, roleAssignments.userId))
      .where(and(eq(roleAssignments.role, "super_admin"), ne(roleAssignments.userId, id), eq(users.state, "active"), isNull(users.deletedAt))),
  );

/** An account as it stands, and as an act on it is judged. */
export type Account = UserRow & Target;

/** An account, deleted or not; null when there is none. From the primary: what is decided on it is written there. */
export async function accountOf({ primary }: Office, id: string): Promise<Account | null> {
  const another = sql<boolean>`${anotherAdministrator(primary, id)}`.mapWith(Boolean);
  const rows = await primary
    .select({ user: users, role: roleAssignments.role, operator: roleAssignments.operator, another })
    .from(users)
    .leftJoin(roleAssignments, eq(roleAssignments.userId, users.id))
    .where(eq(users.id, id))
    .all();
  const [first] = rows;
  if (!first) return null;
  const assignments = rows.flatMap(({ role, operator }): Assignment[] => (role === null ? [] : [{ role, operator: operator || null }]));
  return { ...first.user, assignments, anotherAdministrator: first.another };
}

/** As `accountOf`, and null when it is deleted. */
export async function presentAccountOf(office: Office, id: string): Promise<Account | null> {
  const account = await accountOf(office, id);
  return account?.deletedAt === null ? account : null;
}

/** Which accounts are asked for. */
export interface UserFilter {
  deleted: boolean;
  state?: UserRow["state"] | undefined;
}

export const BY_CREATION = bothWays("createdAt", users.createdAt, users.id);

/** From the nearest copy. */
export async function listUsers(office: Office, { deleted, state }: UserFilter, page: PageQuery): Promise<Page<UserRow>> {
  const isDeleted = sql`(${users.deletedAt} is not null) = ${deleted ? 1 : 0}`;
  const { where, orderBy, limit } = partOf(page, isDeleted, state && eq(users.state, state));
  const rows = await readNearest(office, (database) => database.select().from(users).where(where).orderBy(...orderBy).limit(limit).all());
  return pageOf(rows, page);
}

/**
 * Changes an account read in this version; to stand as `exactlyOne`. One that keeps an administrator out changes nothing
 * unless another is left at that moment: two who delete each other at once leave one.
 */
export const updateUser = (database: OfficeDatabase, target: Target, columns: Partial<UserRow>, keepsOut: boolean) =>
  database.update(users).set(columns).where(and(
    eq(users.id, target.id), eq(users.version, target.version),
    keepsOut && isAdministrator(target) ? anotherAdministrator(database, target.id) : undefined,
  ));

/** What is sealed of each of these accounts that there is; nulls when it was shredded. From the primary, so that nothing shredded is read. */
export const sealedOf = ({ primary }: Office, userIds: readonly string[]): Promise<Pick<UserRow, "id" | "dataKey" | "sealedProfile">[]> =>
  primary.select({ id: users.id, dataKey: users.dataKey, sealedProfile: users.sealedProfile }).from(users).where(inArray(users.id, [...userIds])).all();

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
  const gone = { dataKey: null, sealedProfile: null, emailKey: null, phoneKey: null, ...updatedBy(actor, now, version) };
  const read = and(eq(users.id, id), eq(users.version, version));
  return [database.update(users).set(overwritten).where(read), { exactlyOne: database.update(users).set(gone).where(read) }];
};
