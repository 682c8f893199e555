import { and, eq, exists, isNull, ne, sql } from "drizzle-orm";
import type { Assignment } from "../../authentication/capabilities.ts";
import { type Office, type OfficeDatabase, readNearest } from "../../../office/database.ts";
import { bothWays, pageOf, type PageQuery, partOf } from "../../../office/page.ts";
import { roleAssignments, users } from "../accounts/tables.ts";

const { id, userId, role, createdAt: since } = roleAssignments;
const shown = { id, userId, role, since, state: users.state };

export interface StaffFilter {
  role?: (typeof roleAssignments.$inferSelect)["role"] | undefined;
  state?: (typeof users.$inferSelect)["state"] | undefined;
}

/** Their ids are in the order of their making. */
export const BY_ASSIGNMENT = bothWays("since", roleAssignments.id);

/** Who holds which role for an operator. */
export async function staffPage(office: Office, operator: string, filter: StaffFilter, page: PageQuery) {
  const { where, orderBy, limit } = partOf(
    page, eq(roleAssignments.operator, operator), isNull(users.deletedAt), filter.role && eq(role, filter.role), filter.state && eq(users.state, filter.state),
  );
  const rows = await readNearest(office, (database) =>
    database.select(shown).from(roleAssignments).innerJoin(users, eq(users.id, userId)).where(where).orderBy(...orderBy).limit(limit).all());
  return pageOf(rows, page);
}

export type StaffRow = Awaited<ReturnType<typeof staffPage>>["rows"][number];

/** An active administrator of the operator beside this account. */
const anotherAdministrator = (database: OfficeDatabase, operator: string, than: string) =>
  database.select({ one: sql`1` }).from(roleAssignments).innerJoin(users, eq(users.id, userId)).where(and(
    eq(role, sql`'operator_admin'`), eq(roleAssignments.operator, operator), ne(userId, than), eq(users.state, "active"), isNull(users.deletedAt),
  ));

/** Whether an operator has an active administrator beside this account. From the primary. */
export const hasAnotherAdministrator = async ({ primary }: Office, operator: string, than: string): Promise<boolean> =>
  (await anotherAdministrator(primary, operator, than).limit(1).get()) !== undefined;

/** The accounts that administer an operator. */
export const administratorsOf = ({ primary }: Office, operator: string) =>
  primary.select({ id: users.id, dataKey: users.dataKey, sealedProfile: users.sealedProfile }).from(roleAssignments).innerJoin(users, eq(users.id, userId)).where(and(
    eq(role, sql`'operator_admin'`), eq(roleAssignments.operator, operator), eq(users.state, "active"), isNull(users.deletedAt),
  )).all();

/** Takes a role for an operator away, the last administrator's not; to stand as `exactlyOne`. */
export const takeOperatorRole = (database: OfficeDatabase, from: string, { role: taken, operator }: Assignment) =>
  database.delete(roleAssignments).where(and(
    eq(userId, from), eq(role, taken), eq(roleAssignments.operator, operator!),
    taken === "operator_admin" ? exists(anotherAdministrator(database, operator!, from)) : undefined,
  ));
