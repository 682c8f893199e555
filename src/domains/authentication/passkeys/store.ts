import { and, asc, eq, exists, isNotNull, isNull, lte, not, or, sql } from "drizzle-orm";
import type { Instant } from "../../../kernel/clock.ts";
import type { Office, OfficeDatabase } from "../../../office/database.ts";
import { users } from "../../users/accounts/tables.ts";
import { ceremonies, hasSecondFactor, passkeys, recoveryCodes, totps } from "../factors/tables.ts";
import { devices, lastSeenAt, seenFrom } from "../sessions/tables.ts";

export type CeremonyRow = typeof ceremonies.$inferSelect;
export type PasskeyRow = typeof passkeys.$inferSelect;

export const insertCeremony = (database: OfficeDatabase, row: typeof ceremonies.$inferInsert) => database.insert(ceremonies).values(row);

/** Forgets the challenges that are over. */
export const dropCeremonies = (database: OfficeDatabase, now: Instant) => database.delete(ceremonies).where(lte(ceremonies.expiresAt, now));

export const ceremonyOf = ({ primary }: Office, id: string): Promise<CeremonyRow | undefined> => primary.select().from(ceremonies).where(eq(ceremonies.id, id)).get();

/** Spends a challenge; to stand as `exactlyOne`: of two answers to it one counts. */
export const useCeremony = (database: OfficeDatabase, id: string, now: Instant) =>
  database.update(ceremonies).set({ usedAt: now }).where(and(eq(ceremonies.id, id), isNull(ceremonies.usedAt)));

/** Whom a new passkey is for; undefined when there is no such account. From the primary. */
export const holderOf = ({ primary }: Office, userId: string) =>
  primary.select({ id: users.id, dataKey: users.dataKey, sealedProfile: users.sealedProfile, hasSecondFactor }).from(users).where(eq(users.id, userId)).get();

/** An account's passkeys, oldest first. From the primary: one may just have been removed. */
export const passkeysOf = ({ primary }: Office, userId: string): Promise<PasskeyRow[]> =>
  primary.select().from(passkeys).where(eq(passkeys.userId, userId)).orderBy(asc(passkeys.createdAt)).all();

/**
 * A passkey by its authenticator's name for it, with whose it is, the device that knocks, and by what a try is unusual; undefined when
 * nobody's is called so. From the primary.
 */
export const passkeyByCredential = ({ primary }: Office, credentialId: string, deviceHash: string, country: string | null) =>
  primary
    .select({ passkey: passkeys, state: users.state, deletedAt: users.deletedAt, device: devices, lastAt: lastSeenAt, isSeenFrom: seenFrom(country) })
    .from(passkeys)
    .innerJoin(users, eq(users.id, passkeys.userId))
    .leftJoin(devices, and(eq(devices.userId, passkeys.userId), eq(devices.hash, deviceHash)))
    .where(eq(passkeys.credentialId, credentialId))
    .get();

export const insertPasskey = (database: OfficeDatabase, row: PasskeyRow) => database.insert(passkeys).values(row);

/** Changes nothing, and no row of an account that has a second factor; to stand as `exactlyOne` before what only whoever has none may do. */
export const onlyWithoutFactor = (database: OfficeDatabase, userId: string) =>
  database.update(users).set({ updatedAt: sql`${users.updatedAt}` }).where(and(eq(users.id, userId), sql`not ${hasSecondFactor}`));

/** Moves a passkey's counter on from what was read; to stand as `exactlyOne`: of two signatures with the same one counts. */
export const advancePasskey = (database: OfficeDatabase, { id, counter: read }: Pick<PasskeyRow, "id" | "counter">, counter: number, now: Instant) =>
  database.update(passkeys).set({ counter, usedAt: now }).where(and(eq(passkeys.id, id), eq(passkeys.counter, read)));

const own = (userId: string, id: string) => and(eq(passkeys.id, id), eq(passkeys.userId, userId));

/** To stand as `exactlyOne`. */
export const labelPasskey = (database: OfficeDatabase, userId: string, id: string, label: string) => database.update(passkeys).set({ label }).where(own(userId, id));

const isConfirmed = (userId: string) => and(eq(totps.userId, userId), isNotNull(totps.confirmedAt));
const confirmedTotp = (database: OfficeDatabase, userId: string) => exists(database.select({ one: sql`1` }).from(totps).where(isConfirmed(userId)));

/** Removes a passkey; to stand as `exactlyOne`: with `keepsOne` it stays when no other second factor is left at that moment. */
export const deletePasskey = (database: OfficeDatabase, userId: string, id: string, keepsOne: boolean) => {
  const others = database.select({ one: sql`1` }).from(sql`${passkeys} as "other"`).where(sql`"other"."userId" = ${userId} and "other"."id" <> ${id}`);
  return database.delete(passkeys).where(and(own(userId, id), keepsOne ? or(exists(others), confirmedTotp(database, userId)) : undefined));
};

/** Removes the recovery codes of whoever has no second factor they could stand in for. */
export const deleteNeedlessCodes = (database: OfficeDatabase, userId: string) =>
  database.delete(recoveryCodes).where(and(
    eq(recoveryCodes.userId, userId),
    not(confirmedTotp(database, userId)),
    not(exists(database.select({ one: sql`1` }).from(passkeys).where(eq(passkeys.userId, userId)))),
  ));
