import type { Office } from "../../../office/database.ts";
import { type Account, presentAccountOf } from "../../users/index.ts";
import { mayManage, type Principal } from "../capabilities.ts";
import type { AccessResult } from "./refusals.ts";

/**
 * The account somebody is about to act on. With an operator it must be of that operator's people: anybody else's is as
 * unknown as nobody's.
 */
export async function accountToManage(office: Office, by: Principal, userId: string, operator: string | null): Promise<AccessResult<{ account: Account }>> {
  const account = await presentAccountOf(office, userId);
  const isTheirs = operator === null || account?.assignments.some((held) => held.operator === operator);
  if (!account || !isTheirs) return { ok: false, refusal: "unknown" };
  return mayManage(by, { userId, assignments: account.assignments }) ? { ok: true, account } : { ok: false, refusal: "beyond-own" };
}
