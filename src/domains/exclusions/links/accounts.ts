import { and, eq, inArray, isNotNull, isNull, notInArray } from "drizzle-orm";
import type { Instant } from "../../../kernel/clock.ts";
import { type Office, readNearest } from "../../../office/database.ts";
import { devices } from "../../authentication/sessions/tables.ts";
import { users } from "../../users/accounts/tables.ts";

/** What the accounts are known by that sign in with somebody's proven phones: keyed or hashed, as the office has it. */
export interface LinkedAccounts {
  emails: { key: string; since: Instant }[];
  devices: { hash: string; since: Instant; accountsBeside: number }[];
}

const MOST = 100;

export async function accountsOf(office: Office, phoneKeys: readonly string[]): Promise<LinkedAccounts> {
  if (phoneKeys.length === 0) return { emails: [], devices: [] };
  const accounts = await accountsWith(office, phoneKeys);
  const ids = accounts.map(({ id }) => id);
  const browsers = ids.length === 0 ? [] : await devicesOf(office, ids);
  const hashes = browsers.flatMap(({ hash }) => (hash === null ? [] : [hash]));
  const beside = hashes.length === 0 ? [] : await devicesBeside(office, hashes, ids);
  return {
    emails: accounts.flatMap(({ emailKey, createdAt }) => (emailKey === null ? [] : [{ key: emailKey, since: createdAt }])),
    devices: browsers.flatMap(({ hash, since }) => (hash === null ? [] : [{ hash, since, accountsBeside: beside.filter((other) => other.hash === hash).length }])),
  };
}

/** Those whose holder proved the phone to the account too. */
export const accountsWith = (office: Office, phoneKeys: readonly string[]) =>
  readNearest(office, (database) =>
    database.select({ id: users.id, emailKey: users.emailKey, createdAt: users.createdAt }).from(users)
      .where(and(inArray(users.phoneKey, [...phoneKeys]), isNotNull(users.phoneProvenAt), isNull(users.deletedAt))).limit(MOST).all());

export const devicesOf = (office: Office, userIds: readonly string[]) =>
  readNearest(office, (database) =>
    database.select({ hash: devices.hash, since: devices.firstSeenAt }).from(devices)
      .where(and(inArray(devices.userId, [...userIds]), isNotNull(devices.hash))).limit(MOST).all());

/** The same browsers in accounts of other phones. */
export const devicesBeside = (office: Office, hashes: readonly string[], userIds: readonly string[]) =>
  readNearest(office, (database) =>
    database.select({ hash: devices.hash }).from(devices).innerJoin(users, eq(users.id, devices.userId))
      .where(and(inArray(devices.hash, [...hashes]), notInArray(devices.userId, [...userIds]), isNotNull(users.phoneKey))).limit(MOST).all());
