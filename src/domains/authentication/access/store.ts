import { and, eq, gt, isNull } from "drizzle-orm";
import type { Instant } from "../../../kernel/clock.ts";
import type { Office, OfficeDatabase } from "../../../office/database.ts";
import { roleAssignments, users } from "../../users/accounts/tables.ts";
import type { Assignment } from "../capabilities.ts";
import { accessTokens, bootstraps } from "./tables.ts";

/** The active user whose token holds, with every role they hold; empty when there is none. From the primary: a token may just have been revoked. */
export const holdersOf = ({ primary }: Office, hash: string, now: Instant): Promise<{ userId: string; role: Assignment["role"] | null; operator: string | null }[]> =>
  primary
    .select({ userId: users.id, role: roleAssignments.role, operator: roleAssignments.operator })
    .from(accessTokens)
    .innerJoin(users, eq(users.id, accessTokens.userId))
    .leftJoin(roleAssignments, eq(roleAssignments.userId, users.id))
    .where(and(
      eq(accessTokens.hash, hash), gt(accessTokens.expiresAt, now), isNull(accessTokens.revokedAt), eq(users.state, "active"), isNull(users.deletedAt),
    ))
    .all();

export const insertToken = (database: OfficeDatabase, row: Omit<typeof accessTokens.$inferInsert, "revokedAt" | "revokedBy">) =>
  database.insert(accessTokens).values(row);

export const insertBootstrap = (database: OfficeDatabase, userId: string, at: Instant) => database.insert(bootstraps).values({ one: 1, userId, at });

export const isBootstrapped = async ({ primary }: Office): Promise<boolean> => (await primary.select().from(bootstraps).get()) !== undefined;
