import { text } from "../../i18n/index.ts";
import type { Locale } from "../../i18n/locales.ts";
import { MINUTE } from "../../kernel/clock.ts";
import { CODE_LIFE } from "./rules.ts";

/** The text that carries a one-time code. Whoever glances at the phone learns nothing else from it. */
export const codeMessage = (locale: Locale, code: string): string =>
  text(locale, "sms.code", { code, minutes: CODE_LIFE / MINUTE });
