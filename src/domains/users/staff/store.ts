import { and, asc, eq, isNull } from "drizzle-orm";
import { type Office, readNearest } from "../../../office/database.ts";
import { beyond, type PageQuery, rowsToAsk } from "../../../office/page.ts";
import { roleAssignments, users } from "../accounts/tables.ts";

const shown = { userId: roleAssignments.userId, role: roleAssignments.role, state: users.state, since: roleAssignments.createdAt };

/** Who holds which role for an operator, by account and role. */
export const staffPage = (office: Office, operator: string, query: PageQuery) =>
  readNearest(office, (database) =>
    database
      .select(shown)
      .from(roleAssignments)
      .innerJoin(users, eq(users.id, roleAssignments.userId))
      .where(and(eq(roleAssignments.operator, operator), isNull(users.deletedAt), beyond([roleAssignments.userId, roleAssignments.role], query, "ascending")))
      .orderBy(asc(roleAssignments.userId), asc(roleAssignments.role))
      .limit(rowsToAsk(query))
      .all(),
  );
