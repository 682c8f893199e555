import { translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Carried, ErrorSummary, type FieldProblem, StepForm } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import type { Shown } from "./password-portal.ts";
import { CodeStep, DonePage, NewPasswordField, PhoneField } from "./password-steps.tsx";

/** The first step: whose password it is. */
export function ResetPage({ locale, form, problems }: Shown) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.reset" languages={{ repost: "/reset" }} wrong={problems.length > 0}>
      <h1>{t("reset.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t("reset.lead")}</p>
      <StepForm action="/reset/code">
        <Carried values={{ formId: form.formId }} />
        <PhoneField locale={locale} problems={problems} label={t("details.phone")} value={form.phone} />
        <div class="actions">
          <button class="button">{t("details.send")}</button>
          <a class="button quiet" href="/activate">{t("activate.have")}</a>
        </div>
      </StepForm>
    </Layout>
  );
}

/** The second step. It says the same of every number. */
export function ResetCodePage(props: Shown) {
  const t = translator(props.locale);
  return (
    <CodeStep {...props} at={{ send: "/reset/code", confirm: "/reset/enter", change: "/reset" }} lead={t("reset.sent")} submit={t("action.continue")}>
      <p class="hint">{t("reset.nothing-came")}</p>
    </CodeStep>
  );
}

/** The third step: the password itself. The link stands in the form, and in no address. */
export function ResetPasswordPage({ locale, link, problems }: { locale: Locale; link: string; problems: readonly FieldProblem[] }) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.reset" languages={{ repost: "/reset/password" }} wrong={problems.length > 0}>
      <h1>{t("reset.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t("reset.new-lead")}</p>
      <StepForm action="/reset/password">
        <Carried values={{ link }} />
        <NewPasswordField locale={locale} problems={problems} />
        <button class="button">{t("reset.submit")}</button>
      </StepForm>
    </Layout>
  );
}

export function ResetDonePage({ locale }: { locale: Locale }) {
  const t = translator(locale);
  return (
    <DonePage locale={locale} tab="tab.reset" address="/reset/done" heading={t("reset.done")} lead={t("reset.done-text")}>
      <a class="button" href="/sign-in">{t("reset.to-sign-in")}</a>
    </DonePage>
  );
}

/** For whoever proved their phone, and would come in by it alone where their role demands more. */
export function ActivationDuePage({ locale }: { locale: Locale }) {
  const t = translator(locale);
  return (
    <DonePage locale={locale} tab="tab.reset" address="/reset" heading={t("activate.due")} lead={t("activate.due-text")}>
      <a class="button" href="/activate">{t("activate.have")}</a>
      <a class="button quiet" href="/">{t("nav.home")}</a>
    </DonePage>
  );
}
