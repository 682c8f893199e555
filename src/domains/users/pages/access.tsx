import { formatDate, formatInstant, type MessageKey, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { nairobiDay } from "../../../kernel/periods.ts";
import { Facts } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import type { Role } from "../../authentication/capabilities.ts";
import type { AccessList } from "../citizen-rpc.ts";
import { byOperatorAndDay, type DayOfChecks } from "./group.ts";

const DAYS_A_PAGE = 25;
const READS_SHOWN = 20;

interface AccessPageProps {
  locale: Locale;
  list: AccessList;
  /** From 1. */
  page: number;
}

/** Who looked for the person: companies that asked, and staff who read who they are. */
export function AccessPage({ locale, list, page }: AccessPageProps) {
  const t = translator(locale);
  const days = byOperatorAndDay(list.checks);
  const shown = days.slice((page - 1) * DAYS_A_PAGE, page * DAYS_A_PAGE);
  return (
    <Layout locale={locale} tab="tab.access" languages={{ address: "/my/access" }}>
      <h1>{t("access.heading")}</h1>
      <p class="lead">{t(days.length === 0 ? "access.none" : "access.lead")}</p>
      {shown.map((day) => <Day locale={locale} day={day} name={list.operators[day.operator] ?? day.operator} />)}
      {days.length > page * DAYS_A_PAGE && <a class="button quiet" href={`/my/access?page=${page + 1}`}>{t("access.older")}</a>}
      <section class="card">
        <h2>{t("access.staff")}</h2>
        {list.reads.length === 0 ? <p>{t("access.staff-none")}</p> : <Reads locale={locale} reads={list.reads} />}
      </section>
      <p class="hint">{t("access.own-page")}</p>
      <a class="button quiet" href="/my/data">{t("data.heading")}</a>
    </Layout>
  );
}

/** So many answers go along with a complaint's link: it stays short, and shows what happened. */
const ANSWERS_LINKED = 5;

/** Leads to a complaint that has in it what is known here. */
function complaintAt({ operator, day, answerIds }: DayOfChecks): string {
  const checks = answerIds.slice(0, ANSWERS_LINKED).join(" ");
  return `/my/cases/new/complaint?${new URLSearchParams({ operator, happenedOn: nairobiDay(day).date, checks })}`;
}

function Day({ locale, day, name }: { locale: Locale; day: DayOfChecks; name: string }) {
  const t = translator(locale);
  return (
    <article class="card">
      <h2><bdi>{name}</bdi></h2>
      <p class="hint">{formatDate(locale, day.day)}</p>
      <ul class="plain">
        {day.purposes.map(({ purpose, spans }) => <li>{t(`purpose.${purpose}`)}: <bdi dir="ltr">{spans.join(", ")}</bdi></li>)}
      </ul>
      <p class="lines"><a href={complaintAt(day)}>{t("cases.complain")}</a></p>
    </article>
  );
}

/** The regulator's own, and whoever else may. */
const staffOf = (role: Role): MessageKey & `staff.${string}` => (role.startsWith("grak_") ? "staff.regulator" : "staff.register");

function Reads({ locale, reads }: { locale: Locale; reads: AccessList["reads"] }) {
  const t = translator(locale);
  const rows = reads.slice(0, READS_SHOWN).map(({ at, role, reason, what }) =>
    [formatInstant(locale, at), <><bdi>{reason}</bdi>{what === "token" && <small>{t("held.read")}</small>}<small>{t(staffOf(role))}</small></>] as const);
  return <Facts rows={rows} />;
}
