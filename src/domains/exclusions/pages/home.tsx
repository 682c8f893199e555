import { translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Layout } from "../../../pages/layout.tsx";
import { StopLink } from "./stop-link.tsx";
import { Help, type HelpLine } from "./help.tsx";

/** What one may come for with no exclusion at all. */
const CASES = ["family", "disputed-document", "complaint"] as const;

/** What this is, and the two things one can do here. */
export function HomePage({ locale, helpLines }: { locale: Locale; helpLines: readonly HelpLine[] }) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.home" languages={{ address: "/" }}>
      <h1>{t("home.heading")}</h1>
      <p class="lead">{t("home.lead")}</p>
      <div class="actions pair">
        <a class="button" href="/exclude">{t("home.start")}</a>
        <a class="button quiet" href="/my">{t("home.see")}</a>
      </div>
      <StopLink locale={locale} />
      <section class="card">
        <h2>{t("home.how")}</h2>
        <ol class="steps">
          <li>{t("home.how-period")}</li>
          <li>{t("home.how-phone")}</li>
          <li>{t("home.how-code")}</li>
        </ol>
      </section>
      <section class="card">
        <h2>{t("cases.home")}</h2>
        <ul class="plain lines">{CASES.map((kind) => <li><a href={`/my/cases/new/${kind}`}>{t(`cases.choose.${kind}`)}</a></li>)}</ul>
      </section>
      <section class="card">
        <h2>{t("home.privacy")}</h2>
        <p>{t("home.privacy-text")}</p>
      </section>
      <Help locale={locale} lines={helpLines} />
      <p class="lines"><a href="/statistics">{t("statistics.link")}</a></p>
      <p class="lines"><a href="/verify">{t("verify.heading")}</a></p>
    </Layout>
  );
}
