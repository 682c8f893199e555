import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { nameOf, updatedBy } from "../../../office/columns.ts";
import { commit } from "../../../office/commit.ts";
import type { OfficeDatabase } from "../../../office/database.ts";
import type { Caller } from "../../authentication/capabilities.ts";
import { endFamiliesOf, endSessionsOf, revokeTokensOf, voidLinksOf } from "../../authentication/index.ts";
import { refused, type UserParts, type UserResult } from "../accounts/parts.ts";
import type { LockReason } from "../accounts/rules.ts";
import { accountOf, updateUser } from "../accounts/store.ts";
import { viewOf } from "../accounts/view.ts";
import { refusalToServe } from "./rules.ts";

/** What an account's row says while its holder is kept out. */
export const lockedBy = (actor: Actor, now: Instant, reason: LockReason) =>
  ({ state: "suspended", lockedAt: now, lockedBy: nameOf(actor), lockReason: reason }) as const;

/** Rows that end whatever an account is used by: unlocking brings none of it back, for somebody else may hold it. */
export const endingOf = (database: OfficeDatabase, userId: string, actor: Actor, now: Instant) => [
  endSessionsOf(database, userId, "locked", now),
  endFamiliesOf(database, userId, "locked", now),
  revokeTokensOf(database, userId, actor, now),
  voidLinksOf(database, userId, now),
];

/**
 * Keeps an account's holder out, at once. One who is kept out already stays so, for the reason that was given first. Who it is is
 * opened afterwards: what cannot be opened can be locked.
 */
export async function lockUser(
  { office, accounts, clock, random }: UserParts, { principal, actor }: Caller, id: string, reason: LockReason,
): Promise<UserResult> {
  const target = await accountOf(office, id);
  if (!target) return refused("unknown");
  const refusal = refusalToServe(principal, target, true);
  if (refusal) return refused(refusal);
  if (target.state === "suspended") return { ok: true, user: viewOf(target, accounts.profileOf(target)) };
  const now = clock();
  const columns = { ...lockedBy(actor, now, reason), ...updatedBy(actor, now, target.version) };
  const rows = [{ exactlyOne: updateUser(office.primary, target, columns, true) }, ...endingOf(office.primary, id, actor, now)];
  const audit = { action: "user.locked", resource: `user/${id}`, payload: { reason, state: "suspended", before: { state: target.state } } };
  const done = await commit(office, { actor, rows, audit, answer: {} }, { now, random });
  return done.ok ? { ok: true, user: viewOf({ ...target, ...columns }, accounts.profileOf(target)) } : done;
}
