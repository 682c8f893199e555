import { updatedBy } from "../../../office/columns.ts";
import { commit } from "../../../office/commit.ts";
import type { Caller } from "../../authentication/capabilities.ts";
import { refused, type UserParts, type UserResult } from "../accounts/parts.ts";
import { accountOf, updateUser } from "../accounts/store.ts";
import { viewOf } from "../accounts/view.ts";
import { refusalToServe } from "./rules.ts";
import { forgetTriesAt, triesAt } from "./tries.ts";

/** Lets an account's holder in again, and forgets the wrong passwords and codes that keep them out. One who is kept out by neither is left as they are. */
export async function unlockUser({ office, accounts, clock, random }: UserParts, { principal, actor }: Caller, id: string): Promise<UserResult> {
  const target = await accountOf(office, id);
  if (!target) return refused("unknown");
  const refusal = refusalToServe(principal, target, false);
  if (refusal) return refused(refusal);
  if (target.state === "active" && (await triesAt(office, target)).length === 0) return { ok: true, user: viewOf(target, accounts.profileOf(target)) };
  const now = clock();
  const columns = { state: "active", lockedAt: null, lockedBy: null, lockReason: null, ...updatedBy(actor, now, target.version) } as const;
  const rows = [{ exactlyOne: updateUser(office.primary, target, columns, false) }, forgetTriesAt(office, target)];
  const audit = { action: "user.unlocked", resource: `user/${id}`, payload: { state: "active", before: { state: target.state } } };
  const done = await commit(office, { actor, rows, audit, answer: {} }, { now, random });
  return done.ok ? { ok: true, user: viewOf({ ...target, ...columns }, accounts.profileOf(target)) } : done;
}
