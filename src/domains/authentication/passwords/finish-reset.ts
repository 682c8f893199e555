import { commit } from "../../../office/commit.ts";
import { proofRefused } from "../codes.ts";
import type { AccountParts } from "../parts.ts";
import { provablePhone } from "../phone.ts";
import type { Visitor } from "../sessions/visitor.ts";
import { holderActor } from "./holder.ts";
import { Proof, read } from "./input.ts";
import { drawLink } from "./link.ts";
import type { PasswordsRpc } from "./rpc.ts";
import { formFor, mayResetByPhone } from "./rules.ts";
import { accountByPhone, insertLink } from "./store.ts";

/** Gives whoever proved their phone a link. A code nobody was sent, guessed by chance, is wrong like any other. */
export async function finishReset(parts: AccountParts, unread: unknown): ReturnType<PasswordsRpc["finishReset"]> {
  const form = read(Proof, unread);
  if (!form.ok) return form;
  const { formId, code, visitor } = form.request;
  const known = await provablePhone(parts.tokenizer, form.request.phone);
  if (!known.ok) return known;
  const { number, p } = known.phone;
  const account = await accountByPhone(parts.office, parts.accounts.phoneKey(number));
  const refused = await proofRefused(parts, p, formFor("reset", formId), code);
  if (refused) return refused;
  if (!account) return { ok: false, refusal: "code-used-up", field: "code" };
  if (!mayResetByPhone(account)) return { ok: false, refusal: "activation-due", field: null };
  return { ok: true, link: await giveLink(parts, account.user.id, visitor) };
}

async function giveLink({ office, clock, random }: AccountParts, userId: string, visitor: Visitor): Promise<string> {
  const now = clock();
  const actor = holderActor(userId, visitor);
  const { row, secret } = drawLink(random, userId, { kind: "reset", reason: null }, actor, now);
  const audit = { action: "password.reset-begun", resource: `user/${userId}`, payload: { linkId: row.id } };
  const done = await commit(office, { actor, rows: [insertLink(office.primary, row)], audit, answer: {} }, { now, random });
  if (!done.ok) throw new Error(`A fresh link was refused: ${done.refusal}`);
  return secret;
}
