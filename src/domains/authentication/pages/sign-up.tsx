import { translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Carried, ErrorSummary, StepForm, TextField } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import type { SignUpFields } from "./form.ts";
import type { Shown } from "./portal.ts";
import { PasswordField, RESET_PAGE } from "./sign-in.tsx";

/** The longest name, in the units a browser counts. */
const LONGEST = 100;

/** The first step: who the account is for. */
export function SignUpPage({ locale, form, problems }: Shown<SignUpFields>) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.sign-up" languages={{ repost: "/sign-up" }} wrong={problems.length > 0}>
      <p class="step">{t("nav.step", { step: 1, steps: 2 })}</p>
      <h1>{t("sign-up.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t("sign-up.lead")}</p>
      <StepForm action="/sign-up/code">
        <Carried values={{ formId: form.formId }} />
        <TextField
          name="phone" label={t("details.phone")} hint={t("details.phone-hint")} value={form.phone} problems={problems}
          type="tel" inputmode="tel" autocomplete="tel" required
        />
        <TextField
          name="name" label={t("details.name")} hint={t("details.name-hint")} value={form.name} problems={problems}
          autocomplete="name" dir="auto" maxlength={LONGEST} required
        />
        <TextField
          name="dateOfBirth" label={t("details.birth")} hint={`${t("details.birth-hint")}. ${t("sign-up.adults")}`} value={form.dateOfBirth} problems={problems}
          autocomplete="bday" required
        />
        <div class="actions">
          <button class="button">{t("details.send")}</button>
          <a class="button quiet" href="/sign-in">{t("sign-in.submit")}</a>
        </div>
      </StepForm>
    </Layout>
  );
}

/** The second step: the code that proves the phone, and a password. */
export function SignUpCodePage({ locale, form, problems, again }: Shown<SignUpFields> & { again: boolean }) {
  const t = translator(locale);
  const { formId, phone, name, dateOfBirth, sentTo } = form;
  return (
    <Layout locale={locale} tab="tab.code" languages={{ repost: "/sign-up/code" }} wrong={problems.length > 0}>
      <p class="step">{t("nav.step", { step: 2, steps: 2 })}</p>
      <h1>{t("code.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      {again && <p class="note" role="status">{t("code.sent-again")}</p>}
      <p class="lead">
        {t("code.sent")} <b><bdi dir="ltr">{sentTo || phone}</bdi></b>
      </p>
      <StepForm action="/sign-up/confirm">
        <Carried values={{ formId, phone, name, dateOfBirth, sentTo }} />
        <div class="code">
          <TextField
            name="code" label={t("code.label")} hint={t("code.hint")} value={form.code} problems={problems}
            inputmode="numeric" autocomplete="one-time-code" required
          />
        </div>
        <PasswordField label={t("sign-up.password")} hint={t("sign-up.password-hint")} problems={problems} autocomplete="new-password" />
        <div class="actions">
          <button class="button">{t("sign-up.submit")}</button>
          <button class="button quiet" formaction="/sign-up/code" name="again" value="yes">{t("code.again")}</button>
          <button class="button quiet" formaction="/sign-up">{t("sign-up.change")}</button>
        </div>
      </StepForm>
    </Layout>
  );
}

/** For whoever proved a phone that has an account. */
export function TakenPage({ locale }: { locale: Locale }) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.sign-up" languages={{ address: "/sign-up" }}>
      <h1>{t("sign-up.taken")}</h1>
      <p class="lead">{t("sign-up.taken-text")}</p>
      <div class="actions pair">
        <a class="button" href="/sign-in">{t("sign-in.submit")}</a>
        <a class="button quiet" href={RESET_PAGE}>{t("sign-in.forgotten")}</a>
      </div>
    </Layout>
  );
}
