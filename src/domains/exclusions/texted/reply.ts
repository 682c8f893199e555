import type { InboundSms } from "../../../adapters/sms/port.ts";
import { dialled, DIALLED_LOCALES, type DialledLocale } from "../../../i18n/dialled.ts";
import { formatInstant } from "../../../i18n/index.ts";
import { nameOf } from "../../../bst/lineage.ts";
import { provablePhone, type ProvablePhone, readPhone } from "../../authentication/index.ts";
import type { ProofRefusal, RepliesApi } from "../../authentication/rpc.ts";
import { exclude, prove, sendCode } from "../dialled/acts.ts";
import { smsCommandId } from "../dialled/ids.ts";
import type { Caller, DialledParts } from "../dialled/parts.ts";
import { CODED_POLICIES, needsCode, shownOf } from "../dialled/rules.ts";
import { termOf, withLines } from "../dialled/words.ts";
import type { Receipt, RegisterResult } from "../model.ts";
import type { ChosenPolicy } from "../policies.ts";
import { readWish, type Wish } from "./rules.ts";

export interface TextedParts extends DialledParts {
  /** What was said to a phone's messages, by its pseudonym in hexadecimal. */
  replies: (phone: string) => RepliesApi;
}

/**
 * Does what a message says, and replies to it at most once. What comes of an exclusion that began or was made longer is
 * told by its own notice, and of a code by the code: those are the reply. Nobody is replied to who has no Kenyan mobile number.
 */
export async function reply(parts: TextedParts, message: InboundSms): Promise<void> {
  if (!readPhone(message.from).ok) return;
  try {
    const read = await provablePhone(parts.tokenizer, message.from);
    if (read.ok) await answer(parts, read.phone, message);
  } catch (error) {
    parts.failed(error);
  }
}

async function answer(parts: TextedParts, phone: ProvablePhone, { id, text }: InboundSms): Promise<void> {
  const { locale, wish } = readWish(text);
  const caller: Caller = { phone, channel: "sms", locale, commandId: smsCommandId(phone.p, id) };
  const say = await carryOut(parts, caller, wish).catch((error: unknown) => {
    parts.failed(error);
    return dialled(locale, "sms.later");
  });
  if (say === null || !(await parts.replies(nameOf(phone.p)).mayReply({ messageId: caller.commandId }))) return;
  const sent = await parts.sms.send({ to: phone.number, message: say });
  if (!sent.ok) parts.report(sent.reason);
}

/** What is said to it; null when something else says it. */
async function carryOut(parts: TextedParts, caller: Caller, wish: Wish): Promise<string | null> {
  switch (wish.wants) {
    case "stop": return needsCode(wish.policy) ? code(parts, caller, wish.policy) : told(caller, await exclude(parts, caller, wish.policy, "network"));
    case "proof": return proof(parts, caller, wish.code);
    case "status": return status(parts, caller);
    case "help": return withLines(dialled(caller.locale, "sms.help"), parts.helpLines);
  }
}

function told({ locale }: Caller, result: RegisterResult): string | null {
  if (!result.ok) return dialled(locale, "sms.later");
  return result.outcome === "unchanged" ? standing(locale, result.receipt) : null;
}

async function code(parts: TextedParts, caller: Caller, policy: ChosenPolicy): Promise<string | null> {
  const sent = await sendCode(parts, caller, policy);
  return sent.ok || sent.refusal === "sms-failed" ? null : dialled(caller.locale, "sms.too-many", { minutes: sent.minutes });
}

/** A code alone does not say what it is for: it is held against whatever this phone has a code for. */
async function proof(parts: TextedParts, caller: Caller, typed: string): Promise<string | null> {
  let said = dialled(caller.locale, "sms.code-over");
  for (const locale of DIALLED_LOCALES) {
    for (const policy of CODED_POLICIES) {
      const asker = { ...caller, locale };
      const refused = await prove(parts, asker, policy, typed);
      if (!refused) return told(asker, await exclude(parts, asker, policy, "code"));
      if (refused.refusal !== "code-expired") said = unproven(locale, refused);
    }
  }
  return said;
}

const unproven = (locale: DialledLocale, refused: ProofRefusal): string =>
  refused.refusal === "code-wrong" ? dialled(locale, "sms.code-wrong", { tries: refused.triesLeft }) : dialled(locale, "sms.code-over");

async function status(parts: TextedParts, { phone, locale }: Caller): Promise<string> {
  const receipt = shownOf(await parts.register.exclusionsOf(phone.p));
  return receipt ? standing(locale, receipt) : dialled(locale, "sms.none");
}

function standing(locale: DialledLocale, receipt: Receipt): string {
  const { reference, state, endableFrom } = receipt;
  if (state === "ending" && endableFrom !== null) return dialled(locale, "sms.ending", { reference, from: formatInstant(locale, endableFrom) });
  return dialled(locale, "sms.in-force", { term: termOf(locale, receipt), reference });
}
