import { dialled, type DialledLocale } from "../../../i18n/dialled.ts";
import { formatInstant } from "../../../i18n/index.ts";
import { fitsScreen } from "../../../kernel/gsm7.ts";
import type { HelpLine } from "../help-lines.ts";
import type { Receipt } from "../model.ts";

/** Until when, in words: `until`, `at least until`, or with no end. */
export function termOf(locale: DialledLocale, { endsAt, endMode }: Pick<Receipt, "endsAt" | "endMode">): string {
  if (endsAt === null) return dialled(locale, "term.none");
  return dialled(locale, endMode === "confirmed" ? "term.confirmed" : "term.automatic", { until: formatInstant(locale, endsAt) });
}

/** The first, and of the others as many as one screen holds, a line each. */
const fitted = (first: string, others: readonly string[]): string =>
  others.reduce((whole, line) => (fitsScreen(`${whole}\n${line}`) ? `${whole}\n${line}` : whole), first);

/** As many of the help lines as fit below the words. */
export const withLines = (words: string, lines: readonly HelpLine[]): string =>
  fitted(words, lines.map(({ name, number }) => `${name}: ${number}`));
