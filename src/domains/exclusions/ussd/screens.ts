import type { UssdScreen } from "../../../adapters/ussd/port.ts";
import { dialled, type DialledLocale } from "../../../i18n/dialled.ts";
import { formatInstant, text } from "../../../i18n/index.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { fitsScreen } from "../../../kernel/gsm7.ts";
import type { CodeRefusal, ProofRefusal } from "../../authentication/rpc.ts";
import { type Coded, endingSteps, isPolicy } from "../dialled/rules.ts";
import { termOf, withLines } from "../dialled/words.ts";
import type { EndingRefusal } from "../ending-rpc.ts";
import type { HelpLine } from "../help-lines.ts";
import type { Receipt, RegisterResult } from "../model.ts";
import type { ChosenPolicy } from "../policies.ts";

const asking = (...lines: string[]): UssdScreen => ({ say: lines.join("\n"), more: true });
const over = (...lines: string[]): UssdScreen => ({ say: lines.join("\n"), more: false });

/** That the last input said nothing, above a screen that has room for it. */
export function unclear(locale: DialledLocale, screen: UssdScreen): UssdScreen {
  const say = `${dialled(locale, "unclear")}\n${screen.say}`;
  return fitsScreen(say) ? { ...screen, say } : screen;
}

export const menu = (locale: DialledLocale): UssdScreen => asking(dialled(locale, "menu"));
export const longer = (locale: DialledLocale): UssdScreen => asking(dialled(locale, "longer"), dialled(locale, "periods"));
export const help = (locale: DialledLocale, lines: readonly HelpLine[]): UssdScreen => over(withLines(dialled(locale, "help"), lines));
export const later = (locale: DialledLocale): UssdScreen => over(dialled(locale, "later"));
export const foreign = (locale: DialledLocale): UssdScreen => over(dialled(locale, "foreign"));

const period = (locale: DialledLocale, policy: ChosenPolicy): string => text(locale, `period.${policy}`);

export const confirm = (locale: DialledLocale, policy: ChosenPolicy): UssdScreen =>
  asking(dialled(locale, "confirm", { period: period(locale, policy) }));

/** In force for 24 hours, and longer in the same flow; who is excluded without an end is only told so. */
export function stopped(locale: DialledLocale, result: RegisterResult): UssdScreen {
  if (!result.ok || result.receipt.endsAt === null) return excluded(locale, result);
  return asking(dialled(locale, "stopped", { term: termOf(locale, result.receipt) }), dialled(locale, "periods"));
}

export function excluded(locale: DialledLocale, result: RegisterResult): UssdScreen {
  if (!result.ok) return over(dialled(locale, "again"));
  const { reference } = result.receipt;
  const said = { term: termOf(locale, result.receipt), reference };
  return over(result.outcome === "unchanged" ? dialled(locale, "mine.own", said) : dialled(locale, "excluded", said));
}

const CHOOSE = "code.choose";

/** Asks for the code of what somebody wants, or to have one sent. */
export function code(locale: DialledLocale, asked: Coded): UssdScreen {
  const why = isPolicy(asked) ? dialled(locale, "code.exclude", { period: period(locale, asked) }) : dialled(locale, `code.${asked}`);
  return asking(why, dialled(locale, CHOOSE));
}

export function sent(locale: DialledLocale, refused: CodeRefusal | null): UssdScreen {
  if (!refused) return asking(dialled(locale, "code.sent"), dialled(locale, CHOOSE));
  return over(refused.refusal === "sms-failed" ? dialled(locale, "code.failed") : dialled(locale, "code.too-many", { minutes: refused.minutes }));
}

export const unproven = (locale: DialledLocale, refused: ProofRefusal): UssdScreen =>
  asking(refused.refusal === "code-wrong" ? dialled(locale, "code.wrong", { tries: refused.triesLeft }) : dialled(locale, "code.over"), dialled(locale, CHOOSE));

const STEPS = { "ask-to-end": "mine.ask-to-end", "confirm-ending": "mine.confirm-ending", "keep": "mine.keep" } as const;

/** The holder's exclusion in force, and what they can do about it now. */
export function mine(locale: DialledLocale, receipt: Receipt | null, now: Instant): UssdScreen {
  if (!receipt) return asking(dialled(locale, "mine.none"));
  const steps = receipt.origin === "self" ? endingSteps(receipt, now).map((step) => dialled(locale, STEPS[step])) : [];
  const lengthen = receipt.endsAt === null && receipt.state === "active" ? [] : [dialled(locale, "mine.lengthen")];
  return asking(standing(locale, receipt), ...lengthen, ...steps, dialled(locale, "mine.back"));
}

function standing(locale: DialledLocale, receipt: Receipt): string {
  const { reference, state, origin, endableFrom, annulsAt } = receipt;
  const said = { term: termOf(locale, receipt), reference };
  if (state === "ending" && endableFrom !== null) return dialled(locale, "mine.ending", { from: formatInstant(locale, endableFrom), reference });
  if (state === "annulling" && annulsAt !== null) return dialled(locale, "mine.annulling", { from: formatInstant(locale, annulsAt), reference });
  return dialled(locale, origin === "self" ? "mine.own" : "mine.decided", said);
}

/** What an act on the end made of it. */
export function ending(locale: DialledLocale, { reference, state, endableFrom }: Receipt): UssdScreen {
  if (state === "ending" && endableFrom !== null) return over(dialled(locale, "asked", { from: formatInstant(locale, endableFrom), reference }));
  return over(dialled(locale, state === "ended" ? "ended" : "kept", { reference }));
}

export function notEnded(locale: DialledLocale, refused: EndingRefusal): UssdScreen {
  switch (refused.refusal) {
    case "nothing-to-end": return over(dialled(locale, "refused.nothing"));
    case "ends-by-itself": return over(dialled(locale, "refused.by-itself"));
    case "nothing-asked": return over(dialled(locale, "refused.ask-first"));
    case "command-reused": return over(dialled(locale, "again"));
    case "minimum-runs":
    case "waiting": return over(dialled(locale, "refused.not-before", { from: formatInstant(locale, refused.from) }));
    default: return over(dialled(locale, "refused.officers"));
  }
}
