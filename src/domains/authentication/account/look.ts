import { maskEmail, maskPhone } from "../../../kernel/mask.ts";
import type { Assignment } from "../capabilities.ts";
import type { AccountParts } from "../parts.ts";
import { enter } from "../sessions/enter.ts";
import type { AccountView, SessionsRpc } from "../sessions/rpc.ts";
import { accountFacts, operatorNames } from "./store.ts";

export async function account(parts: AccountParts, unread: unknown): ReturnType<SessionsRpc["account"]> {
  const entered = await enter(parts, unread);
  if (!entered.ok) return entered;
  const { userId, session } = entered.holder;
  const facts = await accountFacts(parts.office, userId);
  if (!facts) return { ok: false, refusal: "signed-out" };
  const { user, passwordChangedAt, totpSince, passkeys, recoveryCodes } = facts;
  const profile = parts.accounts.profileOf(user);
  return {
    ok: true,
    account: {
      name: profile && profile.name,
      phone: profile?.phone ? maskPhone(profile.phone) : null,
      email: profile?.email ? maskEmail(profile.email) : null,
      roles: await rolesOf(parts, session.principal.assignments),
      phoneProvenAt: user.phoneProvenAt,
      passwordChangedAt,
      factors: { totp: totpSince !== null, passkeys, recoveryCodes },
    },
  };
}

/** An operator the copy does not have yet is named by its id. */
async function rolesOf({ office }: AccountParts, assignments: readonly Assignment[]): Promise<AccountView["roles"]> {
  const names = await operatorNames(office, assignments.flatMap(({ operator }) => operator ?? []));
  return assignments.map(({ role, operator }) => ({ role, operator: operator && (names.get(operator) ?? operator) }));
}
