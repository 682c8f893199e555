import type { Child } from "hono/jsx";
import { formatDate, formatInstant, type Translate, translator } from "../../../../i18n/index.ts";
import type { Locale } from "../../../../i18n/locales.ts";
import { isKind } from "../../../../bst/kinds.ts";
import { Facts } from "../../../../pages/fields.tsx";
import { Layout } from "../../../../pages/layout.tsx";
import { StaffNav } from "../../../../pages/staff.tsx";
import type { OpenedCase, OpenedPerson } from "../../cases/staff-cases-rpc.ts";
import { Code } from "./words.tsx";

interface OpenedPageProps {
  locale: Locale;
  reference: string;
  opened: OpenedCase;
}

type Row = [name: string, value: Child];

/** Who it is and what they said, for once: the page is not kept, and its way back leads to what names nobody. */
export function OpenedPage({ locale, reference, opened: { parties, evidence } }: OpenedPageProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.cases" languages={{ address: `/staff/cases/${reference}` }}>
      <h1>{t("casework.opened")}</h1>
      <p class="note">{t("casework.recorded")}</p>
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

function Party({ locale, party }: { locale: Locale; party: OpenedCase["parties"][number] }) {
  const t = translator(locale);
  const { role, dateOfBirth, relation, about, statements } = party;
  const rows: Row[] = [
    ...personRows(t, party),
    ...(dateOfBirth === null ? [] : [[t("casework.birth"), formatDate(locale, Date.parse(dateOfBirth))] as Row]),
    ...(relation === null ? [] : [[t("casework.relation"), t(`casework.relation-${relation}`)] as Row]),
  ];
  return (
    <section class="card">
      <h2>{t(`casework.role-${role}`)}</h2>
      <Facts rows={rows} />
      {about && <div class="group"><h3>{t("casework.about")}</h3><Facts rows={personRows(t, about)} /></div>}
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

function personRows(t: Translate, { phone, name, document }: OpenedPerson): Row[] {
  const kind = document && isKind(document.kind) ? t(`kind.${document.kind}`) : t("casework.document");
  return [
    [t("casework.name"), name === null ? t("casework.not-said") : <bdi dir="auto">{name}</bdi>],
    [t("casework.phone"), phone === null ? t("casework.not-said") : <Code>{phone}</Code>],
    ...(document ? [[kind, <Code>{document.number}</Code>] as Row] : []),
  ];
}
