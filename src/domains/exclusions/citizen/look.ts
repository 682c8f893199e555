import { maskPhone } from "../../../kernel/mask.ts";
import { proofRefused } from "../../authentication/index.ts";
import type { CitizenResult } from "../citizen-rpc.ts";
import type { Receipt } from "../model.ts";
import { Entry, GrantText, read, readIdentity } from "./input.ts";
import { type CitizenParts, pseudonymsOf } from "./parts.ts";

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
  return { ok: true, grant: await parts.grants.issue({ phone, maskedPhone: maskPhone(stated.phone.value), personId }) };
}

/** Every exclusion of the grant's holder, newest first, from Register itself. A phone that is somebody else's by now shows nobody's. */
export async function exclusions(
  parts: CitizenParts, unread: unknown,
): Promise<CitizenResult<{ phone: string; receipts: Receipt[] }>> {
  const text = GrantText.safeParse(unread);
  const grant = text.success ? await parts.grants.read(text.data) : null;
  if (!grant) return { ok: false, refusal: "grant-invalid", field: null };
  const [holder, receipts] = await Promise.all([parts.register.holderOf(grant.phone), parts.register.exclusionsOf(grant.phone)]);
  if (holder !== grant.personId) return { ok: false, refusal: "grant-invalid", field: null };
  return { ok: true, phone: grant.maskedPhone, receipts };
}
