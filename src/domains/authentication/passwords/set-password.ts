import { commit } from "../../../office/commit.ts";
import type { AccountParts } from "../parts.ts";
import type { Visitor } from "../sessions/visitor.ts";
import { succeeded } from "../sign-in/attempts.ts";
import { endEverything } from "./end-everything.ts";
import { holderActor } from "./holder.ts";
import { NewPassword, read } from "./input.ts";
import { type Held, heldLink } from "./link.ts";
import { passwordRefused, passwordRow } from "./new-password.ts";
import type { PasswordsRpc } from "./rpc.ts";
import { mayResetByPhone } from "./rules.ts";
import { changeAccount, useLink } from "./store.ts";
import { tellHolder } from "./tell.ts";

const LINK_OVER = { ok: false, refusal: "link-over", field: "link" } as const;

/** Sets a password by the link of a reset. What made it enough to prove a phone must still hold. */
export async function setPassword(parts: AccountParts, unread: unknown): ReturnType<PasswordsRpc["setPassword"]> {
  const form = read(NewPassword, unread);
  if (!form.ok) return form;
  const { link: secret, password, visitor, locale } = form.request;
  const held = await heldLink(parts, "reset", secret);
  if (!held || !mayResetByPhone(held.account)) return LINK_OVER;
  const { name, phone } = parts.accounts.profileOf(held.account.user)!;
  const refused = await passwordRefused(parts, password, { name, phone: phone ?? "" });
  if (refused) return refused;
  const done = await set(parts, held, password, visitor, phone);
  if (!done.ok) return { ok: false, refusal: "changed-meanwhile", field: null };
  tellHolder(parts, phone, locale, "sms.password-changed");
  return { ok: true };
}

/** Whoever was locked out by others' wrong passwords comes in with the new one. */
function set(parts: AccountParts, { link, account }: Held, password: string, visitor: Visitor, phone: string | null) {
  const { office, accounts, clock, random } = parts;
  const { id: userId } = account.user;
  const now = clock();
  const actor = holderActor(userId, visitor);
  return commit(office, {
    actor,
    rows: [
      { exactlyOne: useLink(office.primary, link.id, now) },
      { exactlyOne: changeAccount(office.primary, account.user, {}, actor, now) },
      passwordRow(parts, account, password, now),
      ...endEverything(office, userId, actor, now),
      ...(phone === null ? [] : [succeeded(office, accounts.phoneKey(phone))]),
    ],
    audit: { action: "password.reset", resource: `user/${userId}`, payload: { linkId: link.id } },
    answer: {},
  }, { now, random });
}
