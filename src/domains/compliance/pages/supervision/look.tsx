import { formatMonth, formatNumber, translator } from "../../../../i18n/index.ts";
import type { Locale } from "../../../../i18n/locales.ts";
import { ErrorSummary, Facts, type FieldProblem } from "../../../../pages/fields.tsx";
import { Layout } from "../../../../pages/layout.tsx";
import type { Child } from "hono/jsx";
import type { Look, ShownReport } from "../../supervision/rpc.ts";
import { Findings, partWords, scoreWords } from "./score.tsx";
import { Violations, type ViolationsProps } from "./violation.tsx";

interface LookProps extends Pick<ViolationsProps, "addressOf" | "older" | "typed"> {
  locale: Locale;
  look: Look;
  /** To whom the page is shown: staff, or the operator's own people. */
  as: "staff" | "own";
  tab: "tab.desk" | "tab.operator";
  address: string;
  problems: readonly FieldProblem[];
  /** The ways on from here. */
  children?: Child;
}

/** One operator: how it stands in the running month, what was reported of it, and its violations. */
export function LookPage({ locale, look: { operator, month, live, reports, violations }, as, tab, address, problems, children, ...rest }: LookProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab={tab} languages={{ address }} wrong={problems.length > 0}>
      <h1><bdi>{operator.name}</bdi></h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t(`compliance.lead-${as}`)}</p>
      <section class="card">
        <h2>{t("compliance.so-far", { month: formatMonth(locale, month) })}</h2>
        <Facts rows={[[t("compliance.score"), <>{scoreWords(locale, live)}<small>{partWords(locale, live)}</small></>]]} />
      </section>
      <Violations locale={locale} violations={violations} problems={problems} {...rest} />
      <Findings locale={locale} findings={live.findings} />
      <section class="card">
        <h2>{t("compliance.reports")}</h2>
        {reports.length === 0 ? <p>{t("compliance.no-reports")}</p> : <Facts rows={reports.map((report) => [monthOf(locale, report), scoreWords(locale, report)] as const)} />}
      </section>
      {children}
    </Layout>
  );
}

const monthOf = (locale: Locale, { month, edition }: ShownReport): string =>
  edition === 1 ? formatMonth(locale, month) : `${formatMonth(locale, month)}, ${translator(locale)("compliance.edition", { edition: formatNumber(locale, edition) })}`;
