import { drawCodeFor } from "../codes.ts";
import type { AccountParts } from "../parts.ts";
import { provablePhone } from "../phone.ts";
import { CodeRequest, read } from "./input.ts";
import type { PasswordsRpc } from "./rpc.ts";
import { formFor } from "./rules.ts";
import { accountByPhone } from "./store.ts";
import { textAfterwards } from "./tell.ts";

/** Draws a code for whatever phone is asked about, and texts it to one that has an account. */
export async function startReset(parts: AccountParts, unread: unknown): ReturnType<PasswordsRpc["startReset"]> {
  const form = read(CodeRequest, unread);
  if (!form.ok) return form;
  const { formId, locale, again, visitor } = form.request;
  const known = await provablePhone(parts.tokenizer, form.request.phone);
  if (!known.ok) return known;
  const { number, p } = known.phone;
  const account = await accountByPhone(parts.office, parts.accounts.phoneKey(number));
  const drawn = await drawCodeFor(parts, p, { formId: formFor("reset", formId), locale, again, address: visitor.address });
  if (!drawn.ok) return drawn;
  if (drawn.code !== null) textAfterwards(parts, account && number, locale, drawn.code);
  return { ok: true, phone: number };
}
