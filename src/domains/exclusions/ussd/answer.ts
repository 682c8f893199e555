import type { UssdScreen, UssdStep } from "../../../adapters/ussd/port.ts";
import { within } from "../../../check/regions.ts";
import type { DialledLocale } from "../../../i18n/dialled.ts";
import { SECOND } from "../../../kernel/clock.ts";
import { provablePhone, readPhone } from "../../authentication/index.ts";
import { end, exclude, prove, sendCode } from "../dialled/acts.ts";
import { ussdCommandId } from "../dialled/ids.ts";
import type { Caller, DialledParts } from "../dialled/parts.ts";
import { type Coded, isPolicy, shownOf } from "../dialled/rules.ts";
import { type Act, type Place, walk } from "./rules.ts";
import * as screens from "./screens.ts";

/** A session does not wait longer for an answer. */
const DEADLINE_MS = 8 * SECOND;

/**
 * What the phone shows next. Follows from the text so far alone, so that a callback that comes twice, late or out of order
 * changes nothing more; whatever breaks underneath is an answer too.
 */
export async function answer(parts: DialledParts, step: UssdStep): Promise<UssdScreen> {
  const walked = walk(step.text);
  const { locale, place } = walked;
  if (!readPhone(step.phone).ok) return screens.foreign(locale);
  try {
    const screen = await screenAt(parts, step, locale, place);
    return walked.unclear ? screens.unclear(locale, screen) : screen;
  } catch (error) {
    parts.failed(error);
    return screens.later(locale);
  }
}

/** Most screens need nothing but words; an act has a deadline, and is told as failed after it though it may be done. */
function screenAt(parts: DialledParts, step: UssdStep, locale: DialledLocale, place: Place): UssdScreen | Promise<UssdScreen> {
  switch (place.at) {
    case "menu": return screens.menu(locale);
    case "longer": return screens.longer(locale);
    case "help": return screens.help(locale, parts.helpLines);
    case "confirm": return screens.confirm(locale, place.policy);
    case "code": return screens.code(locale, place.asked);
    default: return within(carryOut(parts, step, locale, place), DEADLINE_MS, parts.wait);
  }
}

async function carryOut(parts: DialledParts, { sessionId, phone: number, text }: UssdStep, locale: DialledLocale, place: Act): Promise<UssdScreen> {
  const read = await provablePhone(parts.tokenizer, number);
  if (!read.ok) return screens.foreign(locale);
  const { phone } = read;
  const caller: Caller = { phone, channel: "ussd", locale, commandId: ussdCommandId(phone.p, sessionId, text) };
  switch (place.at) {
    case "stopped": return screens.stopped(locale, await exclude(parts, caller, "24h", "network"));
    case "excluded": return screens.excluded(locale, await exclude(parts, caller, place.policy, "network"));
    case "mine": return screens.mine(locale, shownOf(await parts.register.exclusionsOf(phone.p)), parts.clock());
    case "kept": return ended(parts, caller, "keep");
    case "sent": {
      const sent = await sendCode(parts, caller, place.asked);
      return screens.sent(locale, sent.ok ? null : sent);
    }
    case "typed": return typed(parts, caller, place.asked, place.code);
  }
}

/** The code proves the phone, and only then is anything done. */
async function typed(parts: DialledParts, caller: Caller, asked: Coded, code: string): Promise<UssdScreen> {
  const refused = await prove(parts, caller, asked, code);
  if (refused) return screens.unproven(caller.locale, refused);
  if (isPolicy(asked)) return screens.excluded(caller.locale, await exclude(parts, caller, asked, "code"));
  return ended(parts, caller, asked === "ask-to-end" ? "askToEnd" : "confirmEnding");
}

async function ended(parts: DialledParts, caller: Caller, act: Parameters<typeof end>[2]): Promise<UssdScreen> {
  const result = await end(parts, caller, act);
  return result.ok ? screens.ending(caller.locale, result.receipt) : screens.notEnded(caller.locale, result);
}
