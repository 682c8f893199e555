import type { Child } from "hono/jsx";
import { formatDate, formatInstant, type Translate, translator } from "../../../../i18n/index.ts";
import type { Locale } from "../../../../i18n/locales.ts";
import { isKind } from "../../../../bst/kinds.ts";
import { Facts } from "../../../../pages/fields.tsx";
import { Layout } from "../../../../pages/layout.tsx";
import { StaffNav } from "../../../../pages/staff.tsx";
import type { OpenedCase } from "../../cases/staff-cases-rpc.ts";
import { Code } from "./words.tsx";

interface OpenedPageProps {
  locale: Locale;
  reference: string;
  opened: OpenedCase;
}

type Row = [name: string, value: Child];

const said = (t: Translate, text: string | null): Child => (text === null ? t("casework.not-said") : <bdi dir="auto">{text}</bdi>);
const number = (t: Translate, text: string | null): Child => (text === null ? t("casework.not-said") : <Code>{text}</Code>);

/** Who it is and what they said, for once: the page is not kept, and its way back leads to what names nobody. */
export function OpenedPage({ locale, reference, opened: { subject, parties, evidence } }: OpenedPageProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.cases" languages={{ address: `/staff/cases/${reference}` }}>
      <h1>{t("casework.opened")}</h1>
      <p class="note">{t("casework.recorded")}</p>
      {subject && <section class="card"><h2>{t("casework.about")}</h2><Facts rows={subjectRows(t, locale, subject)} /></section>}
      {parties.map((party) => <Party locale={locale} party={party} />)}
      {evidence.length > 0 && (
        <section class="card">
          <h2>{t("casework.evidence")}</h2>
          <ul class="plain">{evidence.map(({ name }) => <li><bdi dir="auto">{name}</bdi></li>)}</ul>
        </section>
      )}
      <a class="button" href={`/staff/cases/${reference}`}>{t("casework.back")}</a>
      <StaffNav locale={locale} here={null} />
    </Layout>
  );
}

function subjectRows(t: Translate, locale: Locale, { phone, name, document, dateOfBirth }: NonNullable<OpenedCase["subject"]>): Row[] {
  const kind = document && isKind(document.kind) ? t(`kind.${document.kind}`) : t("casework.document");
  return [
    [t("casework.name"), said(t, name)],
    [t("casework.phone"), number(t, phone)],
    ...(document ? [[kind, number(t, document.number)] as Row] : []),
    ...(dateOfBirth === null ? [] : [[t("casework.birth"), formatDate(locale, Date.parse(dateOfBirth))] as Row]),
  ];
}

function Party({ locale, party: { role, phone, name, relation, statements } }: { locale: Locale; party: OpenedCase["parties"][number] }) {
  const t = translator(locale);
  const rows: Row[] = [
    [t("casework.name"), said(t, name)],
    [t("casework.phone"), number(t, phone)],
    ...(relation === null ? [] : [[t("casework.relation"), t(`casework.relation-${relation}`)] as Row]),
  ];
  return (
    <section class="card">
      <h2>{t(`casework.role-${role}`)}</h2>
      <Facts rows={rows} />
      {statements.map(({ kind, at, text }) => (
        <article class="group">
          <h3>{t(`casework.said-${kind}`)}</h3>
          <p class="hint">{formatInstant(locale, at)}</p>
          <p class="said" dir="auto">{text}</p>
        </article>
      ))}
    </section>
  );
}
