import { formatInstant, type Translate, translator } from "../../../../i18n/index.ts";
import type { Locale } from "../../../../i18n/locales.ts";
import { Facts } from "../../../../pages/fields.tsx";
import type { ExclusionPropagation, OperatorPropagation } from "../../../operators/propagation/model.ts";

interface CardProps {
  locale: Locale;
  /** Null where nobody can say it now. */
  propagation: ExclusionPropagation | null;
}

/** How far an exclusion came with each operator. */
export function PropagationCard({ locale, propagation }: CardProps) {
  const t = translator(locale);
  return (
    <section class="card">
      <h2>{t("propagation.card")}</h2>
      {propagation === null ? <p>{t("propagation.card-away")}</p> : <Operators locale={locale} t={t} operators={propagation.operators} />}
    </section>
  );
}

function Operators({ locale, t, operators }: { locale: Locale; t: Translate; operators: readonly OperatorPropagation[] }) {
  if (operators.length === 0) return <p>{t("propagation.card-empty")}</p>;
  return (
    <>
      <p class="hint">{t("propagation.card-lead")}</p>
      <ul class="plain">{operators.map((operator) => <li><Operator locale={locale} t={t} operator={operator} /></li>)}</ul>
    </>
  );
}

function Operator({ locale, t, operator: { name, reach, events, acknowledged, owed } }: { locale: Locale; t: Translate; operator: OperatorPropagation }) {
  const said = acknowledged.map(({ state, at, saidAt }) =>
    [t(`propagation.said-${state}`), <>{formatInstant(locale, at)}<small>{t("propagation.said-at", { date: formatInstant(locale, saidAt) })}</small></>] as const);
  const due = owed.map((state) => [t(`propagation.said-${state}`), t("propagation.owed")] as const);
  return (
    <article class="group">
      <h3><bdi>{name}</bdi></h3>
      <p class={reach === "done" || reach === "no-customer" ? "hint" : undefined}>{t(`propagation.reach-${reach}`)}</p>
      {said.length + due.length > 0 && <Facts rows={[...said, ...due]} />}
      {events.length > 0 && <ul class="plain lines">{events.map((event) => <li class="hint">{eventWords(locale, t, event)}</li>)}</ul>}
    </article>
  );
}

/** An event's number, and how far it came. */
function eventWords(locale: Locale, t: Translate, { sequence, receivedAt, handledAt }: OperatorPropagation["events"][number]): string {
  return [
    t("propagation.event", { sequence: String(sequence) }),
    receivedAt === null ? t("propagation.event-not-received") : t("propagation.event-received", { date: formatInstant(locale, receivedAt) }),
    ...(handledAt === null ? [] : [t("propagation.event-handled", { date: formatInstant(locale, handledAt) })]),
  ].join(" · ");
}
