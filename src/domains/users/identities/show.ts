import { z } from "zod";
import { isUuid } from "../../../kernel/ids.ts";
import { grantingRole } from "../../authentication/capabilities.ts";
import { enter, read, type StaffParts, visitorIn } from "../people/enter.ts";
import type { StaffUsersRpc } from "../people/rpc.ts";
import { type ProfileParts, readProfile } from "./profiles.ts";
import { ReadRequest } from "./schema.ts";

export type ShowParts = StaffParts & ProfileParts;

const Account = z.object({ userId: z.string().refine(isUuid) });
const Reason = z.object({ reason: ReadRequest.shape.reason });

/** Who an account's holder is, to one of the regulator's people who says why and showed a factor lately. */
export async function showProfile(parts: ShowParts, unread: unknown): ReturnType<StaffUsersRpc["show"]> {
  const entered = await enter(parts, visitorIn(unread), "identities:read", "fresh");
  if (!entered.ok) return entered;
  const account = read(Account, unread);
  if (!account) return { ok: false, refusal: "not-found" };
  const said = read(Reason, unread);
  if (!said) return { ok: false, refusal: "reason-unfit" };
  const { actor, principal } = entered.by;
  const profile = await readProfile(parts, { role: grantingRole(principal, "identities:read", null)!, actor, reason: said.reason }, account.userId);
  return profile ? { ok: true, profile } : { ok: false, refusal: "not-found" };
}
