import { and, eq, isNotNull, isNull, type SQL } from "drizzle-orm";
import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { updatedBy } from "../../../office/columns.ts";
import type { Office, OfficeDatabase } from "../../../office/database.ts";
import { roleAssignments, users } from "../../users/accounts/tables.ts";
import type { Assignment } from "../capabilities.ts";
import { hasSecondFactor, passkeys, recoveryCodes, totps } from "../factors/tables.ts";
import { passwordLinks, passwords } from "./tables.ts";

type UserRow = typeof users.$inferSelect;
export type LinkRow = typeof passwordLinks.$inferSelect;

/** An account whose password may be set, or whose phone. */
export interface Account {
  user: Pick<UserRow, "id" | "version" | "dataKey" | "sealedProfile">;
  /** Null when it has no password. */
  sealedHash: Uint8Array | null;
  assignments: Assignment[];
  hasSecondFactor: boolean;
}

/** The account that is active and not erased; null when there is none. From the primary: what is decided on it is written there. */
async function accountWhere({ primary }: Office, condition: SQL): Promise<Account | null> {
  const { id, version, dataKey, sealedProfile } = users;
  const rows = await primary
    .select({
      user: { id, version, dataKey, sealedProfile }, sealedHash: passwords.sealedHash,
      role: roleAssignments.role, operator: roleAssignments.operator, hasSecondFactor,
    })
    .from(users)
    .leftJoin(passwords, eq(passwords.userId, users.id))
    .leftJoin(roleAssignments, eq(roleAssignments.userId, users.id))
    .where(and(condition, eq(users.state, "active"), isNull(users.deletedAt), isNotNull(users.dataKey)))
    .all();
  const [first] = rows;
  if (!first) return null;
  const assignments = rows.flatMap(({ role, operator }): Assignment[] => (role === null ? [] : [{ role, operator: operator || null }]));
  return { user: first.user, sealedHash: first.sealedHash, assignments, hasSecondFactor: first.hasSecondFactor === 1 };
}

export const accountByPhone = (office: Office, phoneKey: string): Promise<Account | null> => accountWhere(office, eq(users.phoneKey, phoneKey));

export const accountById = (office: Office, userId: string): Promise<Account | null> => accountWhere(office, eq(users.id, userId));

/** Changes an account read in this version, or notes that what belongs to it changed; to stand as `exactlyOne`. */
export const changeAccount = (
  database: OfficeDatabase, { id, version }: Account["user"],
  columns: Partial<Pick<UserRow, "phoneKey" | "phoneProvenAt" | "sealedProfile">>, actor: Actor, now: Instant,
) =>
  database.update(users).set({ ...columns, ...updatedBy(actor, now, version) }).where(and(
    eq(users.id, id), eq(users.version, version), eq(users.state, "active"), isNull(users.deletedAt),
  ));

/** An account's password from now on. */
export const putPassword = (database: OfficeDatabase, { userId, ...set }: typeof passwords.$inferInsert) =>
  database.insert(passwords).values({ userId, ...set }).onConflictDoUpdate({ target: passwords.userId, set });

export const insertPassword = (database: OfficeDatabase, row: typeof passwords.$inferInsert) => database.insert(passwords).values(row);

/**
 * Holds a password to what was read of it, and keeps its hash, the same or one that costs more; to stand as `exactlyOne`: with a
 * password that was changed meanwhile nobody comes in.
 */
export const keepHash = (database: OfficeDatabase, userId: string, read: Uint8Array, sealedHash: Uint8Array) =>
  database.update(passwords).set({ sealedHash }).where(and(eq(passwords.userId, userId), eq(passwords.sealedHash, read)));

/** A link by its secret's hash. From the primary: it may just have been used. */
export const linkByHash = ({ primary }: Office, hash: string): Promise<LinkRow | undefined> =>
  primary.select().from(passwordLinks).where(eq(passwordLinks.hash, hash)).get();

export const insertLink = (database: OfficeDatabase, row: LinkRow) => database.insert(passwordLinks).values(row);

/** Uses a link up; to stand as `exactlyOne`: of two who use it at once one sets a password. */
export const useLink = (database: OfficeDatabase, id: string, now: Instant) =>
  database.update(passwordLinks).set({ usedAt: now }).where(and(eq(passwordLinks.id, id), isNull(passwordLinks.usedAt)));

/** Makes void whatever links of an account still stand. */
export const voidLinksOf = (database: OfficeDatabase, userId: string, now: Instant) =>
  database.update(passwordLinks).set({ usedAt: now }).where(and(eq(passwordLinks.userId, userId), isNull(passwordLinks.usedAt)));

/** Takes every second factor from an account, recovery codes too. */
export const removeFactorsOf = (database: OfficeDatabase, userId: string) => [
  database.delete(totps).where(eq(totps.userId, userId)),
  database.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId)),
  database.delete(passkeys).where(eq(passkeys.userId, userId)),
];
