import { formatInstant, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Carried, ErrorSummary, type FieldProblem } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import type { SessionView } from "../sessions/rpc.ts";
import { AccountNav } from "./nav.tsx";
import { placeOf, programOf } from "./whence.tsx";

interface SessionsPageProps {
  locale: Locale;
  sessions: readonly SessionView[];
  problems: readonly FieldProblem[];
}

/** Where somebody is signed in, and how it ends: one by one, all others, or everywhere. */
export function SessionsPage({ locale, sessions, problems }: SessionsPageProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.sessions" languages={{ address: "/account/sessions" }} wrong={problems.length > 0}>
      <h1>{t("sessions.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t("sessions.lead")}</p>
      {sessions.map((session) => <OneSession locale={locale} session={session} />)}
      <p class="hint">{t("sessions.not-you")}</p>
      <div class="actions">
        {sessions.length > 1 && <form method="post" action="/account/sessions/end-others"><button class="button">{t("sessions.end-others")}</button></form>}
        <form method="post" action="/account/sessions/end-all"><button class="button quiet">{t("sessions.end-all")}</button></form>
      </div>
      <AccountNav locale={locale} here="/account/sessions" />
    </Layout>
  );
}

function OneSession({ locale, session }: { locale: Locale; session: SessionView }) {
  const t = translator(locale);
  const { id, isThis, stage, createdAt, seenAt } = session;
  return (
    <article class="card">
      {isThis && <p><span class="tag">{t("account.this")}</span></p>}
      <h2 id={id}><bdi>{programOf(locale, session)}</bdi></h2>
      <p>{placeOf(locale, session)}</p>
      {stage !== "full" && <p>{t("sessions.unfinished")}</p>}
      <p class="hint">{t("sessions.since", { date: formatInstant(locale, createdAt) })}</p>
      <p class="hint">{t("sessions.seen", { date: formatInstant(locale, seenAt) })}</p>
      {!isThis && (
        <form method="post" action="/account/sessions/end">
          <Carried values={{ id }} />
          <button class="button quiet" aria-describedby={id}>{t("sessions.end")}</button>
        </form>
      )}
    </article>
  );
}
