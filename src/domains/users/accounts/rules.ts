import { type Assignment, mayManage, type Principal } from "../../authentication/capabilities.ts";

export const USER_STATES = ["active", "suspended"] as const;

/** Why an account is deleted. A closed list: it is kept in clear, where no text about a person stands. */
export const DELETION_REASONS = ["left", "unneeded", "duplicate", "mistaken", "misused"] as const;
export type DeletionReason = (typeof DELETION_REASONS)[number];

/** Why its holder is kept out of an account. Closed as well. `operator-asked`: the operator whose person it is. */
export const LOCK_REASONS = ["holder-asked", "taken-over", "identity-doubted", "misused", "operator-asked"] as const;
export type LockReason = (typeof LOCK_REASONS)[number];

/** An account as an act on it is judged. */
export interface Target {
  id: string;
  version: number;
  /** Null unless it is deleted. */
  deletedAt: number | null;
  assignments: readonly Assignment[];
  /** Whether another account is an active administrator's. */
  anotherAdministrator: boolean;
}

export type ChangeRefusal = "beyond-own" | "oneself" | "deleted" | "conflict" | "last-administrator";

export const isAdministrator = ({ assignments }: Pick<Target, "assignments">): boolean => assignments.some(({ role }) => role === "super_admin");

/** One without whom nobody could do everything any more. */
export const isLastAdministrator = (target: Pick<Target, "assignments" | "anotherAdministrator">): boolean => isAdministrator(target) && !target.anotherAdministrator;

/** Somebody else's account is changed only by who could give all that it may do. What a citizen may, everybody may. */
const isBeyond = (by: Principal, { id, assignments }: Target): boolean =>
  by.userId !== id && !assignments.every(({ role }) => role === "citizen") && !mayManage(by, { userId: id, assignments });

/**
 * Why `by` may not change an account they read in this version; null when they may. `keepsOut`: its holder can do nothing
 * afterwards, which nobody does to themself, nor to the last administrator.
 */
export function refusalToChange(by: Principal, target: Target, version: number, keepsOut: boolean): ChangeRefusal | null {
  if (isBeyond(by, target)) return "beyond-own";
  if (keepsOut && by.userId === target.id) return "oneself";
  if (target.deletedAt !== null) return "deleted";
  if (target.version !== version) return "conflict";
  return keepsOut && isLastAdministrator(target) ? "last-administrator" : null;
}

/** Why `by` may not restore an account; null when they may. */
export function refusalToRestore(by: Principal, target: Target): "beyond-own" | "not-deleted" | null {
  if (isBeyond(by, target)) return "beyond-own";
  return target.deletedAt === null ? "not-deleted" : null;
}

/** What of an account can be changed. Null where nobody knows it any more. */
export interface Changeable {
  name: string | null;
  email: string | null;
}

/** Which of what is asked for differs from what is there. */
export const changedIn = (present: Changeable, asked: { [Field in keyof Changeable]?: Changeable[Field] | undefined }): (keyof Changeable)[] =>
  (["name", "email"] as const).filter((field) => asked[field] !== undefined && asked[field] !== present[field]);
