import { formatInstant, formatMilliseconds, formatMonth, formatNumber, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { COUNTIES, isCounty } from "../../../kernel/reference/counties.ts";
import { Layout } from "../../../pages/layout.tsx";
import { type PageContext, page } from "../../../pages/page.ts";
import type { Origin } from "../model.ts";
import type { PolicyCode } from "../policies.ts";
import type { Cell, Published, PublishedHour, PublishedMonth, ValueCell } from "../statistics/publish.ts";
import type { StatisticsRpc } from "../statistics/rpc.ts";
import { MonthsChart } from "./months-chart.tsx";

/** What the page of the figures needs from outside. */
export interface StatisticsPortal {
  statistics: StatisticsRpc;
}

/** The register in figures, open to everybody. */
export const statisticsPage = ({ statistics }: StatisticsPortal) => async (c: PageContext): Promise<Response> =>
  page(c, <StatisticsPage locale={c.var.locale} figures={await statistics.published()} />);

function StatisticsPage({ locale, figures }: { locale: Locale; figures: Published }) {
  const t = translator(locale);
  const { asOf, months, propagation } = figures;
  const newest = months.findLast(({ begun }) => begun.status !== "no-data");
  return (
    <Layout locale={locale} tab="tab.statistics" languages={{ address: "/statistics" }}>
      <h1>{t("statistics.heading")}</h1>
      <p class="lead">{t("statistics.lead")}</p>
      <p>{asOf === null ? t("statistics.not-yet") : t("statistics.as-of", { at: formatInstant(locale, asOf) })}</p>
      <Months locale={locale} months={months} />
      {newest && <Newest locale={locale} month={newest} />}
      <section class="card">
        <h2>{t("statistics.method")}</h2>
        <p>{t("statistics.method-text")}</p>
        <p class="lines"><a href="/v1/statistics/exclusions">{t("statistics.machine")}</a></p>
      </section>
      <Propagation locale={locale} hours={propagation} />
    </Layout>
  );
}

function Months({ locale, months }: { locale: Locale; months: readonly PublishedMonth[] }) {
  const t = translator(locale);
  return (
    <section class="card">
      <h2>{t("statistics.months")}</h2>
      <p class="hint">{t("statistics.months-text")}</p>
      <MonthsChart months={months} />
      <table class="figures">
        <thead>
          <tr><th scope="col">{t("statistics.month")}</th><th scope="col">{t("statistics.begun")}</th><th scope="col">{t("statistics.in-force")}</th></tr>
        </thead>
        <tbody>
          {months.map(({ month, begun, inForce }) => (
            <tr><th scope="row">{formatMonth(locale, month)}</th><td>{cellText(locale, begun)}</td><td>{cellText(locale, inForce)}</td></tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const cellText = (locale: Locale, cell: Cell): string =>
  cell.status === "published" ? formatNumber(locale, cell.count) : translator(locale)(`statistics.${cell.status}`);

/** The newest month that was counted, told apart in three ways. */
function Newest({ locale, month }: { locale: Locale; month: PublishedMonth }) {
  const t = translator(locale);
  const name = formatMonth(locale, month.month);
  const county = (code: string): string => (isCounty(code) ? COUNTIES[code] : code);
  return (
    <>
      <Breakdown locale={locale} title={t("statistics.policy", { month: name })} about={t("statistics.policy-text")} cells={month.byPolicy} nameOf={(code) => policyName(locale, code as PolicyCode)} />
      <Breakdown locale={locale} title={t("statistics.origin", { month: name })} about={t("statistics.origin-text")} cells={month.byOrigin} nameOf={(origin) => t(`statistics.origin-${origin as Origin}`)} />
      <Breakdown locale={locale} title={t("statistics.county", { month: name })} about={t("statistics.county-text")} cells={month.byCounty} nameOf={county} />
    </>
  );
}

const policyName = (locale: Locale, code: PolicyCode): string =>
  code === "custom" ? translator(locale)("statistics.custom") : translator(locale)(`period.${code}`);

interface BreakdownProps {
  locale: Locale;
  title: string;
  about: string;
  cells: readonly ValueCell[];
  nameOf: (value: string) => string;
}

function Breakdown({ locale, title, about, cells, nameOf }: BreakdownProps) {
  const t = translator(locale);
  const shown = cells.filter(({ status }) => status === "published");
  return (
    <section class="card">
      <h2>{title}</h2>
      <p class="hint">{about}</p>
      {shown.length === 0 ? <p>{t("statistics.none-shown")}</p> : (
        <table class="figures">
          <thead><tr><th scope="col">{t("statistics.value")}</th><th scope="col">{t("statistics.begun")}</th></tr></thead>
          <tbody>
            {shown.map(({ value, ...cell }) => <tr><th scope="row">{value === null ? t("statistics.county-unsaid") : nameOf(value)}</th><td>{cellText(locale, cell)}</td></tr>)}
          </tbody>
        </table>
      )}
      {shown.length > 0 && shown.length < cells.length && <p>{t("statistics.others", { count: cells.length - shown.length })}</p>}
    </section>
  );
}

function Propagation({ locale, hours }: { locale: Locale; hours: readonly PublishedHour[] }) {
  const t = translator(locale);
  const told = (ms: number | null): string => (ms === null ? t("statistics.no-data") : formatMilliseconds(locale, ms));
  return (
    <details class="card">
      <summary><h2>{t("statistics.speed")}</h2></summary>
      <p class="hint">{t("statistics.speed-text")}</p>
      <table class="figures">
        <thead>
          <tr><th scope="col">{t("statistics.hour")}</th><th scope="col">{t("statistics.samples")}</th><th scope="col">{t("statistics.p95")}</th><th scope="col">{t("statistics.worst")}</th></tr>
        </thead>
        <tbody>
          {hours.map(({ hour, samples, p95Ms, worstMs }) => (
            <tr>
              <th scope="row">{formatInstant(locale, hour)}</th><td>{formatNumber(locale, samples)}</td><td><bdi>{told(p95Ms)}</bdi></td><td><bdi>{told(worstMs)}</bdi></td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
