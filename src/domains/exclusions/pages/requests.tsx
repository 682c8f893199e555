import type { Child } from "hono/jsx";
import { formatDate, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { ErrorLine, ErrorSummary, Facts, type FieldProblem, messageAt, SelectField } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import { type AskedAbout, CLOCK_DAYS, isAbout, REQUEST_KINDS, type RequestKind, SUBJECTS_OF } from "../../users/rights/model.ts";
import type { RequestView } from "../../users/rights-rpc.ts";

interface RequestsPageProps {
  locale: Locale;
  problems: readonly FieldProblem[];
  requests: readonly RequestView[];
  /** A fresh id for each form, so that it is carried out once. */
  newId: () => string;
  /** What was typed, when it has to be looked at again. */
  typed: { kind: RequestKind; subject: string; statement: string } | null;
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
      {REQUEST_KINDS.map((kind) => <Ask locale={locale} kind={kind} formId={newId()} problems={problems} typed={typed?.kind === kind ? typed : null} />)}
      <div class="actions"><a class="button quiet" href="/my">{t("home.see")}</a></div>
    </Layout>
  );
}

interface AskProps extends Pick<RequestsPageProps, "locale" | "problems" | "typed"> {
  kind: RequestKind;
  formId: string;
}

/** One kind's form, folded until it is wanted. */
function Ask({ locale, kind, formId, problems, typed }: AskProps) {
  const t = translator(locale);
  return (
    <details class="card" open={typed !== null}>
      <summary><h2>{t(`rights.ask.${kind}`)}</h2></summary>
      <form method="post" action={`/my/requests/${kind}`} novalidate>
        <input type="hidden" name="formId" value={formId} />
        <p>{t(`rights.text.${kind}`)}</p>
        {isAbout(kind) && <About locale={locale} kind={kind} problems={problems} typed={typed} />}
        <button class="button quiet">{t(isAbout(kind) ? "rights.send" : `rights.ask.${kind}`)}</button>
      </form>
    </details>
  );
}

/** The id of a field of one kind's form: there are several forms on the page. */
export const fieldOf = (kind: RequestKind, name: "subject" | "statement"): string => `${kind}-${name}`;

function About({ locale, kind, problems, typed }: Omit<AskProps, "kind" | "formId"> & { kind: AskedAbout }) {
  const t = translator(locale);
  const statement = fieldOf(kind, "statement");
  const wrong = messageAt(problems, statement);
  const subjects = SUBJECTS_OF[kind].map((subject) => [subject, t(`rights.subject.${subject}`)] as const);
  return (
    <>
      {kind !== "rectification" && <p class="note">{t("rights.statutory")}</p>}
      <SelectField id={fieldOf(kind, "subject")} name="subject" label={t(`rights.about.${kind}`)} value={typed?.subject ?? ""} options={subjects} problems={problems} />
      <div class={wrong ? "field is-wrong" : "field"}>
        <label for={statement}>{t(`rights.statement.${kind}`)}</label>
        <ErrorLine field={statement} message={wrong} />
        <textarea id={statement} name="statement" rows={4} maxlength={1000} aria-invalid={wrong ? "true" : undefined} aria-describedby={wrong && `${statement}-wrong`}>
          {typed?.statement}
        </textarea>
      </div>
      <p class="hint">{t("rights.clock", { days: CLOCK_DAYS[kind] })}</p>
    </>
  );
}

function Asked({ locale, request }: { locale: Locale; request: RequestView }) {
  const t = translator(locale);
  const { reference, kind, subject, state, dueAt, decidedAt, reasons, completeAt } = request;
  const rows: [string, Child][] = [[t("fact.reference"), <bdi dir="ltr">{reference}</bdi>], [t("rights.state"), t(`rights.state.${state}`)]];
  if (subject !== null) rows.splice(1, 0, [t("rights.about"), t(`rights.subject.${subject}`)]);
  if (decidedAt === null) rows.push([t("rights.due"), formatDate(locale, dueAt)]);
  if (reasons.length > 0) rows.push([t("rights.reasons"), <>{reasons.map((reason) => <p>{t(`rights.reason.${reason}`)}</p>)}</>]);
  if (kind === "erasure" && state === "answered" && reasons.length > 0) rows.push([t("rights.rest"), t("rights.rest-erased")]);
  if (completeAt !== null) rows.push([t("rights.complete"), formatDate(locale, completeAt)]);
  return (
    <div class="group">
      <h3>{t(`rights.kind.${kind}`)}</h3>
      <Facts rows={rows} />
    </div>
  );
}
