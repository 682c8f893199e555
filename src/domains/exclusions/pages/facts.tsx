import type { Child } from "hono/jsx";
import { formatInstant, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Receipt } from "../model.ts";
import { isInForce } from "../rules.ts";

type Row = [name: string, value: Child];

/** Since when, until when, for whom and for what: everything on a receipt but its reference. */
export function facts(locale: Locale, receipt: Receipt): Row[] {
  const t = translator(locale);
  const rows: Row[] = [[t("fact.since"), formatInstant(locale, receipt.startedAt)], ...ends(locale, receipt)];
  if (receipt.origin !== "self") rows.push([t("fact.origin"), t(`origin.${receipt.origin}`)]);
  if (receipt.caseReference !== null) rows.push([t("fact.case"), <bdi dir="ltr">{receipt.caseReference}</bdi>]);
  return [...rows, [t("fact.covers"), <Covered locale={locale} receipt={receipt} />]];
}

/** What was promised, and what is going to happen next or has happened at last: each state has its own. */
function ends(locale: Locale, receipt: Receipt): Row[] {
  const t = translator(locale);
  const { state, origin, endMode, endsAt, endedAt, reviewAt, endableFrom, endingLapsesAt, measureUntil, annulsAt } = receipt;
  const dated = (name: string, at: Instant | null): Row[] => (at === null ? [] : [[name, formatInstant(locale, at)]]);
  const isOwnToEnd = origin === "self" && endMode === "confirmed" && endsAt !== null;
  const promised: Row = [t(isOwnToEnd ? "fact.at-least" : "fact.until"), endsAt === null ? t("receipt.no-end") : formatInstant(locale, endsAt)];
  if (state === "provisional") return dated(t("fact.measure-until"), measureUntil);
  if (state === "ended" || state === "annulled" || state === "dismissed") return [promised, ...dated(t(`fact.${state}`), endedAt)];
  return [
    promised,
    ...dated(t("fact.review"), reviewAt),
    ...(endableFrom !== null && endingLapsesAt !== null ? [[t("fact.endable"), between(locale, endableFrom, endingLapsesAt)] as Row] : []),
    ...dated(t("fact.annuls"), annulsAt),
  ];
}

const between = (locale: Locale, from: Instant, until: Instant): string => `${formatInstant(locale, from)} – ${formatInstant(locale, until)}`;

/** The state in a word or two, as a tag. */
export const State = ({ locale, state }: { locale: Locale; state: Receipt["state"] }) => (
  <span class={isInForce(state) ? "tag" : "tag over"}>{translator(locale)(`state.${state}`)}</span>
);

/** Kinds only. One that was typed and not yet confirmed says honestly how long it counts. */
function Covered({ locale, receipt }: { locale: Locale; receipt: Receipt }) {
  const t = translator(locale);
  return (
    <ul class="plain">
      {receipt.identifiers.map(({ kind, provisionalUntil: until }) => (
        <li>
          {t(`kind.${kind}`)}
          {until !== null && <small>{t("fact.provisional", { until: formatInstant(locale, until) })}</small>}
        </li>
      ))}
    </ul>
  );
}
