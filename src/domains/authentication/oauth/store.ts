import { and, eq, gt, isNull, lt } from "drizzle-orm";
import type { Instant } from "../../../kernel/clock.ts";
import { asInserted } from "../../../office/columns.ts";
import type { Office, OfficeDatabase } from "../../../office/database.ts";
import { roleAssignments, users } from "../../users/accounts/tables.ts";
import type { Client, FamilyEnding, Scope } from "./model.ts";
import { oauthClients, oauthCodes, oauthConsents, oauthFamilies } from "./tables.ts";

export type CodeRow = typeof oauthCodes.$inferSelect;
export type FamilyRow = typeof oauthFamilies.$inferSelect;

const isActiveUser = and(eq(users.state, "active"), isNull(users.deletedAt));

/** A client that is not suspended, with its secret's hash. From the primary: it may just have been suspended. */
export async function activeClient({ primary }: Office, id: string): Promise<{ client: Client; secretHash: string | null } | null> {
  const row = await primary.select().from(oauthClients).where(and(eq(oauthClients.id, id), eq(oauthClients.state, "active"))).get();
  if (!row) return null;
  const { name, redirectUris, scopes, grants, operator, secretHash } = row;
  return { client: { id, name, confidential: secretHash !== null, redirectUris, scopes, grants, operator }, secretHash };
}

/** What somebody agreed to let a client see. */
export const consentOf = async ({ primary }: Office, userId: string, clientId: string): Promise<readonly Scope[]> =>
  (await primary.select().from(oauthConsents).where(and(eq(oauthConsents.userId, userId), eq(oauthConsents.clientId, clientId))).get())?.scopes ?? [];

export const putConsent = (database: OfficeDatabase, row: typeof oauthConsents.$inferInsert) =>
  database.insert(oauthConsents).values(row).onConflictDoUpdate({ target: [oauthConsents.userId, oauthConsents.clientId], set: asInserted(oauthConsents) });

export const insertCode = (database: OfficeDatabase, row: typeof oauthCodes.$inferInsert) => database.insert(oauthCodes).values(row);

/** Codes that were over before then. */
export const dropCodes = (database: OfficeDatabase, before: Instant) => database.delete(oauthCodes).where(lt(oauthCodes.expiresAt, before));

/** A code by its hash, of a holder who is active. From the primary. */
export const codeByHash = async ({ primary }: Office, hash: string): Promise<CodeRow | null> =>
  (await primary
    .select({ code: oauthCodes })
    .from(oauthCodes)
    .innerJoin(users, eq(users.id, oauthCodes.userId))
    .where(and(eq(oauthCodes.hash, hash), isActiveUser))
    .get())?.code ?? null;

/** To stand as `exactlyOne`: a code is used once. */
export const useCode = (database: OfficeDatabase, hash: string, now: Instant) =>
  database.update(oauthCodes).set({ usedAt: now }).where(and(eq(oauthCodes.hash, hash), isNull(oauthCodes.usedAt)));

export const insertFamily = (database: OfficeDatabase, row: typeof oauthFamilies.$inferInsert) => database.insert(oauthFamilies).values(row);

/** A family that stands at `now`, of a holder who is active. From the primary. */
export const standingFamily = async ({ primary }: Office, id: string, now: Instant): Promise<FamilyRow | null> =>
  (await primary
    .select({ family: oauthFamilies })
    .from(oauthFamilies)
    .innerJoin(users, eq(users.id, oauthFamilies.userId))
    .where(and(eq(oauthFamilies.id, id), isNull(oauthFamilies.endedAt), gt(oauthFamilies.expiresAt, now), isActiveUser))
    .get())?.family ?? null;

/** Makes the next generation the good one; to stand as `exactlyOne`. */
export const rotateFamily = (database: OfficeDatabase, { id, generation }: FamilyRow, now: Instant) =>
  database.update(oauthFamilies).set({ generation: generation + 1, rotatedAt: now })
    .where(and(eq(oauthFamilies.id, id), eq(oauthFamilies.generation, generation), isNull(oauthFamilies.endedAt)));

/** To stand as `exactlyOne`. */
export const endFamily = (database: OfficeDatabase, id: string, ending: FamilyEnding, now: Instant) =>
  database.update(oauthFamilies).set({ endedAt: now, ending }).where(and(eq(oauthFamilies.id, id), isNull(oauthFamilies.endedAt)));

/** Every family of somebody's that stands. */
export const endFamiliesOf = (database: OfficeDatabase, userId: string, ending: FamilyEnding, now: Instant) =>
  database.update(oauthFamilies).set({ endedAt: now, ending }).where(and(eq(oauthFamilies.userId, userId), isNull(oauthFamilies.endedAt)));

/**
 * Who a family's tokens act for, once for each role they hold; empty when it is ended, or its client or its holder is kept
 * out. From the primary.
 */
export const holdersOfFamily = ({ primary }: Office, id: string) =>
  primary
    .select({ userId: oauthFamilies.userId, clientId: oauthFamilies.clientId, role: roleAssignments.role, operator: roleAssignments.operator })
    .from(oauthFamilies)
    .innerJoin(oauthClients, eq(oauthClients.id, oauthFamilies.clientId))
    .innerJoin(users, eq(users.id, oauthFamilies.userId))
    .leftJoin(roleAssignments, eq(roleAssignments.userId, oauthFamilies.userId))
    .where(and(eq(oauthFamilies.id, id), isNull(oauthFamilies.endedAt), eq(oauthClients.state, "active"), isActiveUser))
    .all();
