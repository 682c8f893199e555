import type { Result } from "../../../kernel/result.ts";
import { nameOf, updatedBy } from "../../../office/columns.ts";
import { commit } from "../../../office/commit.ts";
import type { Caller } from "../../authentication/capabilities.ts";
import { refused, type UserParts, type UserRefusal } from "./parts.ts";
import { type DeletionReason, refusalToChange } from "./rules.ts";
import { accountOf, updateUser } from "./store.ts";

/** Deletes an account that was read in this version, so that it can be restored: its address stays taken, and its tokens hold no longer. */
export async function deleteUser(
  { office, clock, random }: UserParts, { principal, actor }: Caller, id: string, version: number, reason: DeletionReason,
): Promise<Result<object, UserRefusal>> {
  const target = await accountOf(office, id);
  if (!target) return refused("unknown");
  const refusal = refusalToChange(principal, target, version, true);
  if (refusal) return refused(refusal);
  const now = clock();
  const columns = { deletedAt: now, deletedBy: nameOf(actor), deletionReason: reason, ...updatedBy(actor, now, version) };
  const rows = [{ exactlyOne: updateUser(office.primary, target, columns, true) }];
  return commit(office, { actor, rows, audit: { action: "user.deleted", resource: `user/${id}`, payload: { reason } }, answer: {} }, { now, random });
}
