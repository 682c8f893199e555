import { formatDate, translator } from "../../../../i18n/index.ts";
import type { Locale } from "../../../../i18n/locales.ts";
import { Layout } from "../../../../pages/layout.tsx";
import type { CaseView } from "../../cases/cases-rpc.ts";
import { isThirdParty } from "../../cases/model.ts";

/** What a case is called to whom it is shown. */
export const titleOf = (locale: Locale, { kind, role }: CaseView): string =>
  translator(locale)(role === "subject" && isThirdParty(kind) ? `cases.about.${kind}` : `cases.kind.${kind}`);

/** What this phone asked for and what is about it, newest first. */
export function CasesPage({ locale, cases }: { locale: Locale; cases: readonly CaseView[] }) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.requests" languages={{ address: "/my/cases" }}>
      <h1>{t("cases.heading")}</h1>
      <p class="lead">{t(cases.length === 0 ? "cases.none" : "cases.lead")}</p>
      {cases.map((one) => <Line locale={locale} one={one} />)}
      <div class="actions">
        <a class="button" href="/my/cases/new">{t("cases.new")}</a>
        <a class="button quiet" href="/my">{t("home.see")}</a>
      </div>
    </Layout>
  );
}

function Line({ locale, one }: { locale: Locale; one: CaseView }) {
  const t = translator(locale);
  return (
    <article class="card lines">
      <h2><a href={`/my/cases/${one.reference}`}>{titleOf(locale, one)}</a></h2>
      <p><Tag locale={locale} one={one} /></p>
      <p class="hint"><bdi dir="ltr">{one.reference}</bdi> · {formatDate(locale, one.filedAt)}</p>
      {one.hearingUntil !== null && one.may.answer && <p>{t("cases.hearing-until")} <b>{formatDate(locale, one.hearingUntil)}</b></p>}
    </article>
  );
}

/** Where a case stands, in a word or two. */
export const Tag = ({ locale, one: { state } }: { locale: Locale; one: CaseView }) => <span class="tag">{translator(locale)(`cases.state.${state}`)}</span>;
