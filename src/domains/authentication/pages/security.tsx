import type { Child } from "hono/jsx";
import { formatDate, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Layout } from "../../../pages/layout.tsx";
import type { FactorsOverview } from "../factors/model.ts";

interface PartProps {
  locale: Locale;
  overview: FactorsOverview;
}

/** What an account is signed in to with, each with the way to change it. */
export function SecurityPage(props: PartProps) {
  const { locale, overview: { stage } } = props;
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.security" languages={{ address: "/account/security" }}>
      <h1>{t("factor.security-heading")}</h1>
      {stage === "enrolment" && <p class="note" role="status">{t("factor.enrolment-due")}</p>}
      {stage === "full" && <PasswordPart {...props} />}
      <TotpPart {...props} />
      {stage === "full" && <PasskeysPart {...props} />}
      <RecoveryCodesPart {...props} />
    </Layout>
  );
}

const Part = ({ heading, state, children }: { heading: string; state: string; children?: Child }) => (
  <section class="card">
    <h2>{heading}</h2>
    <p>{state}</p>
    {children}
  </section>
);

function PasswordPart({ locale, overview: { password } }: PartProps) {
  const t = translator(locale);
  const state = password === null ? t("factor.password-none") : t("factor.password-since", { date: formatDate(locale, password) });
  return <Part heading={t("factor.password")} state={state} />;
}

function TotpPart({ locale, overview: { totp } }: PartProps) {
  const t = translator(locale);
  const state = totp === null ? t("factor.totp-none") : t("factor.totp-since", { date: formatDate(locale, totp) });
  return (
    <Part heading={t("factor.totp")} state={state}>
      <div class="actions">
        <a class={totp === null ? "button" : "button quiet"} href="/account/security/totp">
          {t(totp === null ? "factor.totp-set-up" : "factor.totp-change")}
        </a>
      </div>
    </Part>
  );
}

function PasskeysPart({ locale, overview: { passkeys } }: PartProps) {
  const t = translator(locale);
  return <Part heading={t("factor.passkeys")} state={t("factor.passkeys-held", { count: passkeys })} />;
}

/** They stand in for other second factors, and without one there is nothing to say of them. */
function RecoveryCodesPart({ locale, overview: { totp, passkeys, recoveryCodes } }: PartProps) {
  if (totp === null && passkeys === 0) return null;
  const t = translator(locale);
  return (
    <Part heading={t("factor.codes")} state={t("factor.codes-left", { count: recoveryCodes })}>
      <div class="actions"><a class="button quiet" href="/account/security/recovery-codes">{t("factor.codes-make")}</a></div>
    </Part>
  );
}
