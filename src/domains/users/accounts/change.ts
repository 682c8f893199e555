import type { Actor } from "../../../kernel/actor.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import { updatedBy } from "../../../office/columns.ts";
import { commit, type Statement } from "../../../office/commit.ts";
import type { Office } from "../../../office/database.ts";
import type { Caller } from "../../authentication/capabilities.ts";
import { stepAfter } from "../people/rules.ts";
import { insertVerification, latestVerification } from "../people/store.ts";
import type { Accounts, Profile } from "./accounts.ts";
import { refused, type UserParts, type UserResult } from "./parts.ts";
import { changedIn, refusalToChange } from "./rules.ts";
import { accountOf, updateUser, type UserRow } from "./store.ts";
import { viewOf } from "./view.ts";

/** What is left out stays. */
export interface UserChange {
  name?: string | undefined;
  email?: string | undefined;
}

/**
 * Changes an account that was read in this version. What is so already is left, and not told of. Whom an officer verified went by the
 * name that stood. `duplicate`: another account has the address.
 */
export async function changeUser(
  { office, accounts, clock, random }: UserParts, { principal, actor }: Caller, id: string, version: number, asked: UserChange,
): Promise<UserResult> {
  const target = await accountOf(office, id);
  if (!target) return refused("unknown");
  const profile = accounts.profileOf(target);
  const fields = changedIn({ name: null, email: null, ...profile }, asked);
  const refusal = refusalToChange(principal, target, version, false);
  if (refusal) return refused(refusal);
  if (fields.length === 0) return { ok: true, user: viewOf(target, profile) };
  if (!profile) return refused("erased");
  const now = clock();
  const renewed = { ...profile, name: asked.name ?? profile.name, email: asked.email ?? profile.email };
  const columns = { ...columnsOf(accounts, target, asked, renewed), ...updatedBy(actor, now, version) };
  const audit = { action: "user.changed", resource: `user/${id}`, payload: { fields } };
  const unverifying = fields.includes("name") ? await unverifyingOf(office, id, actor, now, random) : [];
  const rows = [{ exactlyOne: updateUser(office.primary, target, columns, false) }, ...unverifying];
  const done = await commit(office, { actor, rows, audit, answer: {} }, { now, random });
  return done.ok ? { ok: true, user: viewOf({ ...target, ...columns }, renewed) } : done;
}

const columnsOf = (accounts: Accounts, target: UserRow, { email }: UserChange, renewed: Profile): Partial<UserRow> =>
  ({ sealedProfile: accounts.sealAnew(target, renewed), ...(email !== undefined && { emailKey: accounts.emailKey(email) }) });

async function unverifyingOf(office: Office, userId: string, actor: Actor, now: Instant, random: Random): Promise<Statement[]> {
  const latest = await latestVerification(office, userId);
  if (latest?.verdict !== "verified") return [];
  const step = stepAfter(latest, { method: latest.method, verdict: "revoked", reason: "name-changed" }, actor, now, random);
  return [insertVerification(office.primary, { userId, ...step })];
}
