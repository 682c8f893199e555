import { KINDS } from "../../../../bst/kinds.ts";
import { translator } from "../../../../i18n/index.ts";
import type { Locale } from "../../../../i18n/locales.ts";
import { ErrorSummary, type FieldProblem, SelectField, StepForm, TextField } from "../../../../pages/fields.tsx";
import { Layout } from "../../../../pages/layout.tsx";
import { StaffNav } from "../../../../pages/staff.tsx";
import type { Current } from "../../desk/model.ts";
import type { Found } from "../../desk/rpc.ts";
import { AsOf, Line } from "./lines.tsx";
import { Code } from "./words.tsx";

const SEARCH = "/staff/exclusions/search";

interface SearchPageProps {
  locale: Locale;
  /** As typed. */
  kind: string;
  identifier: string;
  reason: string;
  problems: readonly FieldProblem[];
}

/** Asks for one whole number, and why. */
export function SearchPage({ locale, kind, identifier, reason, problems }: SearchPageProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.desk" languages={{ repost: SEARCH }} wrong={problems.length > 0}>
      <h1>{t("desk.by-identifier")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t("desk.search-lead")}</p>
      <StepForm action={SEARCH}>
        <SelectField name="kind" label={t("desk.kind")} value={kind} problems={problems} options={KINDS.map((one) => [one, t(`kind.${one}`)] as const)} />
        <TextField name="identifier" label={t("desk.identifier")} value={identifier} problems={problems} autocomplete="off" required maxlength={64} />
        <TextField
          name="reason" label={t("desk.reason")} hint={t("people.read-hint")} value={reason} problems={problems} autocomplete="off" required dir="auto" maxlength={500}
        />
        <button class="button">{t("desk.search")}</button>
      </StepForm>
      <StaffNav locale={locale} here={null} />
    </Layout>
  );
}

/** What states the number: which number it was stands nowhere any more. */
export function FoundPage({ locale, found, asOf }: { locale: Locale; found: readonly Found[] } & Current) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.desk" languages={{ address: SEARCH }}>
      <h1>{t("desk.found")}</h1>
      <p class="note">{t("desk.found-lead")}</p>
      <section class="card">
        <AsOf locale={locale} asOf={asOf} />
        {found.length === 0 && <p>{t("desk.found-none")}</p>}
        <ul class="plain">{found.map((one) => <li>{one.line ? <Line locale={locale} line={one.line} /> : <NotCopied locale={locale} reference={one.reference} />}</li>)}</ul>
      </section>
      <a class="button quiet" href={SEARCH}>{t("desk.again")}</a>
      <StaffNav locale={locale} here={null} />
    </Layout>
  );
}

const NotCopied = ({ locale, reference }: { locale: Locale; reference: string }) => (
  <article class="group">
    <p><Code>{reference}</Code></p>
    <p class="hint">{translator(locale)("desk.not-copied")}</p>
  </article>
);
