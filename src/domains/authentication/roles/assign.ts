import type { Actor } from "../../../kernel/actor.ts";
import type { Clock, Instant, Random } from "../../../kernel/clock.ts";
import { updatedBy } from "../../../office/columns.ts";
import { commit } from "../../../office/commit.ts";
import type { Office } from "../../../office/database.ts";
import type { OperatorDirectoryApi } from "../../operators/rpc.ts";
import { type Account, type Accounts, deleteAssignment, isLastAdministrator, presentAccountOf, updateUser } from "../../users/index.ts";
import { revokeTokensOf } from "../access/store.ts";
import { voidLinksOf } from "../passwords/store.ts";
import { endFamiliesOf } from "../oauth/store.ts";
import { type Assignment, type Caller, mayGive } from "../capabilities.ts";
import type { AccessRefusal, AccessResult } from "./refusals.ts";
import { fits, refusalToGive } from "./rules.ts";

export interface RoleParts {
  office: Office;
  accounts: Accounts;
  directory: Pick<OperatorDirectoryApi, "epochsOf">;
  clock: Clock;
  random: Random;
}

type Answer = AccessResult<object>;

const refused = (refusal: AccessRefusal["refusal"]): Answer => ({ ok: false, refusal });

const holds = ({ assignments }: Account, { role, operator }: Assignment): boolean => assignments.some((held) => held.role === role && held.operator === operator);

/** Notes at the account, in the version it was read, that its roles changed. */
const touched = ({ primary }: Office, account: Account, actor: Actor, now: Instant) =>
  ({ exactlyOne: updateUser(primary, account, updatedBy(actor, now, account.version), false) });

/** What somebody held until then, for the audit. */
const rolesOf = ({ assignments }: Account) => assignments.map(({ role, operator }) => ({ role, operator }));

export const isEnrolled = async (directory: RoleParts["directory"], operator: string): Promise<boolean> => (await directory.epochsOf(operator)).length > 0;

/**
 * Gives somebody a role; giving it again changes nothing. Their tokens end with it, third parties' too, and the links that set a password:
 * whoever may have made or kept one before must not have the role by it.
 */
export async function assignRole({ office, accounts, directory, clock, random }: RoleParts, by: Caller, userId: string, assignment: Assignment): Promise<Answer> {
  if (!fits(assignment)) return refused("role-unfit");
  const account = await presentAccountOf(office, userId);
  const refusal = refusalToGive(by.principal, userId, assignment);
  if (refusal) return refused(refusal);
  if (!account) return refused("unknown");
  if (assignment.operator !== null && !(await isEnrolled(directory, assignment.operator))) return refused("operator-unknown");
  if (holds(account, assignment)) return { ok: true };
  const now = clock();
  const { actor } = by;
  return commit(office, {
    actor,
    rows: [
      touched(office, account, actor, now),
      accounts.newAssignment(userId, assignment, actor, now).insert,
      revokeTokensOf(office.primary, userId, actor, now),
      voidLinksOf(office.primary, userId, now),
      endFamiliesOf(office.primary, userId, "role-given", now),
    ],
    audit: { action: "user.role-assigned", resource: `user/${userId}`, payload: { ...assignment, before: rolesOf(account) } },
    answer: {},
  }, { now, random });
}

/** Takes a role from somebody; one they do not hold is left at that. The last administrator stays one. */
export async function takeRole({ office, clock, random }: RoleParts, by: Caller, userId: string, assignment: Assignment): Promise<Answer> {
  if (!fits(assignment)) return refused("role-unfit");
  if (!mayGive(by.principal, assignment)) return refused("beyond-own");
  const account = await presentAccountOf(office, userId);
  if (!account) return refused("unknown");
  if (!holds(account, assignment)) return { ok: true };
  if (assignment.role === "super_admin" && isLastAdministrator(account)) return refused("last-administrator");
  const now = clock();
  const { actor } = by;
  return commit(office, {
    actor,
    rows: [touched(office, account, actor, now), { exactlyOne: deleteAssignment(office.primary, userId, assignment) }],
    audit: { action: "user.role-taken", resource: `user/${userId}`, payload: { ...assignment, before: rolesOf(account) } },
    answer: {},
  }, { now, random });
}
