import { updatedBy } from "../../../office/columns.ts";
import { commit } from "../../../office/commit.ts";
import type { Caller } from "../../authentication/capabilities.ts";
import { refused, type UserParts, type UserResult } from "./parts.ts";
import { refusalToRestore } from "./rules.ts";
import { accountOf, updateUser } from "./store.ts";
import { viewOf } from "./view.ts";

/** Takes a deletion back: the account is as it was, with its state, its roles and those of its tokens whose time is not over. */
export async function restoreUser({ office, accounts, clock, random }: UserParts, { principal, actor }: Caller, id: string): Promise<UserResult> {
  const target = await accountOf(office, id);
  if (!target) return refused("unknown");
  const refusal = refusalToRestore(principal, target);
  if (refusal) return refused(refusal);
  const now = clock();
  const columns = { deletedAt: null, deletedBy: null, deletionReason: null, ...updatedBy(actor, now, target.version) };
  const rows = [{ exactlyOne: updateUser(office.primary, target, columns, false) }];
  const done = await commit(office, { actor, rows, audit: { action: "user.restored", resource: `user/${id}`, payload: {} }, answer: {} }, { now, random });
  return done.ok ? { ok: true, user: viewOf({ ...target, ...columns }, accounts.profileOf(target)) } : done;
}
