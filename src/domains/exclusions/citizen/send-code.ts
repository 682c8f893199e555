import { toHex } from "../../../kernel/bytes.ts";
import { MINUTE } from "../../../kernel/clock.ts";
import { codeMessage } from "../../authentication/index.ts";
import type { CitizenResult } from "../citizen-rpc.ts";
import { CodeRequest, read, readIdentity } from "./input.ts";
import { type CitizenParts, pseudonymsOf } from "./parts.ts";

/** Sends a code to the phone. The same form again sends nothing while its code stands, unless the person asks for another. */
export async function sendCode(parts: CitizenParts, unread: unknown): Promise<CitizenResult<{ phone: string }>> {
  const form = read(CodeRequest, unread);
  if (!form.ok) return form;
  const { formId, locale, again, address } = form.request;
  const stated = readIdentity(form.request.phone, form.request.document, parts.clock());
  if (!stated.ok) return stated;
  if (!(await parts.admits(address))) return { ok: false, refusal: "too-many-codes", field: "phone", minutes: 1 };

  const phone = stated.phone.value;
  const [p] = await pseudonymsOf(parts.tokenizer, { ...stated, document: null });
  const challenge = parts.challenge(toHex(p));
  const issued = await challenge.issue({ formId, again });
  if (!issued.ok) {
    return { ok: false, refusal: issued.refusal, field: "phone", minutes: minutesUntil(issued.retryAt, parts.clock()) };
  }
  if (issued.code === null) return { ok: true, phone };

  const sent = await parts.sms.send({ to: phone, message: codeMessage(locale, issued.code) });
  if (sent.ok) return { ok: true, phone };
  parts.report(sent.reason);
  await challenge.withdraw({ formId });
  return { ok: false, refusal: "sms-failed", field: "phone" };
}

const minutesUntil = (at: number, now: number): number => Math.max(1, Math.ceil((at - now) / MINUTE));
