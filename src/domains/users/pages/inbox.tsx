import { formatEnd, formatInstant, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Carried, StepForm } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import type { InboxNotice } from "../../notifications/rpc.ts";

/** What the register told the person, also what no SMS brought. */
export function InboxPage({ locale, notices }: { locale: Locale; notices: readonly InboxNotice[] }) {
  const t = translator(locale);
  const unread = notices.filter(({ readAt }) => readAt === null);
  return (
    <Layout locale={locale} tab="tab.inbox" languages={{ address: "/my/inbox" }}>
      <h1>{t("inbox.heading")}</h1>
      {notices.length === 0 && <p class="lead">{t("inbox.none")}</p>}
      {notices.map((notice) => <Notice locale={locale} {...notice} />)}
      {unread.length > 0 && (
        <StepForm action="/my/inbox">
          <Carried values={{ upTo: String(Math.max(...unread.map(({ at }) => at))) }} />
          <button class="button">{t("inbox.mark")}</button>
        </StepForm>
      )}
      <a class="button quiet" href="/my/data">{t("data.heading")}</a>
    </Layout>
  );
}

function Notice({ locale, notice, at, sms, readAt }: InboxNotice & { locale: Locale }) {
  const t = translator(locale);
  const { template, reference, endsAt } = notice;
  return (
    <article class="card">
      {readAt === null && <p><span class="tag">{t("inbox.new")}</span></p>}
      <p>{t(`inbox.${template}`, { until: formatEnd(locale, endsAt) })} <bdi dir="ltr">{reference}</bdi></p>
      <p class="hint">{formatInstant(locale, at)}</p>
      {sms === "failed" && <p class="hint">{t("inbox.sms-failed")}</p>}
    </article>
  );
}
