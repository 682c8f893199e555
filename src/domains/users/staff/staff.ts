import { type Change, commit, type Command, once } from "../../../office/commit.ts";
import { type Assignment, type Caller, mayGive } from "../../authentication/capabilities.ts";
import { type AccessResult, accountToManage, isEnrolled, type RoleParts, touchUser } from "../../authentication/index.ts";
import type { Stated } from "../accounts/accounts.ts";
import { endingOf, lockedBy } from "../people/lock.ts";

interface Added {
  userId: string;
}

/**
 * Makes an account for one of an operator's people. The address they are said to have is sealed and nothing else: no
 * account, whoever's it is, is looked up or touched by it, so that nobody learns who has one.
 */
export async function addStaff(
  parts: RoleParts, by: Caller, operator: string, { role, ...profile }: Stated & Pick<Assignment, "role">, command: Command,
): Promise<AccessResult<Added>> {
  const { office, clock, random, directory } = parts;
  const assignment = { role, operator };
  const done = await once<Added, { ok: false; refusal: "beyond-own" | "unknown" }>(office, command, { now: clock(), random }, async () => {
    if (!mayGive(by.principal, assignment)) return { ok: false, refusal: "beyond-own" };
    return (await isEnrolled(directory, operator)) ? adding(parts, by, profile, assignment) : { ok: false, refusal: "unknown" };
  });
  return done.ok ? { ok: true, ...done.answer } : done;
}

function adding({ accounts, clock }: RoleParts, { actor }: Caller, profile: Stated, assignment: Assignment): Change<Added> {
  const now = clock();
  const user = accounts.newUser(profile, actor, now, { emailKey: null, phoneKey: null });
  return {
    actor,
    rows: [user.insert, accounts.newAssignment(user.id, assignment, actor, now).insert],
    audit: { action: "user.staff-added", resource: `user/${user.id}`, payload: { ...assignment } },
    answer: { userId: user.id },
  };
}

/** Keeps one of an operator's people out, at once. Doing it again changes nothing; only the regulator lifts it. */
export async function suspendStaff(
  { office, clock, random }: RoleParts, by: Caller, operator: string, userId: string,
): Promise<AccessResult<object>> {
  const managed = await accountToManage(office, by.principal, userId, operator);
  if (!managed.ok) return managed;
  if (managed.account.state === "suspended") return { ok: true };
  const now = clock();
  return commit(office, {
    actor: by.actor,
    rows: [
      { exactlyOne: touchUser(office.primary, managed.account, by.actor, now, lockedBy(by.actor, now, "operator-asked")) },
      ...endingOf(office.primary, userId, by.actor, now),
    ],
    audit: { action: "user.suspended", resource: `user/${userId}`, payload: { operator } },
    answer: {},
  }, { now, random });
}
