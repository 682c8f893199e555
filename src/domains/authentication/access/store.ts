import { and, eq, gt, isNull } from "drizzle-orm";
import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { nameOf } from "../../../office/columns.ts";
import type { Office, OfficeDatabase } from "../../../office/database.ts";
import { bothWays, type Page, pageOf, type PageQuery, partOf } from "../../../office/page.ts";
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

const shown = {
  id: accessTokens.id, label: accessTokens.label, createdAt: accessTokens.createdAt, expiresAt: accessTokens.expiresAt, revokedAt: accessTokens.revokedAt,
};
export type TokenRow = Pick<typeof accessTokens.$inferSelect, keyof typeof shown>;

/** Their ids are in the order of their making. */
export const BY_CREATION = bothWays("createdAt", accessTokens.id);

/** A page of somebody's tokens. */
export async function tokensPage({ primary }: Office, userId: string, page: PageQuery): Promise<Page<TokenRow>> {
  const { where, orderBy, limit } = partOf(page, eq(accessTokens.userId, userId));
  return pageOf(await primary.select(shown).from(accessTokens).where(where).orderBy(...orderBy).limit(limit).all(), page);
}

export const tokenOf = ({ primary }: Office, userId: string, tokenId: string): Promise<TokenRow | undefined> =>
  primary.select(shown).from(accessTokens).where(and(eq(accessTokens.id, tokenId), eq(accessTokens.userId, userId))).get();

const revoked = (actor: Actor, now: Instant) => ({ revokedAt: now, revokedBy: nameOf(actor) });

/** To stand as `exactlyOne`. */
export const revokeToken = (database: OfficeDatabase, tokenId: string, actor: Actor, now: Instant) =>
  database.update(accessTokens).set(revoked(actor, now)).where(and(eq(accessTokens.id, tokenId), isNull(accessTokens.revokedAt)));

/** Every token of somebody's that could still hold. */
export const revokeTokensOf = (database: OfficeDatabase, userId: string, actor: Actor, now: Instant) =>
  database.update(accessTokens).set(revoked(actor, now)).where(and(eq(accessTokens.userId, userId), isNull(accessTokens.revokedAt)));

export const insertBootstrap = (database: OfficeDatabase, userId: string, at: Instant) => database.insert(bootstraps).values({ one: 1, userId, at });

/** When the first administrator was made; null when there is none yet. */
export const bootstrappedAt = async ({ primary }: Office): Promise<Instant | null> => (await primary.select().from(bootstraps).get())?.at ?? null;
