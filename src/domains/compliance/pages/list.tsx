import { AUDIT_SOURCES, OUTCOMES } from "../../../audit/entry.ts";
import { type Translate, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { ErrorSummary, type FieldProblem, SelectField, TextField } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import { StaffNav } from "../../../pages/staff.tsx";
import type { AuditSearch, ShownEntry } from "../desk/rpc.ts";
import { RULES } from "../suspicion/model.ts";
import { Entry, HOME } from "./entry.tsx";

interface AuditPageProps {
  locale: Locale;
  /** As asked. */
  search: AuditSearch;
  /** Null where it could not be searched. */
  found: { entries: readonly ShownEntry[]; next: string | null; may: { note: boolean } } | null;
  /** What a field of a form holds, as typed. */
  typed: (name: string) => string;
  problems: readonly FieldProblem[];
}

/** The search, and what was found. */
export function AuditPage({ locale, search, found, typed, problems }: AuditPageProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.desk" languages={{ address: HOME }} wrong={problems.length > 0}>
      <h1>{t("audit.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t("audit.lead")}</p>
      <SearchForm locale={locale} search={search} problems={problems} />
      {found && (
        <section class="card">
          <h2>{t("audit.found")}</h2>
          {found.entries.length === 0 && <p>{t("audit.empty")}</p>}
          <ul class="plain">
            {found.entries.map((entry) => <li><Entry locale={locale} entry={entry} mayNote={found.may.note} typed={typed} problems={problems} /></li>)}
          </ul>
          {found.next && <a class="button quiet" href={`${HOME}?${new URLSearchParams({ ...chosen(search), after: found.next })}`}>{t("audit.older")}</a>}
        </section>
      )}
      <StaffNav locale={locale} here="audit" />
    </Layout>
  );
}

/** What of a search says anything, as an address has it. */
const chosen = (search: AuditSearch): Record<string, string> => Object.fromEntries(Object.entries(search).filter(([, value]) => value !== ""));

const options = <Value extends string>(t: Translate, values: readonly Value[], words: (value: Value) => string) =>
  [["", t("audit.any")] as const, ...values.map((value) => [value, words(value)] as const)];

const MARKS = ["any", "open", ...RULES] as const;

function SearchForm({ locale, search, problems }: Pick<AuditPageProps, "locale" | "search" | "problems">) {
  const t = translator(locale);
  const mark = (value: (typeof MARKS)[number]): string => (value === "any" || value === "open" ? t(`audit.flag-${value}`) : t(`rule.${value}`));
  const typedIn = { autocomplete: "off", maxlength: 200, problems } as const;
  return (
    <details class="card" open={problems.length > 0 || Object.keys(chosen(search)).length > 0}>
      <summary><h2>{t("audit.search")}</h2></summary>
      <form method="get" action={HOME} novalidate>
        <SelectField name="flag" label={t("audit.flag")} value={search.flag} problems={problems} options={options(t, MARKS, mark)} />
        <SelectField name="source" label={t("audit.source")} value={search.source} problems={problems} options={options(t, AUDIT_SOURCES, (one) => t(`audit.source-${one}`))} />
        <SelectField name="outcome" label={t("audit.outcome")} value={search.outcome} problems={problems} options={options(t, OUTCOMES, (one) => t(`audit.outcome-${one}`))} />
        <TextField name="action" label={t("audit.action")} hint={t("audit.action-hint")} value={search.action} {...typedIn} />
        <TextField name="actor" label={t("audit.actor")} hint={t("audit.actor-hint")} value={search.actor} {...typedIn} />
        <TextField name="resource" label={t("audit.resource")} hint={t("audit.resource-hint")} value={search.resource} {...typedIn} />
        <TextField name="from" label={t("audit.from")} value={search.from} type="date" {...typedIn} />
        <TextField name="to" label={t("audit.to")} value={search.to} type="date" {...typedIn} />
        <button class="button">{t("audit.search")}</button>
      </form>
    </details>
  );
}
