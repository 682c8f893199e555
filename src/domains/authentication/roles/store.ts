import { and, eq, exists, isNull, ne, type SQL, sql } from "drizzle-orm";
import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { updatedBy } from "../../../office/columns.ts";
import type { Office, OfficeDatabase } from "../../../office/database.ts";
import { roleAssignments, users } from "../../users/accounts/tables.ts";
import type { Assignment, Holder } from "../capabilities.ts";

export interface Account extends Holder {
  state: "active" | "suspended";
  version: number;
}

/** An account with its roles; null when there is none, or it was deleted. From the primary: what is decided on it is written there. */
export async function accountOf({ primary }: Office, userId: string): Promise<Account | null> {
  const rows = await primary
    .select({ state: users.state, version: users.version, role: roleAssignments.role, operator: roleAssignments.operator })
    .from(users)
    .leftJoin(roleAssignments, eq(roleAssignments.userId, users.id))
    .where(and(eq(users.id, userId), isNull(users.deletedAt)))
    .all();
  const [first] = rows;
  if (!first) return null;
  const assignments = rows.flatMap(({ role, operator }): Assignment[] => (role === null ? [] : [{ role, operator: operator || null }]));
  return { userId, state: first.state, version: first.version, assignments };
}

/** Notes a change of an account read in this version, or of what belongs to it; to stand as `exactlyOne`. */
export const touchUser = (database: OfficeDatabase, { userId, version }: Account, actor: Actor, now: Instant, change: Partial<typeof users.$inferInsert> = {}) =>
  database.update(users).set({ ...change, ...updatedBy(actor, now, version) }).where(and(eq(users.id, userId), eq(users.version, version), isNull(users.deletedAt)));

/** Holds when an active administrator is left without this one: for whatever could take the last one away. */
const anotherAdministrator = (database: OfficeDatabase, userId: string): SQL =>
  exists(
    database
      .select({ one: sql`1` })
      .from(roleAssignments)
      .innerJoin(users, eq(users.id, roleAssignments.userId))
      .where(and(eq(roleAssignments.role, "super_admin"), ne(roleAssignments.userId, userId), eq(users.state, "active"), isNull(users.deletedAt))),
  );

/** Takes a role away, the last administrator's not; to stand as `exactlyOne`. */
export const deleteAssignment = (database: OfficeDatabase, userId: string, { role, operator }: Assignment) =>
  database.delete(roleAssignments).where(and(
    eq(roleAssignments.userId, userId), eq(roleAssignments.role, role), eq(roleAssignments.operator, operator ?? ""),
    role === "super_admin" ? anotherAdministrator(database, userId) : undefined,
  ));

export const isOnlyAdministrator = async ({ primary }: Office, userId: string): Promise<boolean> =>
  (await primary.select({ id: users.id }).from(users).where(and(eq(users.id, userId), anotherAdministrator(primary, userId))).get()) === undefined;
