import { type Translate, translator } from "../../../../i18n/index.ts";
import type { Locale } from "../../../../i18n/locales.ts";
import { ErrorSummary, type FieldProblem, SelectField, TextField } from "../../../../pages/fields.tsx";
import { Layout } from "../../../../pages/layout.tsx";
import { StaffNav } from "../../../../pages/staff.tsx";
import type { Current, DeskMay, ExclusionLine } from "../../desk/model.ts";
import type { LineFilter } from "../../desk/rpc.ts";
import { EXCLUSION_STATES, ORIGINS } from "../../model.ts";
import { POLICY_CODES } from "../../policies.ts";
import { AsOf, Lines } from "./lines.tsx";
import { policyWords } from "./words.tsx";

interface ListPageProps extends Current {
  locale: Locale;
  lines: readonly ExclusionLine[];
  /** The next page's place; null after the last. */
  next: string | null;
  filter: LineFilter;
  may: DeskMay;
  /** As typed. */
  reference: string;
  problems: readonly FieldProblem[];
}

const HOME = "/staff/exclusions";

/** The ways to find an exclusion, and a list of them. */
export function ListPage({ locale, lines, next, asOf, filter, may, reference, problems }: ListPageProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.desk" languages={{ address: HOME }} wrong={problems.length > 0}>
      <h1>{t("desk.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t("desk.lead")}</p>
      <form method="post" action={HOME} novalidate>
        <TextField
          name="reference" label={t("desk.reference")} hint={t("desk.reference-hint")} value={reference} problems={problems}
          autocomplete="off" required maxlength={64}
        />
        <button class="button">{t("desk.find")}</button>
      </form>
      {may.search && <a class="button quiet" href={`${HOME}/search`}>{t("desk.by-identifier")}</a>}
      <Narrow locale={locale} filter={filter} />
      <section class="card">
        <h2>{t("desk.list")}</h2>
        <AsOf locale={locale} asOf={asOf} />
        {lines.length === 0 ? <p>{t("desk.empty")}</p> : <Lines locale={locale} lines={lines} />}
        {next && <a class="button quiet" href={`${HOME}?${new URLSearchParams({ ...chosen(filter), after: next })}`}>{t("desk.older")}</a>}
      </section>
      <StaffNav locale={locale} here="exclusions" />
    </Layout>
  );
}

/** What of a filter says anything, as an address has it. */
const chosen = (filter: LineFilter): Record<string, string> => Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ""));

const options = <Value extends string>(t: Translate, values: readonly Value[], words: (value: Value) => string) =>
  [["", t("desk.any")] as const, ...values.map((value) => [value, words(value)] as const)];

function Narrow({ locale, filter }: { locale: Locale; filter: LineFilter }) {
  const t = translator(locale);
  if (filter.personId !== "") return <p class="note">{t("desk.of-person")} <a href={HOME}>{t("desk.all")}</a></p>;
  return (
    <details class="card" open={Object.keys(chosen(filter)).length > 0}>
      <summary><h2>{t("desk.filter")}</h2></summary>
      <form method="get" action={HOME}>
        <SelectField name="state" label={t("desk.state")} value={filter.state} problems={[]} options={options(t, EXCLUSION_STATES, (state) => t(`desk.state-${state}`))} />
        <SelectField name="policy" label={t("desk.policy")} value={filter.policy} problems={[]} options={options(t, [...POLICY_CODES, "custom"] as const, (policy) => policyWords(t, policy))} />
        <SelectField name="origin" label={t("desk.origin")} value={filter.origin} problems={[]} options={options(t, ORIGINS, (origin) => t(`desk.origin-${origin}`))} />
        <button class="button quiet">{t("desk.apply")}</button>
      </form>
    </details>
  );
}
