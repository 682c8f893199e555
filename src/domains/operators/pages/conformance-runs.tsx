import { formatInstant, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Carried, ErrorSummary, type FieldProblem, TextField } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import { OperatorNav, operatorPage } from "../../../pages/operator.tsx";
import { FoldedPart } from "../../../pages/part.tsx";
import type { RunSeen } from "../conformance/rpc.ts";

interface RunsPageProps {
  locale: Locale;
  /** The operator as the address names it. */
  asked: string | null;
  runs: readonly RunSeen[];
  may: { run: boolean };
  formId: string;
  typed: (name: string) => string;
  problems: readonly FieldProblem[];
}

/** An operator's recorded runs, and the form that begins one. */
export function RunsPage({ locale, asked, runs, may, ...form }: RunsPageProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.conformance" languages={{ address: operatorPage("/conformance", asked) }} wrong={form.problems.length > 0}>
      <h1>{t("operator.conformance")}</h1>
      <ErrorSummary locale={locale} problems={form.problems} />
      <p class="lead">{t("conformance.lead")}</p>
      {may.run && <BeginForm locale={locale} asked={asked} {...form} />}
      <section class="card">
        <h2>{t("conformance.runs")}</h2>
        {runs.length === 0 ? <p>{t("conformance.none")}</p> : <ul class="plain">{runs.map((run) => <li><Line locale={locale} asked={asked} run={run} /></li>)}</ul>}
      </section>
      <OperatorNav locale={locale} here="conformance" operator={asked} />
    </Layout>
  );
}

function Line({ locale, asked, run: { id, address, state, begunAt } }: { locale: Locale; asked: string | null; run: RunSeen }) {
  const t = translator(locale);
  return (
    <article class="group">
      <p class="lines"><a href={operatorPage(`/conformance/${id}`, asked)}>{formatInstant(locale, begunAt)}</a></p>
      <p>{t(`conformance.state-${state}`)}</p>
      <p class="hint"><bdi dir="ltr">{address}</bdi></p>
    </article>
  );
}

function BeginForm({ locale, asked, formId, typed, problems }: Pick<RunsPageProps, "locale" | "asked" | "formId" | "typed" | "problems">) {
  const t = translator(locale);
  return (
    <FoldedPart heading={t("conformance.begin")} hint={t("conformance.begin-hint")} action={operatorPage("/conformance", asked)} submit={t("conformance.begin")} isOpen={problems.length > 0}>
      <Carried values={{ formId }} />
      <TextField name="address" label={t("conformance.address")} hint={t("conformance.address-hint")} value={typed("address")} problems={problems} autocomplete="off" maxlength={500} />
      <TextField name="secret" type="password" label={t("conformance.secret")} hint={t("conformance.secret-hint")} value="" problems={problems} autocomplete="off" maxlength={100} />
    </FoldedPart>
  );
}
