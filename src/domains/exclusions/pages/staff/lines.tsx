import { formatDate, formatInstant, translator } from "../../../../i18n/index.ts";
import type { Locale } from "../../../../i18n/locales.ts";
import type { Current, ExclusionLine } from "../../desk/model.ts";
import { isInForce } from "../../rules.ts";
import { Code, policyWords } from "./words.tsx";

/** Exclusions as a list that leads to each. */
export const Lines = ({ locale, lines }: { locale: Locale; lines: readonly ExclusionLine[] }) => (
  <ul class="plain">{lines.map((line) => <li><Line locale={locale} line={line} /></li>)}</ul>
);

export function Line({ locale, line: { reference, state, origin, policy, startedAt, endedAt } }: { locale: Locale; line: ExclusionLine }) {
  const t = translator(locale);
  const days = [startedAt, ...(endedAt === null ? [] : [endedAt])].map((at) => formatDate(locale, at)).join(" – ");
  return (
    <article class="group">
      <p class="lines"><a href={`/staff/exclusions/${reference}`}><Code>{reference}</Code></a></p>
      <p class={isInForce(state) ? undefined : "hint"}>{t(`desk.state-${state}`)}</p>
      <p class="hint">{policyWords(t, policy)} · {t(`desk.origin-${origin}`)} · <bdi>{days}</bdi></p>
    </article>
  );
}

/** How current the copy is that a page was read from. */
export function AsOf({ locale, asOf }: { locale: Locale } & Current) {
  const t = translator(locale);
  return <p class="hint">{asOf === null ? t("desk.never") : t("desk.as-of", { date: formatInstant(locale, asOf) })}</p>;
}
