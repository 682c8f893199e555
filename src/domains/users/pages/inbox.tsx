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
  return (
    <article class="card">
      {readAt === null && <p><span class="tag">{t("inbox.new")}</span></p>}
      <p><Said locale={locale} notice={notice} /></p>
      <p class="hint">{formatInstant(locale, at)}</p>
      {sms === "failed" && <p class="hint">{t("inbox.sms-failed")}</p>}
    </article>
  );
}

function Said({ locale, notice }: Pick<InboxNotice, "notice"> & { locale: Locale }) {
  const t = translator(locale);
  if (!("reference" in notice)) return <>{t(`inbox.${notice.template}`)}</>;
  return <>{t(`inbox.${notice.template}`, { until: formatEnd(locale, notice.endsAt), next: formatEnd(locale, notice.nextAt ?? null) })} <bdi dir="ltr">{notice.reference}</bdi></>;
}
