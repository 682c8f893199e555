import { and, eq, gte, isNull, lt, or, sql } from "drizzle-orm";
import type { Instant } from "../../../kernel/clock.ts";
import type { Office, OfficeDatabase } from "../../../office/database.ts";
import { roleAssignments, users } from "../../users/accounts/tables.ts";
import type { Assignment } from "../capabilities.ts";
import { hasSecondFactor } from "../factors/tables.ts";
import { passwords } from "../passwords/tables.ts";
import { devices, lastSeenAt, seenFrom } from "../sessions/tables.ts";
import { attempts, signIns } from "./tables.ts";

/**
 * Adds one to the failures of a key in one statement and answers them. What was forgotten by now counts from one; while
 * they are fewer than `most`, each puts the forgetting off to `until`.
 */
export async function countAttempt(database: OfficeDatabase, key: string, now: Instant, until: Instant, most: number) {
  const isOld = sql`${attempts.forgottenAt} <= ${now}`;
  const [row] = await database
    .insert(attempts)
    .values({ key, failures: 1, forgottenAt: until })
    .onConflictDoUpdate({
      target: attempts.key,
      set: {
        failures: sql`case when ${isOld} then 1 else ${attempts.failures} + 1 end`,
        forgottenAt: sql`case when ${isOld} or ${attempts.failures} < ${most} then ${until} else ${attempts.forgottenAt} end`,
      },
    })
    .returning();
  return row!;
}

export const forgetAttempts = (database: OfficeDatabase, key: string) => database.delete(attempts).where(eq(attempts.key, key));

/** Counted under these keys, or on a device under one of them: its key has more behind a space. */
const under = (keys: readonly string[]) => or(...keys.map((key) => and(gte(attempts.key, key), lt(attempts.key, `${key}!`))));

/** The tries under these keys, on every device. From the primary. */
export const attemptsOn = ({ primary }: Office, keys: readonly string[]): Promise<Pick<typeof attempts.$inferSelect, "failures" | "forgottenAt">[]> =>
  primary.select({ failures: attempts.failures, forgottenAt: attempts.forgottenAt }).from(attempts).where(under(keys)).all();

/** Forgets the tries under these keys, on every device. */
export const forgetAttemptsOn = (database: OfficeDatabase, keys: readonly string[]) => database.delete(attempts).where(under(keys));

export const insertSignIn = (database: OfficeDatabase, row: typeof signIns.$inferInsert) => database.insert(signIns).values(row);

/** Writes a try into the history of whoever has an account with the phone, if anybody does: one statement either way, so that it takes as long. */
export function noteTry(database: OfficeDatabase, phoneKey: string, row: Omit<typeof signIns.$inferSelect, "userId">) {
  const { id, at, method, outcome, reasons, deviceId, network, agent, country, county } = row;
  const columns = sql`${id}, ${users.id}, ${at}, ${method}, ${outcome}, ${JSON.stringify(reasons)}, ${deviceId}, ${network}, ${agent}, ${country}, ${county}`;
  return database.insert(signIns).select(sql`select ${columns} from ${users} where ${users.phoneKey} = ${phoneKey} and ${users.deletedAt} is null`);
}

/** Somebody's account as it is signed in to. */
export interface Account {
  user: Pick<typeof users.$inferSelect, "id" | "dataKey" | "sealedProfile" | "state">;
  /** Null when it has no password. */
  sealedHash: Uint8Array | null;
  /** The device that knocks; null when the account was never signed in with from it. */
  device: typeof devices.$inferSelect | null;
  assignments: Assignment[];
  hasSecondFactor: boolean;
  lastAt: Instant | null;
  isSeenFrom: boolean;
}

/** The account of a phone that is not deleted, with everything a try to sign in is judged by; null when there is none. From the primary. */
export async function accountByPhone({ primary }: Office, phoneKey: string, deviceHash: string, country: string | null): Promise<Account | null> {
  const { id, dataKey, sealedProfile, state } = users;
  const rows = await primary
    .select({
      user: { id, dataKey, sealedProfile, state }, sealedHash: passwords.sealedHash, device: devices,
      role: roleAssignments.role, operator: roleAssignments.operator, hasSecondFactor, lastAt: lastSeenAt, seenFrom: seenFrom(country),
    })
    .from(users)
    .leftJoin(passwords, eq(passwords.userId, users.id))
    .leftJoin(devices, and(eq(devices.userId, users.id), eq(devices.hash, deviceHash)))
    .leftJoin(roleAssignments, eq(roleAssignments.userId, users.id))
    .where(and(eq(users.phoneKey, phoneKey), isNull(users.deletedAt)))
    .all();
  const [first] = rows;
  if (!first) return null;
  const assignments = rows.flatMap(({ role, operator }): Assignment[] => (role === null ? [] : [{ role, operator: operator || null }]));
  const { user, sealedHash, device, lastAt } = first;
  return { user, sealedHash, device, assignments, hasSecondFactor: first.hasSecondFactor === 1, lastAt, isSeenFrom: first.seenFrom === 1 };
}

/** Whether a phone has an account, deleted or not. From the primary. */
export const isTaken = async ({ primary }: Office, phoneKey: string): Promise<boolean> =>
  (await primary.select({ id: users.id }).from(users).where(eq(users.phoneKey, phoneKey)).get()) !== undefined;
