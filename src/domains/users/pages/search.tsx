import { translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { ErrorSummary, type FieldProblem, StepForm, TextField } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import { StaffNav } from "../../../pages/staff.tsx";

interface SearchPageProps {
  locale: Locale;
  /** As typed. */
  identifier: string;
  problems: readonly FieldProblem[];
}

/** More than any address has. */
const LONGEST = 254;

/** Asks what names exactly one account. */
export function SearchPage({ locale, identifier, problems }: SearchPageProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.people" languages={{ repost: "/staff/users" }} wrong={problems.length > 0}>
      <h1>{t("people.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t("people.lead")}</p>
      <StepForm action="/staff/users">
        <TextField
          name="identifier" label={t("people.identifier")} hint={t("people.identifier-hint")} value={identifier} problems={problems}
          autocomplete="off" required maxlength={LONGEST}
        />
        <button class="button">{t("people.search")}</button>
      </StepForm>
      <StaffNav locale={locale} here="users" />
    </Layout>
  );
}
