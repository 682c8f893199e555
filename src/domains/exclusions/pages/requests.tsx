import type { Child } from "hono/jsx";
import { formatDate, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { ErrorLine, ErrorSummary, Facts, type FieldProblem, messageAt } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import { SUBJECTS } from "../../users/rights/model.ts";
import type { RequestView } from "../../users/rights-rpc.ts";

interface RequestsPageProps {
  locale: Locale;
  problems: readonly FieldProblem[];
  requests: readonly RequestView[];
  /** A fresh id for each form, so that it is carried out once. */
  newId: () => string;
  /** What was typed, when it has to be looked at again. */
  typed: { subject: string; statement: string };
}

/** What one may ask about one's own data, and what became of it. */
export function RequestsPage({ locale, problems, requests, newId, typed }: RequestsPageProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.rights" languages={{ address: "/my/requests" }} wrong={problems.length > 0}>
      <h1>{t("rights.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t("rights.lead")}</p>
      <section class="card">
        <h2>{t("rights.yours")}</h2>
        {requests.length === 0 ? <p>{t("rights.none")}</p> : requests.map((request) => <Asked locale={locale} request={request} />)}
      </section>
      <Ask heading={t("rights.export")} action="/my/requests/export" formId={newId()} submit={t("rights.export")}>
        <p>{t("rights.export-text")}</p>
      </Ask>
      <Ask heading={t("rights.rectify")} action="/my/requests/rectify" formId={newId()} submit={t("rights.send")}>
        <Wrong locale={locale} problems={problems} typed={typed} />
      </Ask>
      <Ask heading={t("rights.erase")} action="/my/requests/erase" formId={newId()} submit={t("rights.erase")}>
        <p>{t("rights.erase-text")}</p>
      </Ask>
      <div class="actions"><a class="button quiet" href="/my">{t("home.see")}</a></div>
    </Layout>
  );
}

const Ask = ({ heading, action, formId, submit, children }: { heading: string; action: string; formId: string; submit: string; children?: Child }) => (
  <section class="card">
    <h2>{heading}</h2>
    <form method="post" action={action} novalidate>
      <input type="hidden" name="formId" value={formId} />
      {children}
      <button class="button quiet">{submit}</button>
    </form>
  </section>
);

function Wrong({ locale, problems, typed }: Pick<RequestsPageProps, "locale" | "problems" | "typed">) {
  const t = translator(locale);
  const wrong = messageAt(problems, "statement");
  return (
    <>
      <div class="field">
        <label for="subject">{t("rights.subject")}</label>
        <select id="subject" name="subject">
          {SUBJECTS.map((subject) => <option value={subject} selected={subject === typed.subject}>{t(`rights.subject.${subject}`)}</option>)}
        </select>
      </div>
      <div class={wrong ? "field is-wrong" : "field"}>
        <label for="statement">{t("rights.statement")}</label>
        <ErrorLine field="statement" message={wrong} />
        <textarea id="statement" name="statement" rows={4} maxlength={1000} aria-invalid={wrong ? "true" : undefined} aria-describedby={wrong && "statement-wrong"}>
          {typed.statement}
        </textarea>
      </div>
    </>
  );
}

function Asked({ locale, request }: { locale: Locale; request: RequestView }) {
  const t = translator(locale);
  const { reference, kind, state, dueAt, decidedAt, reasons, completeAt } = request;
  const rows: [string, Child][] = [[t("fact.reference"), <bdi dir="ltr">{reference}</bdi>], [t("rights.state"), t(`rights.state.${state}`)]];
  if (decidedAt === null) rows.push([t("rights.due"), formatDate(locale, dueAt)]);
  if (reasons.length > 0) rows.push([t("rights.reasons"), <>{reasons.map((reason) => <p>{t(`rights.reason.${reason}`)}</p>)}</>]);
  if (completeAt !== null) rows.push([t("rights.complete"), formatDate(locale, completeAt)]);
  return (
    <div class="group">
      <h3>{t(`rights.kind.${kind}`)}</h3>
      <Facts rows={rows} />
    </div>
  );
}
