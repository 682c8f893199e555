import type { Child } from "hono/jsx";
import { translator } from "../../../i18n/index.ts";
import { LOCALES, type Locale } from "../../../i18n/locales.ts";
import { COUNTIES } from "../../../kernel/reference/counties.ts";
import { Carried, ErrorSummary, Facts, type FieldProblem, SelectField, StepForm, TextField } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import type { ContactForm, DetailsForm } from "../citizen-rpc.ts";
import { type Details, type EmergencyContact, NO_DETAILS } from "../vault/model.ts";
import { contactFacts, detailsFacts } from "./data.tsx";

interface ChangePageProps<Form, Value> {
  locale: Locale;
  /** As typed. */
  form: Form;
  /** The version the change is made to. */
  version: number;
  problems: readonly FieldProblem[];
  /** What stands, when somebody else changed it meanwhile. */
  standing?: { value: Value | null; language: Locale };
}

/** The longest name, in the units a browser counts. */
const LONGEST = 100;

export function DetailsPage({ locale, form, version, problems, standing }: ChangePageProps<DetailsForm, Details>) {
  const t = translator(locale);
  const counties = Object.entries(COUNTIES).map(([code, name]) => [code, name] as const);
  const languages = Object.entries(LOCALES).map(([code, { name }]) => [code, name] as const);
  const name = { problems, dir: "auto", maxlength: LONGEST } as const;
  return (
    <Layout locale={locale} tab="tab.data" languages={{ repost: "/my/details" }} wrong={problems.length > 0}>
      <h1>{t("details.heading-mine")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      {standing && <section class="card"><h2>{t("data.standing")}</h2><Facts rows={detailsFacts(locale, standing.value ?? NO_DETAILS, standing.language)} /></section>}
      <p class="lead">{t("details.optional")}</p>
      <StepForm action="/my/details">
        <Carried values={{ version: String(version) }} />
        <TextField {...name} name="name" label={t("details.name")} hint={t("details.name-hint")} value={form.name} autocomplete="name" />
        <TextField {...name} name="preferredName" label={t("details.preferred")} value={form.preferredName} autocomplete="nickname" />
        <TextField name="dateOfBirth" label={t("details.birth")} hint={t("details.birth-hint")} value={form.dateOfBirth} problems={problems} autocomplete="bday" />
        <SelectField name="county" label={t("details.county")} value={form.county} options={[["", t("data.not-said")], ...counties]} problems={problems} />
        <SelectField name="language" label={t("details.language")} value={form.language} options={languages} problems={problems} />
        <div class="choice">
          <input id="quietNights" name="quietNights" type="checkbox" value="yes" checked={form.quietNights} />
          <label for="quietNights">{t("details.quiet")}</label>
        </div>
        <Save locale={locale} />
      </StepForm>
    </Layout>
  );
}

export function ContactPage({ locale, form, version, problems, standing }: ChangePageProps<ContactForm, EmergencyContact>) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.data" languages={{ repost: "/my/contact" }} wrong={problems.length > 0}>
      <h1>{t("contact.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      {standing && (
        <section class="card">
          <h2>{t("data.standing")}</h2>
          {standing.value ? <Facts rows={contactFacts(locale, standing.value)} /> : <p>{t("data.not-said")}</p>}
        </section>
      )}
      <p class="lead">{t("contact.lead")}</p>
      <StepForm action="/my/contact">
        <Carried values={{ version: String(version) }} />
        <TextField
          name="contactName" label={t("contact.name")} value={form.name} problems={problems} autocomplete="off" dir="auto" maxlength={LONGEST}
        />
        <TextField name="contactPhone" label={t("contact.phone")} value={form.phone} problems={problems} type="tel" inputmode="tel" autocomplete="off" />
        <Save locale={locale}>
          {version > 0 && <button class="button quiet" name="remove" value="yes">{t("contact.remove")}</button>}
        </Save>
      </StepForm>
    </Layout>
  );
}

function Save({ locale, children }: { locale: Locale; children?: Child }) {
  const t = translator(locale);
  return (
    <div class="actions">
      <button class="button">{t("data.save")}</button>
      {children}
      <a class="button quiet" href="/my/data">{t("data.heading")}</a>
    </div>
  );
}
