import { translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { ErrorSummary, type FieldProblem, StepForm } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import type { FactorsOverview, TotpSetup } from "../factors/model.ts";
import { QrCode } from "../../../pages/qr-code.tsx";
import { FactorField } from "./shown.tsx";

interface PageProps {
  locale: Locale;
  problems: readonly FieldProblem[];
}

/** What an authenticator app is, and the way to set one up, or to be rid of it. */
export function TotpPage({ locale, problems, overview: { totp, demanded, passkeys } }: PageProps & { overview: FactorsOverview }) {
  const t = translator(locale);
  const mayRemove = totp !== null && (!demanded || passkeys > 0);
  return (
    <Layout locale={locale} tab="tab.security" languages={{ address: "/account/security/totp" }} wrong={problems.length > 0}>
      <h1>{t("factor.totp")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t("factor.totp-lead")}</p>
      <p>{t("factor.totp-need")}</p>
      {totp !== null && <p class="note">{t("factor.totp-replaces")}</p>}
      <StepForm action="/account/security/totp">
        <div class="actions">
          <button class="button">{t("factor.totp-begin")}</button>
          {mayRemove && <button class="button quiet" formaction="/account/security/totp/remove">{t("factor.totp-remove")}</button>}
          <a class="button quiet" href="/account/security">{t("factor.back")}</a>
        </div>
      </StepForm>
    </Layout>
  );
}

/** The secret as a picture, as an address and to be typed, and the code that shows it arrived. */
export function TotpSetupPage({ locale, problems, setup: { secret, uri } }: PageProps & { setup: TotpSetup }) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.security" languages={{ repost: "/account/security/totp" }} wrong={problems.length > 0}>
      <h1>{t("factor.totp-set-up")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <section class="card">
        <h2>{t("factor.scan")}</h2>
        <QrCode text={uri} label={t("factor.picture")} />
        <p><a href={uri}>{t("factor.on-this-phone")}</a></p>
        <p>{t("factor.type-secret")}</p>
        <p><bdi dir="ltr" class="reference">{secret.match(/.{4}/g)!.join(" ")}</bdi></p>
      </section>
      <StepForm action="/account/security/totp/confirm">
        <p>{t("factor.then-type")}</p>
        <FactorField locale={locale} way="totp" problems={problems} />
        <div class="actions">
          <button class="button">{t("factor.confirm")}</button>
          <a class="button quiet" href="/account/security">{t("factor.back")}</a>
        </div>
      </StepForm>
    </Layout>
  );
}
