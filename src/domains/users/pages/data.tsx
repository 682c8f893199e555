import type { Child } from "hono/jsx";
import { formatDate, translator } from "../../../i18n/index.ts";
import { LOCALES, type Locale } from "../../../i18n/locales.ts";
import { COUNTIES } from "../../../kernel/reference/counties.ts";
import { Facts } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import { type Details, type EmergencyContact, NO_DETAILS, type Overview, type ShownIdentifier } from "../vault/model.ts";

interface DataPageProps {
  locale: Locale;
  overview: Overview;
}

/** What the register keeps about the person, and where they change it. */
export function DataPage({ locale, overview }: DataPageProps) {
  const t = translator(locale);
  const { details, contact, identifiers, unread } = overview;
  return (
    <Layout locale={locale} tab="tab.data" languages={{ address: "/my/data" }}>
      <h1>{t("data.heading")}</h1>
      <p class="lead">{t("data.lead")}</p>
      <div class="actions">
        <a class="button quiet" href="/my/inbox">{t("inbox.heading")} ({t("data.unread", { unread })})</a>
        <a class="button quiet" href="/my/access">{t("access.heading")}</a>
        <a class="button quiet" href="/my/held">{t("held.heading")}</a>
        <a class="button quiet" href="/my/activity">{t("activity.heading")}</a>
      </div>
      <section class="card">
        <h2>{t("details.heading-mine")}</h2>
        <Facts rows={detailsFacts(locale, details.value ?? NO_DETAILS, overview.locale)} />
        <Changed locale={locale} at={details.changedAt} />
        <a class="button quiet" href="/my/details">{t("data.change")}</a>
      </section>
      <section class="card">
        <h2>{t("contact.heading")}</h2>
        {contact.value ? <Facts rows={contactFacts(locale, contact.value)} /> : <p>{t("data.not-said")}</p>}
        <Changed locale={locale} at={contact.changedAt} />
        <a class="button quiet" href="/my/contact">{t("data.change")}</a>
      </section>
      <section class="card">
        <h2>{t("data.identifiers")}</h2>
        <Facts rows={identifiers.map((identifier) => identifierFact(locale, identifier))} />
        <p class="hint">{t("data.never-shed")}</p>
      </section>
      <Consents locale={locale} overview={overview} />
      <form method="post" action="/my/leave"><button class="button quiet">{t("data.leave")}</button></form>
    </Layout>
  );
}

function Changed({ locale, at }: { locale: Locale; at: number | null }) {
  return at === null ? null : <p class="hint">{translator(locale)("data.changed", { date: formatDate(locale, at) })}</p>;
}

/** The details in words; what was not said says so. */
export function detailsFacts(locale: Locale, details: Details, language: Locale): [string, Child][] {
  const t = translator(locale);
  const said = (text: string | null) => (text === null ? t("data.not-said") : <bdi>{text}</bdi>);
  const { name, preferredName, dateOfBirth, county, quietNights } = details;
  return [
    [t("details.name"), said(name)],
    [t("details.preferred"), said(preferredName)],
    [t("details.birth"), said(dateOfBirth && formatDate(locale, Date.parse(dateOfBirth)))],
    [t("details.county"), said(county && COUNTIES[county])],
    [t("details.language"), LOCALES[language].name],
    [t("details.nights"), t(quietNights ? "details.quiet" : "details.any-time")],
  ];
}

export const contactFacts = (locale: Locale, { name, phone }: EmergencyContact): [string, Child][] => {
  const t = translator(locale);
  return [[t("contact.name"), <bdi>{name}</bdi>], [t("contact.phone"), <bdi dir="ltr">{phone}</bdi>]];
};

function identifierFact(locale: Locale, { kind, masked, standing, history }: ShownIdentifier): [string, Child] {
  const t = translator(locale);
  const proof = history.find(({ evidence }) => evidence === "code");
  const shown = proof ?? history.findLast(({ evidence }) => evidence === "registry") ?? history.at(-1);
  const key = standing === "firm" && !proof ? "verified" : standing;
  const date = shown ? formatDate(locale, shown.at) : "";
  const until = shown?.provisionalUntil ? formatDate(locale, shown.provisionalUntil) : "";
  return [
    t(`kind.${kind}`),
    <>
      <bdi dir="ltr">{masked}</bdi>
      {shown && <small>{t(`identifier.${key}`, { date, until })}</small>}
    </>,
  ];
}

function Consents({ locale, overview: { consents } }: DataPageProps) {
  if (consents.length === 0) return null;
  const t = translator(locale);
  return (
    <section class="card">
      <h2>{t("data.consents")}</h2>
      <ul class="plain">
        {consents.slice(0, 20).map(({ text, version, locale: language, at }) => (
          <li>{t(`consent.${text}`, { version, language: LOCALES[language].name, date: formatDate(locale, at) })}</li>
        ))}
      </ul>
    </section>
  );
}
