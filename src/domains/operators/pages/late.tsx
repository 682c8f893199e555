import { formatInstant, type Translate, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Facts, SelectField } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import { StaffNav } from "../../../pages/staff.tsx";
import { LATENESS_KINDS } from "../acknowledgements/model.ts";
import { LAPSE_STATES } from "../propagation/model.ts";
import type { LapseFilterText, LapseLine } from "../propagation/rpc.ts";

interface LatePageProps {
  locale: Locale;
  lines: readonly LapseLine[];
  /** The next page's place; null after the last. */
  next: string | null;
  filter: LapseFilterText;
}

const HOME = "/staff/propagation";

/** What of a filter says anything, as an address has it. */
const chosen = (filter: LapseFilterText): Record<string, string> => Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ""));

/** What operators are late with, the longest late first. */
export function LatePage({ locale, lines, next, filter }: LatePageProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.desk" languages={{ address: HOME }}>
      <h1>{t("propagation.heading")}</h1>
      <p class="lead">{t("propagation.lead")}</p>
      <Narrow t={t} filter={filter} />
      <section class="card">
        <h2>{t("propagation.list")}</h2>
        {lines.length === 0 ? <p>{t("propagation.empty")}</p> : <ul class="plain">{lines.map((line) => <li><Line locale={locale} line={line} /></li>)}</ul>}
        {next && <a class="button quiet" href={`${HOME}?${new URLSearchParams({ ...chosen(filter), after: next })}`}>{t("propagation.more")}</a>}
      </section>
      <StaffNav locale={locale} here="propagation" />
    </Layout>
  );
}

function Narrow({ t, filter }: { t: Translate; filter: LapseFilterText }) {
  if (filter.operator !== "") return <p class="note">{t("propagation.of-operator")} <a href={HOME}>{t("propagation.all")}</a></p>;
  return (
    <details class="card" open={Object.keys(chosen(filter)).length > 0}>
      <summary><h2>{t("propagation.filter")}</h2></summary>
      <form method="get" action={HOME}>
        <SelectField name="state" label={t("propagation.state")} value={filter.state} problems={[]} options={LAPSE_STATES.map((state) => [state, t(`propagation.state-${state}`)] as const)} />
        <SelectField
          name="kind" label={t("propagation.kind")} value={filter.kind} problems={[]}
          options={[["", t("propagation.any")] as const, ...LATENESS_KINDS.map((kind) => [kind, t(`propagation.${kind}`)] as const)]}
        />
        <button class="button quiet">{t("propagation.apply")}</button>
      </form>
    </details>
  );
}

function Line({ locale, line: { operator, name, kind, since, count, most, seenAt, caughtUpAt } }: { locale: Locale; line: LapseLine }) {
  const t = translator(locale);
  const rows: [string, string][] = [
    [t("propagation.since"), formatInstant(locale, since)],
    ...(caughtUpAt === null
      ? [[t("propagation.count"), String(count)], [t("propagation.seen"), formatInstant(locale, seenAt)]] as [string, string][]
      : [[t("propagation.most"), String(most)], [t("propagation.caught-up"), formatInstant(locale, caughtUpAt)]] as [string, string][]),
  ];
  return (
    <article class="group">
      <h3>{t(`propagation.${kind}`)}</h3>
      <p class="lines"><a href={`${HOME}?operator=${operator}`}><bdi>{name ?? operator}</bdi></a></p>
      <Facts rows={rows} />
    </article>
  );
}
