import { type Change, commit } from "../../../office/commit.ts";
import type { AccountParts } from "../parts.ts";
import type { Visitor } from "../sessions/visitor.ts";
import { attempt, succeeded } from "../sign-in/attempts.ts";
import { endEverything } from "./end-everything.ts";
import { holderActor } from "./holder.ts";
import { PasswordChange, read } from "./input.ts";
import { passwordRefused, passwordRow } from "./new-password.ts";
import { type Own, ownAccount } from "./own.ts";
import type { CurrentRefusal, PasswordsRpc } from "./rpc.ts";
import { openHash } from "./sealed.ts";
import { type Account, changeAccount } from "./store.ts";
import { tellHolder } from "./tell.ts";

/** Tries count apart from those to sign in: only who is signed in can make them, so that no stranger locks anybody out of it. */
const keyOf = ({ user }: Account): string => `password of ${user.id}`;

/** Changes the password of whoever is signed in and knows it. Whether the new one will do is said first: that costs no try. */
export async function changePassword(parts: AccountParts, unread: unknown): ReturnType<PasswordsRpc["changePassword"]> {
  const form = read(PasswordChange, unread);
  if (!form.ok) return form;
  const { visitor, current, password, locale } = form.request;
  const own = await ownAccount(parts, visitor);
  if (!own.ok) return own;
  const { name, phone } = parts.accounts.profileOf(own.account.user)!;
  const refused = (await passwordRefused(parts, password, { name, phone: phone ?? "" })) ?? (await currentRefused(parts, own.account, current));
  if (refused) return refused;
  const done = await commit(parts.office, change(parts, own, password, visitor), { now: parts.clock(), random: parts.random });
  if (!done.ok) return { ok: false, refusal: "changed-meanwhile", field: null };
  tellHolder(parts, phone, locale, "sms.password-changed");
  return { ok: true };
}

async function currentRefused(
  { office, accounts, hasher, clock }: AccountParts, account: Account, current: string,
): Promise<({ ok: false } & CurrentRefusal) | null> {
  const { user, sealedHash } = account;
  const minutes = await attempt(office, keyOf(account), clock());
  if (minutes !== null) return { ok: false, refusal: "password-locked", field: "current", minutes };
  const hash = sealedHash && openHash(accounts.dataKeyOf(user)!, sealedHash, user.id);
  return hasher.matches(hash, current) ? null : { ok: false, refusal: "password-wrong", field: "current" };
}

function change(parts: AccountParts, { account, session }: Own, password: string, visitor: Visitor): Change<object> {
  const { office, clock } = parts;
  const { id: userId } = account.user;
  const now = clock();
  const actor = holderActor(userId, visitor);
  return {
    actor,
    rows: [
      { exactlyOne: changeAccount(office.primary, account.user, {}, actor, now) },
      passwordRow(parts, account, password, now),
      ...endEverything(office, userId, actor, now, session.id),
      succeeded(office, keyOf(account)),
    ],
    audit: { action: "password.changed", resource: `user/${userId}`, payload: { sessionId: session.id } },
    answer: {},
  };
}
