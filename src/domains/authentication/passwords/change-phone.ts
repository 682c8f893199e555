import type { Actor } from "../../../kernel/actor.ts";
import { commit } from "../../../office/commit.ts";
import { proofRefused, sendCodeTo } from "../codes.ts";
import type { AccountParts } from "../parts.ts";
import { provablePhone } from "../phone.ts";
import { holderActor } from "./holder.ts";
import { CodeRequest, Proof, read } from "./input.ts";
import { type Own, ownAccount } from "./own.ts";
import { phoneRefused, provenPhone } from "./proven-phone.ts";
import type { PasswordsRpc } from "./rpc.ts";
import { formFor } from "./rules.ts";
import { changeAccount, voidLinksOf } from "./store.ts";
import { tellHolder } from "./tell.ts";

const formOf = ({ account }: Own, formId: string): string => formFor(`phone of ${account.user.id}`, formId);

export async function startPhoneChange(parts: AccountParts, unread: unknown): ReturnType<PasswordsRpc["startPhoneChange"]> {
  const form = read(CodeRequest, unread);
  if (!form.ok) return form;
  const { formId, visitor, locale, again } = form.request;
  const own = await ownAccount(parts, visitor);
  if (!own.ok) return own;
  const known = await provablePhone(parts.tokenizer, form.request.phone);
  if (!known.ok) return known;
  const sent = await sendCodeTo(parts, known.phone, { formId: formOf(own, formId), locale, again, address: visitor.address });
  return sent.ok ? { ok: true, phone: known.phone.number } : sent;
}

/**
 * Gives an account another phone to sign in with. The register is not asked and not told: an exclusion keeps covering every
 * phone it covers. Links that went out for the earlier phone hold no longer.
 */
export async function changePhone(parts: AccountParts, unread: unknown): ReturnType<PasswordsRpc["changePhone"]> {
  const form = read(Proof, unread);
  if (!form.ok) return form;
  const { formId, code, visitor, locale } = form.request;
  const own = await ownAccount(parts, visitor);
  if (!own.ok) return own;
  const known = await provablePhone(parts.tokenizer, form.request.phone);
  if (!known.ok) return known;
  const { number, p } = known.phone;
  const refused = await proofRefused(parts, p, formOf(own, formId), code);
  if (refused) return refused;
  const { phone: earlier } = parts.accounts.profileOf(own.account.user)!;
  const done = await change(parts, own, number, holderActor(own.account.user.id, visitor));
  if (!done.ok) return phoneRefused(done);
  if (earlier !== number) tellHolder(parts, earlier, locale, "sms.phone-changed");
  return { ok: true };
}

function change(parts: AccountParts, { account }: Own, number: string, actor: Actor) {
  const { office, clock, random } = parts;
  const { id: userId } = account.user;
  const now = clock();
  return commit(office, {
    actor,
    rows: [
      { exactlyOne: changeAccount(office.primary, account.user, provenPhone(parts, account, number, now), actor, now) },
      voidLinksOf(office.primary, userId, now),
    ],
    audit: { action: "phone.changed", resource: `user/${userId}`, payload: {} },
    answer: {},
  }, { now, random });
}
