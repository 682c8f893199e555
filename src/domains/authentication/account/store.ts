import { and, count, eq, inArray, isNull, sql } from "drizzle-orm";
import { type Office, type OfficeDatabase, readNearest } from "../../../office/database.ts";
import { bothWays, type Page, pageOf, type PageQuery, partOf } from "../../../office/page.ts";
import { auditEntries } from "../../../office/tables.ts";
import { operators } from "../../operators/office/tables.ts";
import { users } from "../../users/accounts/tables.ts";
import { passkeys, recoveryCodes, totps } from "../factors/tables.ts";
import { passwords } from "../passwords/tables.ts";
import { signIns } from "../sign-in/tables.ts";

const passkeysOf = (database: OfficeDatabase) =>
  sql<number>`(${database.select({ passkeys: count() }).from(passkeys).where(eq(passkeys.userId, users.id))})`;
const unusedCodesOf = (database: OfficeDatabase) =>
  sql<number>`(${database.select({ codes: count() }).from(recoveryCodes).where(and(eq(recoveryCodes.userId, users.id), isNull(recoveryCodes.usedAt)))})`;

/** An account with what it is protected by. From the primary: nothing shredded is read, and what was just changed is. */
export const accountFacts = ({ primary }: Office, userId: string) =>
  primary
    .select({
      user: users, passwordChangedAt: passwords.changedAt, totpSince: totps.confirmedAt, passkeys: passkeysOf(primary), recoveryCodes: unusedCodesOf(primary),
    })
    .from(users)
    .leftJoin(passwords, eq(passwords.userId, users.id))
    .leftJoin(totps, eq(totps.userId, users.id))
    .where(eq(users.id, userId))
    .get();

export type AccountRow = typeof users.$inferSelect;

/** An account alone. From the primary: its phone may just have been proven, or taken off it. */
export const accountRow = ({ primary }: Office, userId: string) => primary.select().from(users).where(eq(users.id, userId)).get();

/** Changes an account that is as it was read; to stand as `exactlyOne`. */
export const setPhoneProven = (database: OfficeDatabase, { id, version, phoneKey }: AccountRow, columns: Partial<AccountRow>) =>
  database.update(users).set(columns).where(and(eq(users.id, id), eq(users.version, version), eq(users.phoneKey, phoneKey!)));

/** What these operators are called, by id. From the nearest copy. */
export async function operatorNames(office: Office, ids: readonly string[]): Promise<Map<string, string>> {
  const { id, name } = operators;
  if (ids.length === 0) return new Map();
  const rows = await readNearest(office, (database) => database.select({ id, name }).from(operators).where(inArray(id, [...ids])).all());
  return new Map(rows.map((row) => [row.id, row.name]));
}

export type SignInRow = typeof signIns.$inferSelect;

export const SIGN_INS_BY_TIME = bothWays("at", signIns.at, signIns.id);

/** An account's tries to sign in. From the nearest copy. */
export async function signInsPage(office: Office, userId: string, page: PageQuery): Promise<Page<SignInRow>> {
  const { where, orderBy, limit } = partOf(page, eq(signIns.userId, userId));
  return pageOf(await readNearest(office, (database) => database.select().from(signIns).where(where).orderBy(...orderBy).limit(limit).all()), page);
}

export const DEEDS_BY_TIME = bothWays("at", auditEntries.at, auditEntries.position);

const { at, position, action, agent, country, county } = auditEntries;

/** What an account's holder did, by the audit log; what it says of others is left out. From the nearest copy. */
export async function deedsPage(office: Office, userId: string, page: PageQuery) {
  const { where, orderBy, limit } = partOf(page, eq(auditEntries.actorKind, "user"), eq(auditEntries.actorId, userId));
  const columns = { at, position, action, agent, country, county };
  const rows = await readNearest(office, (database) => database.select(columns).from(auditEntries).where(where).orderBy(...orderBy).limit(limit).all());
  return pageOf(rows, page);
}
