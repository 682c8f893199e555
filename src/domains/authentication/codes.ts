import type { SmsSender } from "../../adapters/sms/port.ts";
import { type Lineage, nameOf } from "../../bst/lineage.ts";
import type { Locale } from "../../i18n/locales.ts";
import { type Clock, MINUTE } from "../../kernel/clock.ts";
import type { Result } from "../../kernel/result.ts";
import { codeMessage } from "./message.ts";
import type { ChallengeApi, CodeRefusal, ProofRefusal } from "./rpc.ts";
import { CODE_LIFE } from "./rules.ts";

export interface CodeParts {
  /** The one-time codes of a phone, by its name. */
  challenge: (phone: string) => ChallengeApi;
  sms: SmsSender;
  clock: Clock;
  /** Whether this caller's address may have another code sent. */
  admits: (address: string) => Promise<boolean>;
  /** Hears why a message was not taken. */
  report: (reason: string) => void;
}

/** A form that wants its phone proven. */
export interface CodeForm {
  formId: string;
  locale: Locale;
  /** The caller's, for send limits only. */
  address: string;
  /** Another code, although one stands. */
  again: boolean;
  /** What asks for it, where the same can arrive twice: the second time nothing is sent. */
  requestId?: string;
  /** Other words around the code than the usual. */
  words?: (code: string, minutes: number) => string;
}

/** A phone in E.164, and its lineage. */
export interface ProvablePhone {
  number: string;
  p: Lineage;
}

/** Sends a code to the phone. The same form again sends nothing while its code stands, unless `again`. */
export async function sendCodeTo(parts: CodeParts, { number, p }: ProvablePhone, form: CodeForm): Promise<Result<object, CodeRefusal>> {
  const drawn = await drawCodeFor(parts, p, form);
  return !drawn.ok || drawn.code === null ? drawn : textCode(parts, { number, p }, form, drawn.code);
}

/** The first half: a code within the limits of phone and address; null when the form's last one still stands. */
export async function drawCodeFor(
  { challenge, clock, admits }: CodeParts, p: Lineage, { formId, address, again, requestId }: CodeForm,
): Promise<Result<{ code: string | null }, CodeRefusal>> {
  if (!(await admits(address))) return { ok: false, refusal: "too-many-codes", field: "phone", minutes: 1 };
  const issued = await challenge(nameOf(p)).issue({ formId, again, ...(requestId !== undefined && { requestId }) });
  return issued.ok ? issued : { ok: false, refusal: issued.refusal, field: "phone", minutes: minutesUntil(issued.retryAt, clock()) };
}

/** The second half: one that was not taken is void and does not count. */
async function textCode(
  { challenge, sms, report }: CodeParts, { number, p }: ProvablePhone, { formId, locale, words }: Pick<CodeForm, "formId" | "locale" | "words">, code: string,
): Promise<Result<object, CodeRefusal>> {
  const sent = await sms.send({ to: number, message: words?.(code, CODE_LIFE / MINUTE) ?? codeMessage(locale, code) });
  if (sent.ok) return { ok: true };
  report(sent.reason);
  await challenge(nameOf(p)).withdraw({ formId });
  return { ok: false, refusal: "sms-failed", field: "phone" };
}

const minutesUntil = (at: number, now: number): number => Math.max(1, Math.ceil((at - now) / MINUTE));

/** The refusal when the code does not prove the phone; null when it does. A wrong one that comes twice by one `requestId` spends one try. */
export async function proofRefused(
  { challenge }: Pick<CodeParts, "challenge">, phone: Lineage, formId: string, code: string, requestId?: string,
): Promise<({ ok: false } & ProofRefusal) | null> {
  const verdict = await challenge(nameOf(phone)).verify({ formId, code, ...(requestId !== undefined && { requestId }) });
  return verdict.ok ? null : { ...verdict, field: "code" };
}
