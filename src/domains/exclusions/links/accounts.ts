import type { Instant } from "../../../kernel/clock.ts";
import type { Office } from "../../../office/database.ts";
import { accountsWith, devicesBeside, devicesOf } from "./store.ts";

/** What the accounts are known by that sign in with somebody's proven phones: keyed or hashed, as the office has it. */
export interface LinkedAccounts {
  emails: { key: string; since: Instant }[];
  devices: { hash: string; since: Instant; accountsBeside: number }[];
}

export async function accountsOf(office: Office, phoneKeys: readonly string[]): Promise<LinkedAccounts> {
  const accounts = phoneKeys.length === 0 ? [] : await accountsWith(office, phoneKeys);
  const ids = accounts.map(({ id }) => id);
  const browsers = ids.length === 0 ? [] : await devicesOf(office, ids);
  const hashes = browsers.map(({ hash }) => hash!);
  const beside = hashes.length === 0 ? [] : await devicesBeside(office, hashes, ids);
  return {
    emails: accounts.flatMap(({ emailKey, createdAt }) => (emailKey === null ? [] : [{ key: emailKey, since: createdAt }])),
    devices: browsers.map(({ hash, since }) => ({ hash: hash!, since, accountsBeside: beside.filter((other) => other.hash === hash).length })),
  };
}
