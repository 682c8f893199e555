import { translator } from "../../../i18n/index.ts";
import { LOCALES, type Locale } from "../../../i18n/locales.ts";
import { COUNTIES, isCounty } from "../../../kernel/reference/counties.ts";
import type { Whence } from "../sessions/rpc.ts";

/** The kind of program and of its system: names, the same in every language. */
export function programOf(locale: Locale, { agent }: Whence): string {
  const t = translator(locale);
  if (agent === null) return t("whence.unknown-program");
  const [program, system] = agent.split(" on ");
  return [program === "other" ? t("whence.other-program") : program, system].filter(Boolean).join(" · ");
}

/** The county where that is known, and the country. */
export function placeOf(locale: Locale, { country, county }: Whence): string {
  const named = country && new Intl.DisplayNames(LOCALES[locale].tag, { type: "region", fallback: "code" }).of(country);
  return [county && isCounty(county) && COUNTIES[county], named].filter(Boolean).join(" · ") || translator(locale)("whence.unknown-place");
}
