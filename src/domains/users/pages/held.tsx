import { formatDate, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Carried, StepForm } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import type { HeldTokens } from "../citizen-rpc.ts";

interface HeldPageProps {
  locale: Locale;
  held: HeldTokens;
}

/** Which companies hold a token for the person, as far as it is kept; and the switch that has it kept when they are not excluded. */
export function HeldPage({ locale, held: { askedSince, holdings, operators } }: HeldPageProps) {
  const t = translator(locale);
  const byOperator = Map.groupBy(holdings, ({ operator }) => operator);
  return (
    <Layout locale={locale} tab="tab.held" languages={{ address: "/my/held" }}>
      <h1>{t("held.heading")}</h1>
      <p class="lead">{t("held.lead")}</p>
      {holdings.length === 0 && <p>{t("held.none")}</p>}
      {[...byOperator].map(([operator, theirs]) => <Company locale={locale} name={operators[operator] ?? operator} holdings={theirs} />)}
      <section class="card">
        <h2>{t("held.switch")}</h2>
        <p>{t("held.switch-text")}</p>
        <p>{askedSince === null ? t("held.off") : t("held.on", { date: formatDate(locale, askedSince) })}</p>
        <StepForm action="/my/held">
          <Carried values={{ wanted: askedSince === null ? "yes" : "no" }} />
          <button class="button">{t(askedSince === null ? "held.turn-on" : "held.turn-off")}</button>
        </StepForm>
      </section>
      <div class="actions pair">
        <a class="button quiet" href="/my/access">{t("access.heading")}</a>
        <a class="button quiet" href="/my/data">{t("data.heading")}</a>
      </div>
    </Layout>
  );
}

function Company({ locale, name, holdings }: { locale: Locale; name: string; holdings: HeldTokens["holdings"] }) {
  const t = translator(locale);
  return (
    <article class="card">
      <h2><bdi>{name}</bdi></h2>
      <ul class="plain">
        {holdings.map(({ kind, source, firstAt, lastAt }) => (
          <li>
            {t(`kind.${kind}`)}: {t(`held.${source}`)}
            <small>{t("held.days", { first: formatDate(locale, firstAt), last: formatDate(locale, lastAt) })}</small>
          </li>
        ))}
      </ul>
    </article>
  );
}
