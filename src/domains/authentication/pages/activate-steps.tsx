import { translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Carried, ErrorSummary, StepForm, TextField } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import type { Shown } from "./password-portal.ts";
import { CodeStep, DonePage, NewPasswordField, PhoneField } from "./password-steps.tsx";

/** The first step: the key, and the phone the account is to have. */
export function ActivatePage({ locale, form, problems }: Shown) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.activate" languages={{ repost: "/activate" }} wrong={problems.length > 0}>
      <h1>{t("activate.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t("activate.lead")}</p>
      <StepForm action="/activate/code">
        <Carried values={{ formId: form.formId }} />
        <TextField
          name="link" label={t("activate.key")} hint={t("activate.key-hint")} value={form.link} problems={problems}
          autocomplete="off" maxlength={200} required
        />
        <PhoneField locale={locale} problems={problems} label={t("details.phone")} value={form.phone} />
        <button class="button">{t("details.send")}</button>
      </StepForm>
    </Layout>
  );
}

/** The second step: the code, and a password. */
export function ActivateCodePage(props: Shown & { again: boolean }) {
  const t = translator(props.locale);
  const at = { send: "/activate/code", confirm: "/activate/confirm", change: "/activate" };
  return (
    <CodeStep {...props} at={at} lead={t("code.sent")} submit={t("activate.submit")}>
      <NewPasswordField locale={props.locale} problems={props.problems} />
    </CodeStep>
  );
}

export function ActivatedPage({ locale }: { locale: Locale }) {
  const t = translator(locale);
  return (
    <DonePage locale={locale} tab="tab.activate" address="/activate/done" heading={t("activate.done")} lead={t("activate.done-text")}>
      <a class="button" href="/sign-in">{t("reset.to-sign-in")}</a>
    </DonePage>
  );
}
