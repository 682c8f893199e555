import { translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { COUNTIES } from "../../../kernel/reference/counties.ts";
import { Carried, ErrorSummary, type FieldProblem, SelectField, StepForm, TextField } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import { asksForMore, carry, type CitizenForm, DOCUMENT_KINDS } from "./form.ts";

interface DetailsPageProps {
  locale: Locale;
  form: CitizenForm;
  problems: readonly FieldProblem[];
}

/** The second step: whose exclusion it is. */
export function DetailsPage({ locale, form, problems }: DetailsPageProps) {
  const t = translator(locale);
  const asksMore = asksForMore(form);
  const asked = asksMore ? (["phone", "documentKind", "document", "name", "dateOfBirth", "county"] as const) : (["phone"] as const);
  return (
    <Layout locale={locale} tab="tab.details" languages={{ repost: "/exclude/details" }} wrong={problems.length > 0}>
      <p class="step">{t("nav.step", { step: 2, steps: 3 })}</p>
      <h1>{t("details.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t("details.lead")}</p>
      <StepForm action="/exclude/code">
        <Carried values={carry(form, ...asked, "sentTo", "code")} />
        <PhoneField locale={locale} phone={form.phone} problems={problems} />
        {asksMore && (
          <fieldset class="group" aria-describedby="document-why">
            <legend>{t("details.document")}</legend>
            <p class="hint" id="document-why">{t("details.document-hint")}</p>
            <DocumentFields locale={locale} form={form} problems={problems} />
            <p class="hint">{t("details.check")}</p>
            <PersonFields locale={locale} form={form} problems={problems} />
          </fieldset>
        )}
        {asksMore && <CountyField locale={locale} county={form.county} />}
        <p class="note">{t("home.privacy-text")}</p>
        <div class="actions">
          <button class="button">{t("details.send")}</button>
          <button class="button quiet" formaction="/exclude">{t("action.change-period")}</button>
        </div>
      </StepForm>
    </Layout>
  );
}

/** The phone, here and where one looks at one's own exclusion. */
export function PhoneField({ locale, phone, problems }: { locale: Locale; phone: string; problems: readonly FieldProblem[] }) {
  const t = translator(locale);
  return (
    <TextField
      name="phone" label={t("details.phone")} hint={t("details.phone-hint")} value={phone} problems={problems}
      type="tel" inputmode="tel" autocomplete="tel" required
    />
  );
}

const CHOICES = Object.entries(COUNTIES);

/** Asked for statistics, and open unless somebody says it. */
function CountyField({ locale, county }: { locale: Locale; county: string }) {
  const t = translator(locale);
  const options = [["", t("data.not-said")] as const, ...CHOICES];
  return <SelectField name="county" label={t("details.county")} hint={t("details.county-hint")} value={county} options={options} problems={[]} />;
}

/** The document, here and where one shows who one is. */
export function DocumentFields({ locale, form, problems }: DetailsPageProps) {
  const t = translator(locale);
  return (
    <>
      <div class="field">
        <label for="documentKind">{t("details.kind")}</label>
        <select id="documentKind" name="documentKind">
          {DOCUMENT_KINDS.map((kind) => (
            <option value={kind} selected={kind === form.documentKind}>{t(`kind.${kind}`)}</option>
          ))}
        </select>
      </div>
      <TextField name="document" label={t("details.number")} value={form.document} problems={problems} autocomplete="off" />
    </>
  );
}

/** What the state's register of persons has beside a document. */
export function PersonFields({ locale, form, problems }: DetailsPageProps) {
  const t = translator(locale);
  return (
    <>
      <TextField
        name="name" label={t("details.name")} hint={t("details.name-hint")} value={form.name} problems={problems} autocomplete="name" dir="auto" maxlength={100}
      />
      <TextField
        name="dateOfBirth" label={t("details.birth")} hint={t("details.birth-hint")} value={form.dateOfBirth} problems={problems} autocomplete="bday"
      />
    </>
  );
}
