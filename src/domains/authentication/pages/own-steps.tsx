import { translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Carried, ErrorSummary, Facts, type FieldProblem, StepForm } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import type { Shown } from "./password-portal.ts";
import { CodeStep, CurrentPasswordField, DonePage, NewPasswordField, PhoneField } from "./password-steps.tsx";

export const PASSWORD = "/account/security/password";
export const PHONE = "/account/phone";

export function OwnPasswordPage({ locale, problems }: { locale: Locale; problems: readonly FieldProblem[] }) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.reset" languages={{ address: PASSWORD }} wrong={problems.length > 0}>
      <h1>{t("own-password.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <StepForm action={PASSWORD}>
        <CurrentPasswordField locale={locale} problems={problems} />
        <NewPasswordField locale={locale} problems={problems} />
        <div class="actions">
          <button class="button">{t("own-password.submit")}</button>
          <a class="button quiet" href="/reset">{t("own-password.forgotten")}</a>
        </div>
      </StepForm>
    </Layout>
  );
}

export function OwnPasswordDonePage({ locale }: { locale: Locale }) {
  const t = translator(locale);
  return (
    <DonePage locale={locale} tab="tab.reset" address={`${PASSWORD}/done`} heading={t("own-password.done")} lead={t("own-password.done-text")}>
      <a class="button" href="/account/security">{t("own.back")}</a>
    </DonePage>
  );
}

/** The first step of another phone: which. `now` is the one that stands, to be recognised. */
export function OwnPhonePage({ locale, form, problems, now }: Shown & { now: string | null }) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.own-phone" languages={{ address: PHONE }} wrong={problems.length > 0}>
      <h1>{t("own-phone.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t("own-phone.lead")}</p>
      {now !== null && <Facts rows={[[t("own-phone.now"), <bdi dir="ltr">{now}</bdi>]]} />}
      <p class="note">{t("own-phone.exclusion")}</p>
      <StepForm action={`${PHONE}/code`}>
        <Carried values={{ formId: form.formId }} />
        <PhoneField locale={locale} problems={problems} label={t("own-phone.new")} value={form.phone} />
        <button class="button">{t("details.send")}</button>
      </StepForm>
    </Layout>
  );
}

export function OwnPhoneCodePage(props: Shown & { again: boolean }) {
  const t = translator(props.locale);
  const at = { send: `${PHONE}/code`, confirm: `${PHONE}/change`, change: PHONE };
  return <CodeStep {...props} at={at} lead={t("code.sent")} submit={t("own-phone.submit")} />;
}

export function OwnPhoneDonePage({ locale }: { locale: Locale }) {
  const t = translator(locale);
  return (
    <DonePage locale={locale} tab="tab.own-phone" address={`${PHONE}/done`} heading={t("own-phone.done")} lead={t("own-phone.done-text")}>
      <a class="button" href="/account/security">{t("own.back")}</a>
    </DonePage>
  );
}
