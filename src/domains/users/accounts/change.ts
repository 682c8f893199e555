import { updatedBy } from "../../../office/columns.ts";
import { commit } from "../../../office/commit.ts";
import type { Caller } from "../../authentication/capabilities.ts";
import type { Accounts, Profile } from "./accounts.ts";
import { refused, type UserParts, type UserResult } from "./parts.ts";
import { changedIn, refusalToChange } from "./rules.ts";
import { accountOf, updateUser, type UserRow } from "./store.ts";
import { viewOf } from "./view.ts";

/** What is left out stays. */
export interface UserChange {
  name?: string | undefined;
  email?: string | undefined;
  state?: UserRow["state"] | undefined;
}

/** Changes an account that was read in this version. What is so already is left, and not told of. `duplicate`: another account has the address. */
export async function changeUser(
  { office, accounts, clock, random }: UserParts, { principal, actor }: Caller, id: string, version: number, asked: UserChange,
): Promise<UserResult> {
  const target = await accountOf(office, id);
  if (!target) return refused("unknown");
  const profile = accounts.profileOf(target);
  const fields = changedIn({ name: null, email: null, ...profile, state: target.state }, asked);
  const keepsOut = fields.includes("state") && asked.state === "suspended";
  const refusal = refusalToChange(principal, target, version, keepsOut);
  if (refusal) return refused(refusal);
  if (fields.length === 0) return { ok: true, user: viewOf(target, profile) };
  if (!profile && (asked.name ?? asked.email) !== undefined) return refused("erased");
  const now = clock();
  const renewed = profile && { ...profile, name: asked.name ?? profile.name, email: asked.email ?? profile.email };
  const columns = { ...columnsOf(accounts, target, asked, renewed), ...updatedBy(actor, now, version) };
  const audit = { action: "user.changed", resource: `user/${id}`, payload: { fields, ...(asked.state && { state: asked.state }) } };
  const rows = [{ exactlyOne: updateUser(office.primary, target, columns, keepsOut) }];
  const done = await commit(office, { actor, rows, audit, answer: {} }, { now, random });
  return done.ok ? { ok: true, user: viewOf({ ...target, ...columns }, renewed) } : done;
}

function columnsOf(accounts: Accounts, target: UserRow, { name, email, state }: UserChange, renewed: Profile | null): Partial<UserRow> {
  const resealed = renewed && (name ?? email) !== undefined && { sealedProfile: accounts.sealAnew(target, renewed) };
  return { ...(state && { state }), ...resealed, ...(email !== undefined && { emailKey: accounts.emailKey(email) }) };
}
