import { KINDS } from "../../../../bst/kinds.ts";
import { translator } from "../../../../i18n/index.ts";
import type { Locale } from "../../../../i18n/locales.ts";
import { Carried, ErrorLine, ErrorSummary, type FieldProblem, messageAt, SelectField, StepForm, TextField } from "../../../../pages/fields.tsx";
import { Layout } from "../../../../pages/layout.tsx";
import { StaffNav } from "../../../../pages/staff.tsx";
import { GROUNDS, OFFICE_KINDS, type OfficeKind, STATEMENT_MAX } from "../../cases/model.ts";
import type { OfficeRequest } from "../../cases/staff-cases-rpc.ts";

const FILING = "/staff/cases/new";
const DOCUMENTS = KINDS.filter((kind) => kind !== "msisdn");

/** A filing as it was typed. */
export interface FilingForm {
  formId: string;
  kind: string;
  name: string;
  subjectPhone: string;
  subjectName: string;
  documentKind: string;
  subjectDocument: string;
  statement: string;
  grounds: string[];
}

const TEXTS = ["formId", "kind", "name", "subjectPhone", "subjectName", "documentKind", "subjectDocument", "statement"] as const;

export const readFiling = (fields: URLSearchParams): FilingForm =>
  ({ ...(Object.fromEntries(TEXTS.map((name) => [name, fields.get(name) ?? ""])) as Record<(typeof TEXTS)[number], string>), grounds: fields.getAll("grounds") });

/** As origin is asked; it reads everything again, and refuses what is none of its choices. */
export function requestOf(form: FilingForm): OfficeRequest {
  const { name, subjectPhone: phone, subjectName, documentKind, subjectDocument, statement } = form;
  const document = subjectDocument.trim() === "" ? null : { kind: DOCUMENTS.find((kind) => kind === documentKind) ?? DOCUMENTS[0]!, value: subjectDocument };
  const kind: OfficeKind = OFFICE_KINDS.find((one) => one === form.kind) ?? "court";
  return { kind, name, subject: { phone, name: subjectName, document }, grounds: GROUNDS.filter((ground) => form.grounds.includes(ground)), statement };
}

interface FilingPageProps {
  locale: Locale;
  form: FilingForm;
  problems: readonly FieldProblem[];
}

/** Takes down what a court or an operator asks for. */
export function FilingPage({ locale, form, problems }: FilingPageProps) {
  const t = translator(locale);
  const text = { problems, autocomplete: "off" } as const;
  return (
    <Layout locale={locale} tab="tab.cases" languages={{ repost: FILING }} wrong={problems.length > 0}>
      <h1>{t("casework.filing")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t("casework.filing-lead")}</p>
      <StepForm action={FILING}>
        <Carried values={{ formId: form.formId }} />
        <SelectField name="kind" label={t("casework.kind")} value={form.kind} problems={problems} options={["court" as const, "operator" as const].map((kind) => [kind, t(`casework.kind-${kind}`)] as const)} />
        <TextField {...text} name="name" label={t("casework.asker")} hint={t("casework.asker-hint")} value={form.name} required dir="auto" maxlength={200} />
        <TextField {...text} name="subjectPhone" label={t("casework.subject-phone")} value={form.subjectPhone} type="tel" inputmode="tel" required />
        <TextField {...text} name="subjectName" label={t("casework.subject-name")} value={form.subjectName} required dir="auto" maxlength={200} />
        <SelectField name="documentKind" label={t("casework.subject-kind")} value={form.documentKind} problems={problems} options={DOCUMENTS.map((kind) => [kind, t(`kind.${kind}`)] as const)} />
        <TextField {...text} name="subjectDocument" label={t("casework.subject-number")} value={form.subjectDocument} maxlength={64} />
        <Grounds locale={locale} form={form} problems={problems} />
        <Statement locale={locale} form={form} problems={problems} />
        <button class="button">{t("casework.submit")}</button>
      </StepForm>
      <StaffNav locale={locale} here={null} />
    </Layout>
  );
}

function Grounds({ locale, form, problems }: FilingPageProps) {
  const t = translator(locale);
  const wrong = messageAt(problems, "grounds");
  return (
    <fieldset class={wrong ? "is-wrong" : undefined} id="grounds" tabindex={-1} aria-describedby={wrong && "grounds-wrong"}>
      <legend>{t("casework.grounds")}</legend>
      <ErrorLine field="grounds" message={wrong} />
      {GROUNDS.map((ground) => (
        <div class="choice">
          <input type="checkbox" id={`ground-${ground}`} name="grounds" value={ground} checked={form.grounds.includes(ground)} />
          <label for={`ground-${ground}`}>{t(`casework.ground-${ground}`)}</label>
        </div>
      ))}
    </fieldset>
  );
}

function Statement({ locale, form, problems }: FilingPageProps) {
  const wrong = messageAt(problems, "statement");
  return (
    <div class={wrong ? "field is-wrong" : "field"}>
      <label for="statement">{translator(locale)("casework.statement")}</label>
      <ErrorLine field="statement" message={wrong} />
      <textarea id="statement" name="statement" rows={6} dir="auto" maxlength={STATEMENT_MAX} aria-invalid={wrong ? "true" : undefined} aria-describedby={wrong && "statement-wrong"}>
        {form.statement}
      </textarea>
    </div>
  );
}
