import { maskPhone } from "../../../kernel/mask.ts";
import { proofRefused } from "../../authentication/index.ts";
import type { CitizenResult, CitizenRpc } from "../citizen-rpc.ts";
import type { Receipt } from "../model.ts";
import { Entry, GrantText, Look, read, readIdentity } from "./input.ts";
import { type CitizenParts, GRANT_INVALID, holderOfGrant, pseudonymsOf } from "./parts.ts";

/** Trades a proven code for a grant. Says the same whether or not anything is known of the phone. */
export async function enter(parts: CitizenParts, unread: unknown): Promise<CitizenResult<{ grant: string }>> {
  const form = read(Entry, unread);
  if (!form.ok) return form;
  const stated = readIdentity(form.request.phone, null, parts.clock());
  if (!stated.ok) return stated;
  const [phone] = await pseudonymsOf(parts.tokenizer, stated);
  const refused = await proofRefused(parts, phone, form.request.formId, form.request.code);
  if (refused) return refused;
  const personId = await parts.register.holderOf(phone);
  const number = stated.phone.value;
  return { ok: true, grant: await parts.grants.issue({ phone, number, maskedPhone: maskPhone(number), personId }) };
}

/** Every exclusion of the grant's holder, newest first, from Register itself. */
export async function exclusions(
  parts: CitizenParts, unread: unknown,
): Promise<CitizenResult<{ phone: string; receipts: Receipt[] }>> {
  const text = GrantText.safeParse(unread);
  const held = text.success ? await holderOfGrant(parts, text.data) : GRANT_INVALID;
  if (!held.ok) return held;
  return { ok: true, phone: held.grant.maskedPhone, receipts: await parts.register.exclusionsOf(held.grant.phone) };
}

/** One exclusion of the grant's holder, with its history. Somebody else's is as unknown as one there never was. */
export async function receipt(parts: CitizenParts, unread: unknown): ReturnType<CitizenRpc["receipt"]> {
  const form = read(Look, unread);
  if (!form.ok) return form;
  const held = await holderOfGrant(parts, form.request.grant);
  if (!held.ok) return held;
  const { phone } = held.grant;
  const [receipts, history] = await Promise.all([parts.register.exclusionsOf(phone), parts.register.historyOf(phone, form.request.reference)]);
  const found = receipts.find(({ reference }) => reference === form.request.reference);
  return found && history ? { ok: true, receipt: found, history } : { ok: false, refusal: "reference-unknown", field: null };
}
