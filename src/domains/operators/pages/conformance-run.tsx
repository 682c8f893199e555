import { formatInstant, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Facts } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import { OperatorNav, operatorPage } from "../../../pages/operator.tsx";
import type { ResultSeen, RunSeen } from "../conformance/rpc.ts";

interface RunPageProps {
  locale: Locale;
  /** The operator as the address names it. */
  asked: string | null;
  run: RunSeen;
  results: readonly ResultSeen[];
  isCertified: boolean;
}

/** One run: how it stands, its certificate, and what was wrong before what was right. */
export function RunPage({ locale, asked, run, results, isCertified }: RunPageProps) {
  const t = translator(locale);
  const { id, address, state, kit, begunAt, endedAt, testChecks } = run;
  const right = results.filter(({ passed }) => passed === true);
  const wrong = results.filter(({ passed }) => passed === false);
  return (
    <Layout locale={locale} tab="tab.conformance" languages={{ address: operatorPage(`/conformance/${id}`, asked) }}>
      <h1>{t(`conformance.state-${state}`)}</h1>
      <p class="lead">{t("conformance.count", { right: right.length, all: results.length })}</p>
      {state === "running" && <p>{t("conformance.reload")}</p>}
      {testChecks === 0 && <p class="notice">{t("conformance.unasked")}</p>}
      {isCertified && <p><a class="button" href={operatorPage(`/conformance/${id}/certificate`, asked)}>{t("conformance.certificate")}</a></p>}
      <section class="card">
        <h2>{t("conformance.facts")}</h2>
        <Facts rows={[
          [t("conformance.address"), <bdi dir="ltr">{address}</bdi>],
          [t("conformance.kit"), kit],
          [t("conformance.begun"), formatInstant(locale, begunAt)],
          ...(endedAt === null ? [] : [[t("conformance.ended"), formatInstant(locale, endedAt)] as const]),
          ...(testChecks === null ? [] : [[t("conformance.test-checks"), String(testChecks)] as const]),
        ]} />
      </section>
      <Results locale={locale} heading={t("conformance.wrong")} results={wrong} />
      <Results locale={locale} heading={t("conformance.right")} results={right} />
      <OperatorNav locale={locale} here={null} operator={asked} />
    </Layout>
  );
}

function Results({ locale, heading, results }: { locale: Locale; heading: string; results: readonly ResultSeen[] }) {
  if (results.length === 0) return null;
  const t = translator(locale);
  return (
    <section class="card">
      <h2>{heading}</h2>
      <Facts rows={results.toSorted((a, b) => (a.scenario < b.scenario ? -1 : 1)).map(({ scenario, came }) => [
        scenario, came === null ? t("conformance.not-asked") : <bdi dir="ltr">{came}</bdi>,
      ])} />
    </section>
  );
}
