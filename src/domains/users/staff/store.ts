import { eq, isNull } from "drizzle-orm";
import { type Office, readNearest } from "../../../office/database.ts";
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
