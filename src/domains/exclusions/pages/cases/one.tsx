import type { Child } from "hono/jsx";
import { formatDate, formatInstant, translator } from "../../../../i18n/index.ts";
import type { Locale } from "../../../../i18n/locales.ts";
import type { Instant } from "../../../../kernel/clock.ts";
import { ErrorSummary, Facts, type FieldProblem } from "../../../../pages/fields.tsx";
import { Layout } from "../../../../pages/layout.tsx";
import type { CaseView } from "../../cases/cases-rpc.ts";
import { ACTS, ActForm, EvidenceForm, type Said, WithdrawForm } from "./act-forms.tsx";
import { Tag, titleOf } from "./list.tsx";

/** What just happened, as the address says it. */
export const DONE = ["filed", "joined", "done", "file-added"] as const;

interface CasePageProps {
  locale: Locale;
  one: CaseView;
  problems: readonly FieldProblem[];
  done: (typeof DONE)[number] | null;
  /** A fresh id for each form, so that it is carried out once. */
  newId: () => string;
  /** What was typed, when it has to be looked at again. */
  said: Said | null;
  /** What the company of a complaint is called. */
  operators: Readonly<Record<string, string>>;
}

/** A case as one of its parties sees it, and what they can do now. */
export function CasePage({ locale, one, problems, done, newId, said, operators }: CasePageProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.requests" languages={{ address: `/my/cases/${one.reference}` }} wrong={problems.length > 0}>
      <h1>{titleOf(locale, one)}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      {done && problems.length === 0 && <p class="note" role="status">{t(`cases.${done}`)}</p>}
      <section class="card">
        <p><Tag locale={locale} one={one} /></p>
        <Facts rows={factsOf(locale, one, operators)} />
        {one.kind === "disputed-document" && one.decision === "granted" && <p>{t("cases.document-free")}</p>}
      </section>
      {ACTS.filter((act) => one.may[act]).map((act) => <ActForm locale={locale} one={one} act={act} formId={newId()} problems={problems} said={said} />)}
      {one.may.addEvidence && <EvidenceForm locale={locale} one={one} formId={newId()} problems={problems} />}
      {one.may.withdraw && <WithdrawForm locale={locale} one={one} formId={newId()} />}
      <div class="actions"><a class="button quiet" href="/my/cases">{t("cases.back")}</a></div>
    </Layout>
  );
}

/** What is known of it, in the order in which somebody asks; what is not is left out. */
function factsOf(locale: Locale, one: CaseView, operators: Readonly<Record<string, string>>): [string, Child][] {
  const t = translator(locale);
  const day = (at: Instant | null) => at && formatDate(locale, at);
  const moment = (at: Instant | null) => at && formatInstant(locale, at);
  const grounds = one.grounds.map((ground) => <p>{t(`cases.ground.${ground}`)}</p>);
  const rows: [string, Child | null][] = [
    [t("fact.reference"), <bdi dir="ltr">{one.reference}</bdi>],
    [t(one.role === "subject" ? "cases.told-at" : "cases.filed-at"), day(one.filedAt)],
    [t("cases.exclusion"), one.exclusionReference && <bdi dir="ltr">{one.exclusionReference}</bdi>],
    [t("cases.asked-until"), day(one.askedUntil)],
    [t("cases.company"), one.operator && <bdi>{operators[one.operator] ?? one.operator}</bdi>],
    [t("cases.why"), grounds.length === 0 ? null : <>{grounds}</>],
    [t("cases.notice"), one.notice && <bdi class="said">{one.notice}</bdi>],
    [t("cases.hearing-until"), one.may.answer ? moment(one.hearingUntil) : null],
    [t("cases.measure-until"), one.decision === null ? moment(one.measureUntil) : null],
    [t("cases.due"), day(one.dueAt)],
    [t("cases.decision"), one.decision && t(`cases.decision.${one.decision}`)],
    [t("cases.decided-at"), day(one.decidedAt)],
    [t("cases.reason"), one.reason && <bdi class="said">{one.reason}</bdi>],
    [t("cases.appeal-until"), one.may.appeal || one.may.object ? moment(one.appealUntil) : null],
    [t("cases.files"), one.files === 0 ? null : one.files],
  ];
  return rows.filter((row): row is [string, Child] => row[1] !== null);
}
