import { formatDate, type Translate, translator } from "../../../../i18n/index.ts";
import type { Locale } from "../../../../i18n/locales.ts";
import type { Instant } from "../../../../kernel/clock.ts";
import { ErrorSummary, type FieldProblem, SelectField, TextField } from "../../../../pages/fields.tsx";
import { Layout } from "../../../../pages/layout.tsx";
import { StaffNav } from "../../../../pages/staff.tsx";
import { type Case, CASE_KINDS, CASE_STATES } from "../../cases/model.ts";
import { CaseLink } from "./case-links.tsx";

/** Which cases a page is asked for, as its address says it; empty is any. */
export interface QueueChoice {
  which: string;
  kind: string;
  state: string;
}

/** What an officer looks for in the morning. */
const WHICH = ["overdue", "others", "mine"] as const;

interface QueuePageProps {
  locale: Locale;
  cases: readonly Case[];
  next: string | null;
  choice: QueueChoice;
  now: Instant;
  /** As typed. */
  reference: string;
  problems: readonly FieldProblem[];
}

const HOME = "/staff/cases";

/** The cases, the most urgent first. */
export function QueuePage({ locale, cases, next, choice, now, reference, problems }: QueuePageProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.cases" languages={{ address: HOME }} wrong={problems.length > 0}>
      <h1>{t("casework.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t("casework.lead")}</p>
      <Choose locale={locale} choice={choice} />
      <section class="card">
        {cases.length === 0 && <p>{t("casework.none")}</p>}
        <ul class="plain">{cases.map((one) => <li><CaseLine locale={locale} one={one} now={now} /></li>)}</ul>
        {next && <a class="button quiet" href={`${HOME}?${new URLSearchParams({ ...chosen(choice), after: next })}`}>{t("casework.next")}</a>}
      </section>
      <form method="post" action={HOME} novalidate>
        <TextField
          name="reference" label={t("casework.reference")} hint={t("casework.reference-hint")} value={reference} problems={problems} autocomplete="off" required maxlength={64}
        />
        <button class="button quiet">{t("casework.find")}</button>
      </form>
      <a class="button quiet" href={`${HOME}/new`}>{t("casework.file")}</a>
      <StaffNav locale={locale} here="cases" />
    </Layout>
  );
}

const chosen = (choice: QueueChoice): Record<string, string> => Object.fromEntries(Object.entries(choice).filter(([, value]) => value !== ""));

const options = <Value extends string>(t: Translate, values: readonly Value[], words: (value: Value) => string) =>
  [["", t("casework.any")] as const, ...values.map((value) => [value, words(value)] as const)];

/** The three questions of every day a touch away, and the rest folded. */
function Choose({ locale, choice }: { locale: Locale; choice: QueueChoice }) {
  const t = translator(locale);
  const isNarrow = choice.kind !== "" || choice.state !== "";
  return (
    <>
      <nav class="rooms" aria-label={t("casework.which")}>
        <ul>
          {(["", ...WHICH] as const).map((which) => {
            const words = t(which === "" ? "casework.all" : `casework.${which}`);
            return <li>{which === choice.which && !isNarrow ? <span aria-current="page">{words}</span> : <a href={which === "" ? HOME : `${HOME}?which=${which}`}>{words}</a>}</li>;
          })}
        </ul>
      </nav>
      <details class="card" open={isNarrow}>
        <summary><h2>{t("desk.filter")}</h2></summary>
        <form method="get" action={HOME}>
          <SelectField
            name="which" label={t("casework.which")} value={choice.which} problems={[]}
            options={[["", t("casework.all")], ...WHICH.map((which) => [which, t(`casework.${which}`)] as const)]}
          />
          <SelectField name="kind" label={t("casework.kind")} value={choice.kind} problems={[]} options={options(t, CASE_KINDS, (kind) => t(`casework.kind-${kind}`))} />
          <SelectField name="state" label={t("casework.state")} value={choice.state} problems={[]} options={options(t, CASE_STATES, (state) => t(`casework.state-${state}`))} />
          <button class="button quiet">{t("casework.apply")}</button>
        </form>
      </details>
    </>
  );
}

function CaseLine({ locale, one: { reference, kind, state, dueAt, proposal, closedAt }, now }: { locale: Locale; one: Case; now: Instant }) {
  const t = translator(locale);
  const due = dueAt < now ? t("casework.was-due", { date: formatDate(locale, dueAt) }) : t("casework.due", { date: formatDate(locale, dueAt) });
  return (
    <article class="group">
      <p class="lines"><CaseLink reference={reference} /></p>
      <p>{t(`casework.kind-${kind}`)} · {t(`casework.state-${state}`)}</p>
      {closedAt === null && <p class={dueAt < now ? "wrong" : "hint"}>{due}</p>}
      {proposal && <p class="hint">{t("casework.waits")}</p>}
    </article>
  );
}
