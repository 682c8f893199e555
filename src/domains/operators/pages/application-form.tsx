import { KINDS } from "../../../bst/kinds.ts";
import { translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Carried, ErrorLine, ErrorSummary, type FieldProblem, messageAt, SelectField, StepForm, TextField } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import type { ApplicationForm } from "../applications/rpc.ts";
import { LICENCE_TYPES } from "../licensing/model.ts";

const HERE = "/operators/apply";

interface ApplyPageProps {
  locale: Locale;
  form: ApplicationForm;
  problems: readonly FieldProblem[];
}

/** The form of a company that wants to become an operator. */
export function ApplyPage(props: ApplyPageProps) {
  const { locale, form, problems } = props;
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.apply" languages={{ repost: HERE }} wrong={problems.length > 0}>
      <h1>{t("apply.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t("apply.lead")}</p>
      <StepForm action={HERE}>
        <Carried values={{ formId: form.formId }} />
        <Company {...props} />
        <Person {...props} />
        <button class="button">{t("apply.submit")}</button>
      </StepForm>
    </Layout>
  );
}

function Company({ locale, form, problems }: ApplyPageProps) {
  const t = translator(locale);
  return (
    <fieldset class="group">
      <legend>{t("apply.company")}</legend>
      <TextField name="name" label={t("apply.name")} value={form.name} problems={problems} autocomplete="organization" required dir="auto" maxlength={200} />
      <TextField name="tradingName" label={t("apply.tradingName")} value={form.tradingName} problems={problems} autocomplete="off" dir="auto" maxlength={200} />
      <TextField
        name="registrationNumber" label={t("apply.registrationNumber")} hint={t("apply.registrationNumber-hint")} value={form.registrationNumber} problems={problems}
        autocomplete="off" required maxlength={50}
      />
      <TextField name="website" label={t("apply.website")} hint={t("apply.website-hint")} value={form.website} problems={problems} autocomplete="url" maxlength={300} />
      <TextField name="address" label={t("apply.address")} value={form.address} problems={problems} autocomplete="street-address" required dir="auto" maxlength={300} />
      <SelectField
        name="licenceType" label={t("apply.licenceType")} value={form.licenceType} problems={problems}
        options={[["", t("apply.choose")], ...LICENCE_TYPES.map((type) => [type, t(`licence.type-${type}`)] as const)]}
      />
      <Kinds locale={locale} form={form} problems={problems} />
      <TextField
        name="declaredCustomers" label={t("apply.declaredCustomers")} value={form.declaredCustomers} problems={problems} inputmode="numeric" autocomplete="off" required maxlength={20}
      />
    </fieldset>
  );
}

function Kinds({ locale, form, problems }: ApplyPageProps) {
  const t = translator(locale);
  const wrong = messageAt(problems, "kinds");
  return (
    <fieldset class={wrong ? "is-wrong" : undefined} id="kinds" tabindex={-1} aria-describedby={wrong && "kinds-wrong"}>
      <legend>{t("apply.kinds")}</legend>
      <ErrorLine field="kinds" message={wrong} />
      {KINDS.map((kind) => (
        <div class="choice">
          <input type="checkbox" id={`kind-${kind}`} name="kinds" value={kind} checked={form.kinds.includes(kind)} />
          <label for={`kind-${kind}`}>{t(`kind.${kind}`)}</label>
        </div>
      ))}
    </fieldset>
  );
}

function Person({ locale, form, problems }: ApplyPageProps) {
  const t = translator(locale);
  return (
    <fieldset class="group">
      <legend>{t("apply.contact")}</legend>
      <p class="hint">{t("apply.contact-hint")}</p>
      <TextField name="contactName" label={t("apply.contactName")} value={form.contactName} problems={problems} autocomplete="name" required dir="auto" maxlength={100} />
      <TextField name="email" label={t("apply.email")} value={form.email} problems={problems} autocomplete="email" required maxlength={254} />
      <TextField name="phone" label={t("apply.phone")} value={form.phone} problems={problems} type="tel" inputmode="tel" autocomplete="tel" required maxlength={30} />
    </fieldset>
  );
}

export function ReceivedPage({ locale, reference }: { locale: Locale; reference: string }) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.apply" languages={{ address: HERE }}>
      <h1>{t("apply.received")}</h1>
      <section class="card">
        <p>{t("apply.received-text")}</p>
        <p class="reference"><bdi dir="ltr">{reference}</bdi></p>
      </section>
      <div class="actions"><a class="button quiet" href="/">{t("nav.home")}</a></div>
    </Layout>
  );
}
