import { translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import type { HelpLine } from "../help-lines.ts";

export type { HelpLine } from "../help-lines.ts";

/** Where to turn. Numbers are configuration; without any, none is shown. */
export function Help({ locale, lines }: { locale: Locale; lines: readonly HelpLine[] }) {
  const t = translator(locale);
  return (
    <section class="card calm">
      <h2>{t("help.heading")}</h2>
      <p>{t("help.text")}</p>
      {lines.length > 0 && (
        <>
          <p>{t("help.lines")}</p>
          <ul class="plain lines">
            {lines.map(({ name, number }) => (
              <li>
                {name}: <a href={`tel:${number.replaceAll(/[^+\d]/g, "")}`}><bdi dir="ltr">{number}</bdi></a>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
