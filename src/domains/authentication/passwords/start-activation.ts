import { sendCodeTo } from "../codes.ts";
import type { AccountParts } from "../parts.ts";
import { provablePhone } from "../phone.ts";
import { ActivationStart, read } from "./input.ts";
import { heldLink } from "./link.ts";
import type { PasswordsRpc } from "./rpc.ts";
import { formFor } from "./rules.ts";

/** Sends a code to the phone that somebody with an activation says is theirs. Whether another account has it is not looked at yet. */
export async function startActivation(parts: AccountParts, unread: unknown): ReturnType<PasswordsRpc["startActivation"]> {
  const form = read(ActivationStart, unread);
  if (!form.ok) return form;
  const { formId, visitor: { address }, locale, again } = form.request;
  const held = await heldLink(parts, "activation", form.request.link);
  if (!held) return { ok: false, refusal: "link-over", field: "link" };
  const known = await provablePhone(parts.tokenizer, form.request.phone);
  if (!known.ok) return known;
  const sent = await sendCodeTo(parts, known.phone, { formId: formFor(held.link.id, formId), locale, again, address });
  return sent.ok ? { ok: true, phone: known.phone.number } : sent;
}
