import { proofRefused, sendCodeTo } from "../../authentication/index.ts";
import type { CodeRefusal } from "../../authentication/rpc.ts";
import { dialled } from "../../../i18n/dialled.ts";
import { text } from "../../../i18n/index.ts";
import type { Result } from "../../../kernel/result.ts";
import { sealIdentity } from "../../users/index.ts";
import type { EndingApi, EndingResult } from "../ending-rpc.ts";
import type { Evidence, RegisterResult } from "../model.ts";
import type { ChosenPolicy } from "../policies.ts";
import { codeFormId } from "./ids.ts";
import type { Caller, DialledParts } from "./parts.ts";
import { type Coded, endedOf, isPolicy } from "./rules.ts";

/** Excludes the caller: in force when this answers. `evidence`: what their phone is proven by. */
export async function exclude(
  parts: DialledParts, { phone, channel, locale, commandId }: Caller, policy: ChosenPolicy, evidence: Extract<Evidence, "network" | "code">,
): Promise<RegisterResult> {
  const said = { phone: phone.number, document: null, name: null, dateOfBirth: null, locale, accepted: [] };
  const box = sealIdentity(parts.envelope, commandId, said);
  const result = await parts.register.register({ commandId, policy, channel, identifiers: [{ p: phone.p, kind: "msisdn", evidence }], box });
  if (result.ok) parts.outboxFilled();
  return result;
}

/** One act on the end of the caller's own exclusion. */
export async function end(parts: DialledParts, { phone, channel, commandId }: Caller, act: keyof EndingApi): Promise<EndingResult> {
  const about = endedOf(await parts.register.exclusionsOf(phone.p));
  if (!about) return { ok: false, refusal: "nothing-to-end" };
  const result = await parts.register[act]({ commandId, phone: phone.p, reference: about.reference, channel });
  if (result.ok) parts.outboxFilled();
  return result;
}

/** The form a caller's code is for. A message's reply names nothing but the code, so that its language is part of its form. */
const formOf = ({ phone, channel, locale }: Caller, asked: Coded): string =>
  codeFormId(phone.p, asked, channel === "sms" ? `sms ${locale}` : channel);

/** Sends the caller a code for what they ask; for the same command once. */
export function sendCode(parts: DialledParts, caller: Caller, asked: Coded): Promise<Result<object, CodeRefusal>> {
  const { phone, channel, locale, commandId } = caller;
  const words = channel === "sms" && isPolicy(asked) && { words: replied(locale, asked) };
  return sendCodeTo(parts, phone, { formId: formOf(caller, asked), locale, address: channel, again: true, requestId: commandId, ...words });
}

const replied = (locale: Caller["locale"], policy: ChosenPolicy) => (code: string, minutes: number): string =>
  dialled(locale, "sms.code", { code, period: text(locale, `period.${policy}`), minutes });

/** The refusal when the code does not prove the caller's phone for what they ask; null when it does. The same command spends one try. */
export const prove = (parts: DialledParts, caller: Caller, asked: Coded, code: string) =>
  proofRefused(parts, caller.phone.p, formOf(caller, asked), code, caller.commandId);
