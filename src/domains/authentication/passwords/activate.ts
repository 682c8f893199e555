import { type Change, commit } from "../../../office/commit.ts";
import { proofRefused } from "../codes.ts";
import type { AccountParts } from "../parts.ts";
import { provablePhone } from "../phone.ts";
import type { Visitor } from "../sessions/visitor.ts";
import { succeeded } from "../sign-in/attempts.ts";
import { endEverything } from "./end-everything.ts";
import { holderActor } from "./holder.ts";
import { Activation, read } from "./input.ts";
import { type Held, heldLink } from "./link.ts";
import { passwordRefused, passwordRow } from "./new-password.ts";
import { phoneRefused, provenPhone } from "./proven-phone.ts";
import type { PasswordsRpc } from "./rpc.ts";
import { formFor } from "./rules.ts";
import { changeAccount, removeFactorsOf, useLink, voidLinksOf } from "./store.ts";
import { tellHolder } from "./tell.ts";

/** What an activation makes of an account. */
interface Activated {
  visitor: Visitor;
  /** In E.164, proven. */
  number: string;
  password: string;
}

/**
 * Gives an account the phone that was proven and a password, by an activation. One for lost factors takes them away, and ends whatever stands; a first
 * password ends nothing: nobody came in by an earlier one.
 */
export async function activate(parts: AccountParts, unread: unknown): ReturnType<PasswordsRpc["activate"]> {
  const form = read(Activation, unread);
  if (!form.ok) return form;
  const { formId, code, password, visitor, locale } = form.request;
  const held = await heldLink(parts, "activation", form.request.link);
  if (!held) return { ok: false, refusal: "link-over", field: "link" };
  const known = await provablePhone(parts.tokenizer, form.request.phone);
  if (!known.ok) return known;
  const { number, p } = known.phone;
  const unproven = await proofRefused(parts, p, formFor(held.link.id, formId), code);
  if (unproven) return unproven;
  const { name, phone: earlier } = parts.accounts.profileOf(held.account.user)!;
  const refused = await passwordRefused(parts, password, { name, phone: number });
  if (refused) return refused;
  const done = await commit(parts.office, activation(parts, held, { visitor, number, password }), { now: parts.clock(), random: parts.random });
  if (!done.ok) return phoneRefused(done);
  tellHolder(parts, earlier ?? number, locale, "sms.password-changed");
  return { ok: true };
}

function activation(parts: AccountParts, { link, account }: Held, { visitor, number, password }: Activated): Change<object> {
  const { office, clock } = parts;
  const { id: userId } = account.user;
  const now = clock();
  const actor = holderActor(userId, visitor);
  const columns = provenPhone(parts, account, number, now);
  return {
    actor,
    rows: [
      { exactlyOne: useLink(office.primary, link.id, now) },
      { exactlyOne: changeAccount(office.primary, account.user, columns, actor, now) },
      passwordRow(parts, account, password, now),
      ...(link.reason === "lost-factors"
        ? [...removeFactorsOf(office.primary, userId), ...endEverything(office, userId, actor, now)]
        : [voidLinksOf(office.primary, userId, now)]),
      succeeded(office, columns.phoneKey),
    ],
    audit: { action: "user.activated", resource: `user/${userId}`, payload: { linkId: link.id, reason: link.reason! } },
    answer: {},
  };
}
