import { translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Carried, StepForm } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";

/** How many are left, and the way to new ones. */
export function RecoveryCodesPage({ locale, left }: { locale: Locale; left: number }) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.security" languages={{ address: "/account/security/recovery-codes" }}>
      <h1>{t("factor.codes")}</h1>
      <p class="lead">{t("factor.codes-lead")}</p>
      <p>{t("factor.codes-left", { count: left })}</p>
      <p class="note">{t("factor.codes-replace")}</p>
      <StepForm action="/account/security/recovery-codes">
        <div class="actions">
          <button class="button">{t("factor.codes-make")}</button>
          <a class="button quiet" href="/account/security">{t("factor.back")}</a>
        </div>
      </StepForm>
    </Layout>
  );
}

/** Codes that nobody is shown again: the page carries them, so that it can be had in another language. Made to be printed. */
export function FreshCodesPage({ locale, codes }: { locale: Locale; codes: readonly string[] }) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.security" languages={{ repost: "/account/security/recovery-codes" }}>
      <h1>{t("factor.codes-fresh")}</h1>
      <p class="lead">{t("factor.codes-keep")}</p>
      <section class="card">
        <ol class="plain">
          {codes.map((code) => <li><bdi dir="ltr" class="reference">{code}</bdi></li>)}
        </ol>
      </section>
      <p>{t("factor.codes-lead")}</p>
      <StepForm action="/account/security/recovery-codes"><Carried values={{ codes: codes.join(" ") }} /></StepForm>
      <div class="actions"><a class="button" href="/account/security">{t("factor.codes-kept")}</a></div>
    </Layout>
  );
}

const CODES = /^([\dA-Z]{4}(-[\dA-Z]{4}){3}( |$)){1,20}$/;

/** The codes that a page carried; null when it carried none. */
export const carriedCodes = (text: string | null): string[] | null => (text !== null && CODES.test(text) ? text.split(" ") : null);
