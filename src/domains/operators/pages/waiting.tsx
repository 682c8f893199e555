import { formatDate, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Layout } from "../../../pages/layout.tsx";
import { StaffNav } from "../../../pages/staff.tsx";
import type { ShownApplication, ShownLicence } from "../regulator/rpc.ts";

const HOME = "/staff/operators";

interface WaitingPageProps {
  locale: Locale;
  applications: readonly ShownApplication[];
  licences: readonly ShownLicence[];
}

/** What waits for officers: applications, and licences that end. */
export function WaitingPage({ locale, applications, licences }: WaitingPageProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.operators" languages={{ address: HOME }}>
      <h1>{t("operators.heading")}</h1>
      <section class="card">
        <h2>{t("operators.applications")}</h2>
        {applications.length === 0 && <p>{t("operators.none")}</p>}
        <ul class="plain">
          {applications.map(({ reference, name, licenceType, state, receivedAt, recommendation }) => (
            <li class="group lines">
              <p><a href={`${HOME}/applications/${reference}`}><bdi dir="auto">{name}</bdi></a></p>
              <p>{t(`licence.type-${licenceType}`)} · {t(`operators.state-${state}`)}{recommendation && <> · {t(`operators.advice-${recommendation}`)}</>}</p>
              <p class="hint">{t("operators.received-at", { date: formatDate(locale, receivedAt) })}</p>
            </li>
          ))}
        </ul>
      </section>
      <section class="card">
        <h2>{t("operators.licences")}</h2>
        {licences.length === 0 && <p>{t("operators.no-licences")}</p>}
        <ul class="plain">
          {licences.map(({ number, operator, type, standing, expiresAt }) => (
            <li class="group lines">
              <p><a href={`${HOME}/licences/${operator}`}><bdi dir="ltr">{number}</bdi></a></p>
              <p>{t(`licence.type-${type}`)} · {t(`operators.standing-${standing}`)}</p>
              <p class={standing === "in-force" ? "hint" : "wrong"}>{t("operators.ends", { date: formatDate(locale, expiresAt) })}</p>
            </li>
          ))}
        </ul>
      </section>
      <StaffNav locale={locale} here="operators" />
    </Layout>
  );
}
