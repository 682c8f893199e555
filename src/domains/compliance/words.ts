import { text } from "../../i18n/index.ts";
import type { Locale } from "../../i18n/locales.ts";
import type { Figures, Rule } from "./suspicion/model.ts";

/** What a rule found, in words. */
export const explain = (locale: Locale, rule: Rule, figures: Figures): string =>
  // Each rule's figures are those its message names: the rules' tests say every one.
  text(locale, `flag.${rule}` as "flag.own-record-read", ...([figures] as unknown as []));
