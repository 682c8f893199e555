import { and, count, eq, exists, isNotNull, isNull, lt, not, sql } from "drizzle-orm";
import type { Instant } from "../../../kernel/clock.ts";
import type { Office, OfficeDatabase } from "../../../office/database.ts";
import { users } from "../../users/accounts/tables.ts";
import { passwords } from "../passwords/tables.ts";
import { passkeys, recoveryCodes, totps } from "./tables.ts";

export type TotpRow = typeof totps.$inferSelect;

const isOf = (userId: string) => eq(totps.userId, userId);
const confirmed = sql`(${totps.confirmedAt} is not null) = 1`;
const pending = sql`(${totps.confirmedAt} is not null) = 0`;

const passkeysOf = (database: OfficeDatabase, userId: string) =>
  database.select({ one: sql`1` }).from(passkeys).where(eq(passkeys.userId, userId));

/** An account with all it can show: undefined when there is no such account. From the primary: it may just have changed. */
export function heldBy({ primary }: Office, userId: string) {
  const keys = primary.select({ held: count() }).from(passkeys).where(eq(passkeys.userId, userId));
  const codes = primary.select({ held: count() }).from(recoveryCodes).where(and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)));
  return primary
    .select({
      user: { id: users.id, dataKey: users.dataKey, sealedProfile: users.sealedProfile },
      password: passwords,
      totp: totps,
      passkeys: sql<number>`(${keys})`,
      recoveryCodes: sql<number>`(${codes})`,
    })
    .from(users)
    .leftJoin(passwords, eq(passwords.userId, users.id))
    .leftJoin(totps, and(eq(totps.userId, users.id), confirmed))
    .where(eq(users.id, userId))
    .get();
}

/** The one an account's holder began to set up. From the primary. */
export const pendingTotp = ({ primary }: Office, userId: string): Promise<TotpRow | undefined> =>
  primary.select().from(totps).where(and(isOf(userId), pending)).get();

export const insertTotp = (database: OfficeDatabase, row: typeof totps.$inferInsert) => database.insert(totps).values(row);

export const deletePendingTotp = (database: OfficeDatabase, userId: string) => database.delete(totps).where(and(isOf(userId), pending));

/** Makes the one that was begun count, by a code of this step; to stand as `exactlyOne`, after the one before it is gone. */
export const confirmTotp = (database: OfficeDatabase, id: string, step: number, now: Instant) =>
  database.update(totps).set({ confirmedAt: now, lastStep: step }).where(and(eq(totps.id, id), isNull(totps.confirmedAt)));

export const deleteConfirmedTotp = (database: OfficeDatabase, userId: string) => database.delete(totps).where(and(isOf(userId), confirmed));

/** Takes it from somebody who keeps a passkey; to stand as `exactlyOne`, so that of two factors taken at once one stays. */
export const deleteTotpBesidePasskey = (database: OfficeDatabase, userId: string) =>
  database.delete(totps).where(and(isOf(userId), confirmed, exists(passkeysOf(database, userId))));

/** Spends a step and all before it; to stand as `exactlyOne`: of two who show the same code one is let in. */
export const takeStep = (database: OfficeDatabase, id: string, step: number) =>
  database.update(totps).set({ lastStep: step }).where(and(eq(totps.id, id), isNotNull(totps.confirmedAt), lt(totps.lastStep, step)));

const standsOf = (userId: string, hash: string) => and(eq(recoveryCodes.userId, userId), eq(recoveryCodes.hash, hash), isNull(recoveryCodes.usedAt));

/** Whether such a code of the account is there and unused. From the primary. */
export const hasRecoveryCode = async ({ primary }: Office, userId: string, hash: string): Promise<boolean> =>
  (await primary.select({ id: recoveryCodes.id }).from(recoveryCodes).where(standsOf(userId, hash)).get()) !== undefined;

/** To stand as `exactlyOne`. */
export const useRecoveryCode = (database: OfficeDatabase, userId: string, hash: string, now: Instant) =>
  database.update(recoveryCodes).set({ usedAt: now }).where(standsOf(userId, hash));

export const insertRecoveryCodes = (database: OfficeDatabase, rows: (typeof recoveryCodes.$inferInsert)[]) =>
  database.insert(recoveryCodes).values(rows);

export const deleteRecoveryCodes = (database: OfficeDatabase, userId: string) =>
  database.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));

/** Takes the codes of somebody who has no passkey: nothing is left that they stand in for. */
export const deleteRecoveryCodesAlone = (database: OfficeDatabase, userId: string) =>
  database.delete(recoveryCodes).where(and(eq(recoveryCodes.userId, userId), not(exists(passkeysOf(database, userId)))));
