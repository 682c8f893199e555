import type { OperatorRole } from "../../authentication/capabilities.ts";
import { type Assignment, type Caller, mayStaff } from "../../authentication/capabilities.ts";
import type { AccessResult, RoleParts } from "../../authentication/index.ts";
import { updatedBy } from "../../../office/columns.ts";
import { commit } from "../../../office/commit.ts";
import { type Account, presentAccountOf, updateUser } from "../accounts/store.ts";
import { hasAnotherAdministrator, takeOperatorRole } from "./store.ts";

type MemberParts = Pick<RoleParts, "office" | "accounts" | "clock" | "random">;

const refused = <Refusal extends string>(refusal: Refusal) => ({ ok: false, refusal }) as const;

/** Somebody with a role for an operator, and the roles they hold for it. */
interface Member {
  account: Account;
  held: Assignment[];
}

/** Whoever is none of the operator's people is as unknown as nobody. What else a member is, is not looked at: nothing of it changes. */
async function memberOf({ office }: MemberParts, by: Caller, operator: string, userId: string): Promise<AccessResult<Member>> {
  const account = await presentAccountOf(office, userId);
  const held = account?.assignments.filter((one) => one.operator === operator) ?? [];
  if (!account || held.length === 0) return refused("unknown");
  if (by.principal.userId === userId) return refused("oneself");
  return held.every((one) => mayStaff(by.principal, one)) ? { ok: true, account, held } : refused("beyond-own");
}

const isAdministrator = ({ role }: Pick<Assignment, "role">): boolean => role === "operator_admin";

/** Gives one of an operator's people this role for it in the place of those they hold. The last administrator stays one. */
export async function changeMember(parts: MemberParts, by: Caller, operator: string, userId: string, role: OperatorRole): Promise<AccessResult<object>> {
  const assignment = { role, operator };
  if (!mayStaff(by.principal, assignment)) return refused("beyond-own");
  const member = await memberOf(parts, by, operator, userId);
  if (!member.ok) return member;
  const before = member.held.map((held) => held.role);
  const others = member.held.filter((held) => held.role !== role);
  if (others.length === 0) return { ok: true };
  const given = before.includes(role) ? [] : [parts.accounts.newAssignment(userId, assignment, by.actor, parts.clock()).insert];
  return taking(parts, by, operator, { ...member, held: others }, given, { action: "operator-member.changed", payload: { userId, role, before } });
}

/** Takes every role for an operator from somebody; their account stays. The last administrator stays one. */
export async function removeMember(parts: MemberParts, by: Caller, operator: string, userId: string): Promise<AccessResult<object>> {
  const member = await memberOf(parts, by, operator, userId);
  if (!member.ok) return member;
  const before = member.held.map((held) => held.role);
  return taking(parts, by, operator, member, [], { action: "operator-member.removed", payload: { userId, before } });
}

/** Each role is taken by a statement of its own, the administrator's only while another is left: two who remove each other leave one. */
async function taking(
  { office, clock, random }: MemberParts, { actor }: Caller, operator: string, { account, held }: Member,
  given: Parameters<typeof commit>[1]["rows"], audit: { action: string; payload: { userId: string; role?: string; before: string[] } },
): Promise<AccessResult<object>> {
  const { primary } = office;
  if (held.some(isAdministrator) && !(await hasAnotherAdministrator(office, operator, account.id))) return refused("last-administrator");
  const now = clock();
  return commit(office, {
    actor,
    rows: [
      { exactlyOne: updateUser(primary, account, updatedBy(actor, now, account.version), false) },
      ...held.map((one) => ({ exactlyOne: takeOperatorRole(primary, account.id, one) })),
      ...given,
    ],
    audit: { ...audit, resource: `operator/${operator}` },
    answer: {},
  }, { now, random });
}
