import { formatEnd, text } from "../../i18n/index.ts";
import type { Locale } from "../../i18n/locales.ts";
import { MINUTE } from "../../kernel/clock.ts";
import type { Notice } from "../exclusions/outbox.ts";

/** The text that carries a one-time code which is right for `life` ms. */
export const codeMessage = (locale: Locale, code: string, life: number): string =>
  text(locale, "sms.code", { code, minutes: life / MINUTE });

/** A notice in the person's language. Whoever glances at the phone learns nothing from it. */
export function noticeMessage(locale: Locale, { template, reference, endsAt }: Notice): string {
  return text(locale, `sms.${template}`, { reference, until: formatEnd(locale, endsAt) });
}
