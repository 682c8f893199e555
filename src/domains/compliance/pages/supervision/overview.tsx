import { formatMonth, translator } from "../../../../i18n/index.ts";
import type { Locale } from "../../../../i18n/locales.ts";
import { Carried, ErrorSummary, type FieldProblem, SelectField, TextField } from "../../../../pages/fields.tsx";
import { Layout } from "../../../../pages/layout.tsx";
import { FoldedPart } from "../../../../pages/part.tsx";
import { StaffNav } from "../../../../pages/staff.tsx";
import type { Overview } from "../../supervision/rpc.ts";
import { scoreWords } from "./score.tsx";
import { Violations, type ViolationsProps } from "./violation.tsx";

export const HOME = "/staff/compliance";

interface OverviewProps extends Pick<ViolationsProps, "addressOf" | "older" | "typed"> {
  locale: Locale;
  overview: Overview;
  formId: string;
  problems: readonly FieldProblem[];
}

/** Every operator with its score or that there is no data, and the violations, newest first. */
export function OverviewPage({ locale, overview: { operators, violations, may }, formId, typed, problems, ...rest }: OverviewProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.desk" languages={{ address: HOME }} wrong={problems.length > 0}>
      <h1>{t("staff.compliance")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t("compliance.lead-staff")}</p>
      <Violations locale={locale} violations={violations} typed={typed} problems={problems} {...rest} />
      {may.open && <OpenForm locale={locale} operators={operators} formId={formId} typed={typed} problems={problems} />}
      <section class="card">
        <h2>{t("compliance.operators")}</h2>
        <ul class="plain">
          {operators.map(({ id, name, report }) => (
            <li>
              <a href={`${HOME}/${id}`}><bdi>{name}</bdi></a>{": "}
              {report === null ? t("compliance.no-data") : `${scoreWords(locale, report)} (${formatMonth(locale, report.month)})`}
            </li>
          ))}
        </ul>
      </section>
      <StaffNav locale={locale} here="compliance" />
    </Layout>
  );
}

function OpenForm({ locale, operators, formId, typed, problems }: Pick<Overview, "operators"> & Pick<OverviewProps, "locale" | "formId" | "typed" | "problems">) {
  const t = translator(locale);
  const options = [["", t("compliance.choose")] as const, ...operators.map(({ id, name }) => [id, name] as const)];
  return (
    <FoldedPart
      heading={t("compliance.open")} hint={t("compliance.open-hint")} action={HOME} submit={t("compliance.open")}
      isOpen={problems.some(({ field }) => field === "operator" || field === "grounds")}
    >
      <Carried values={{ formId }} />
      <SelectField name="operator" label={t("compliance.operator")} value={typed("operator")} problems={problems} options={options} />
      <TextField name="grounds" label={t("violation.statement")} hint={t("violation.statement-hint")} value={typed("grounds")} problems={problems} autocomplete="off" required dir="auto" maxlength={1_000} />
    </FoldedPart>
  );
}
