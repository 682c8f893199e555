import { updatedBy } from "../../../office/columns.ts";
import { commit } from "../../../office/commit.ts";
import type { Caller } from "../../authentication/capabilities.ts";
import { forgetAttemptsOn } from "../../authentication/index.ts";
import { refused, type UserParts, type UserResult } from "../accounts/parts.ts";
import { accountOf, updateUser } from "../accounts/store.ts";
import { viewOf } from "../accounts/view.ts";
import { refusalToServe } from "./rules.ts";
import { entranceOf } from "./store.ts";

/** Lets an account's holder in again, and forgets the wrong passwords that keep them out. One who is kept out by neither is left as they are. */
export async function unlockUser({ office, accounts, clock, random }: UserParts, { principal, actor }: Caller, id: string): Promise<UserResult> {
  const [target, entrance] = await Promise.all([accountOf(office, id), entranceOf(office, id)]);
  if (!target) return refused("unknown");
  const refusal = refusalToServe(principal, target, false);
  if (refusal) return refused(refusal);
  if (target.state === "active" && !entrance?.failures) return { ok: true, user: viewOf(target, accounts.profileOf(target)) };
  const now = clock();
  const columns = { state: "active", lockedAt: null, lockedBy: null, lockReason: null, ...updatedBy(actor, now, target.version) } as const;
  const attempts = target.phoneKey === null ? [] : [forgetAttemptsOn(office.primary, target.phoneKey)];
  const rows = [{ exactlyOne: updateUser(office.primary, target, columns, false) }, ...attempts];
  const audit = { action: "user.unlocked", resource: `user/${id}`, payload: {} };
  const done = await commit(office, { actor, rows, audit, answer: {} }, { now, random });
  return done.ok ? { ok: true, user: viewOf({ ...target, ...columns }, accounts.profileOf(target)) } : done;
}
