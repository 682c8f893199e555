import { formatDate, formatInstant, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Facts } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import { operatorPage } from "../../../pages/operator.tsx";
import type { OperatorHome } from "../desk/rpc.ts";

/** `asked`: the operator as the address names it, which the links carry on. */
interface OperatorPageProps {
  locale: Locale;
  asked: string | null;
  home: OperatorHome;
}

/** Where an operator's people begin: how it stands, and where they can go. */
export function OperatorPage({ locale, asked, home: { operator, others, rooms, asOf } }: OperatorPageProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.operator" languages={{ address: operatorPage("", asked) }}>
      <h1><bdi>{operator.name}</bdi></h1>
      <p class="lead">{t("operator.lead")}</p>
      <section class="card">
        <h2>{t("operator.standing")}</h2>
        <Facts rows={[
          [t("operator.state"), t(`operator.state-${operator.state}`)],
          [t("operator.id"), <code dir="ltr">{operator.id}</code>],
          [t("operator.required"), operator.requiredKinds.map((kind) => t(`kind.${kind}`)).join(", ")],
          [t("operator.since"), formatDate(locale, operator.enrolledAt)],
        ]} />
        <p class="hint">{asOf === null ? t("operator.never") : t("operator.as-of", { date: formatInstant(locale, asOf) })}</p>
      </section>
      {rooms.map((room) => (
        <section class="card lines">
          <h2><a href={operatorPage(`/${room}`, asked)}>{t(`operator.${room}`)}</a></h2>
          <p>{t(`operator.${room}-text`)}</p>
        </section>
      ))}
      {others.length > 0 && (
        <section class="card lines">
          <h2>{t("operator.others")}</h2>
          <ul class="plain">{others.map(({ id, name }) => <li><a href={operatorPage("", id)}><bdi>{name}</bdi></a></li>)}</ul>
        </section>
      )}
    </Layout>
  );
}
