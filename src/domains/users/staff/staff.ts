import { updatedBy } from "../../../office/columns.ts";
import { type Change, commit, type Command, once } from "../../../office/commit.ts";
import type { Page, PageQuery } from "../../../office/page.ts";
import { type Assignment, type Caller, mayGive, ownRole } from "../../authentication/capabilities.ts";
import { type AccessResult, accountToManage, isEnrolled, type RoleParts } from "../../authentication/index.ts";
import type { Stated } from "../accounts/accounts.ts";
import { maskedProfiles } from "../accounts/read.ts";
import { updateUser } from "../accounts/store.ts";
import { endingOf, lockedBy } from "../people/lock.ts";
import { type ProfileParts, readProfilesOf } from "../identities/profiles.ts";
import { type StaffFilter, type StaffRow, staffPage } from "./store.ts";

/** What a list tells as why its names were read. */
const LISTED = "the operator's list of its people";

export type StaffParts = RoleParts & ProfileParts;

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

type Member = StaffRow & Record<"name" | "email", string | null>;

/**
 * An operator's people. Their names are read by whoever may list them because they are their own operator's, which is noted first;
 * who may list everybody's sees what somebody is recognised by, as in the list of all accounts. Null once erased.
 */
export async function listStaff(parts: StaffParts, { principal, actor }: Caller, operator: string, filter: StaffFilter, query: PageQuery): Promise<Page<Member>> {
  const { rows, next } = await staffPage(parts.office, operator, filter, query);
  const userIds = [...new Set(rows.map(({ userId }) => userId))];
  const role = ownRole(principal, "users:read", operator);
  const known = role ? await readProfilesOf(parts, { role, actor, reason: LISTED }, operator, userIds) : await maskedProfiles(parts, userIds);
  return { rows: rows.map((row) => ({ ...row, name: known.get(row.userId)?.name ?? null, email: known.get(row.userId)?.email ?? null })), next };
}

/** Keeps one of an operator's people out, at once. Doing it again changes nothing; only the regulator lifts it. */
export async function suspendStaff(
  { office, clock, random }: RoleParts, by: Caller, operator: string, userId: string,
): Promise<AccessResult<object>> {
  const managed = await accountToManage(office, by.principal, userId, operator);
  if (!managed.ok) return managed;
  const { account } = managed;
  if (account.state === "suspended") return { ok: true };
  const now = clock();
  return commit(office, {
    actor: by.actor,
    rows: [
      { exactlyOne: updateUser(office.primary, account, { ...lockedBy(by.actor, now, "operator-asked"), ...updatedBy(by.actor, now, account.version) }, true) },
      ...endingOf(office.primary, userId, by.actor, now),
    ],
    audit: { action: "user.suspended", resource: `user/${userId}`, payload: { operator, state: "suspended", before: { state: account.state } } },
    answer: {},
  }, { now, random });
}
