import type { Child } from "hono/jsx";
import { formatDate, formatInstant, type Translate, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { ErrorSummary, Facts, type FieldProblem } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import { StaffNav } from "../../../pages/staff.tsx";
import type { AccountLook, May, ShownProfile } from "../people/model.ts";
import { LockPart, ShowPart, VerifyPart } from "./person-forms.tsx";

interface PersonPageProps {
  locale: Locale;
  account: AccountLook;
  may: May;
  formId: string;
  /** What was typed into a field before the page is shown again. */
  typed: (name: string) => string;
  problems: readonly FieldProblem[];
}

/** One account: who it is only to be recognised, how it stands, and what can be done about it. */
export function PersonPage({ locale, account, may, formId, typed, problems }: PersonPageProps) {
  const t = translator(locale);
  const part = { locale, account, typed, problems };
  return (
    <Layout locale={locale} tab="tab.people" languages={{ address: `/staff/users/${account.id}` }} wrong={problems.length > 0}>
      <h1>{t("people.account")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <section class="card">
        <h2>{t("people.holder")}</h2>
        <Facts rows={holderFacts(locale, account)} />
      </section>
      <section class="card">
        <h2>{t("people.standing")}</h2>
        <Facts rows={standingFacts(locale, account)} />
      </section>
      <SignIns locale={locale} account={account} />
      {may.lock && <LockPart {...part} />}
      {may.verify && <VerifyPart {...part} formId={formId} />}
      {may.identify && <ShowPart {...part} />}
      <a class="button quiet" href="/staff/users">{t("people.again")}</a>
      <StaffNav locale={locale} here={null} />
    </Layout>
  );
}

const said = (t: Translate, text: string | null): Child => (text === null ? t("people.none") : <bdi dir="auto">{text}</bdi>);

function holderFacts(locale: Locale, account: AccountLook): [string, Child][] {
  const t = translator(locale);
  const { id, name, phone, email, phoneProvenAt, verification, isErased } = account;
  const proof = phoneProvenAt === null ? t("people.phone-unproven") : t("people.phone-proven", { date: formatDate(locale, phoneProvenAt) });
  const verified = verification && t("people.verified-on", { document: t(`kind.${verification.method}`), date: formatDate(locale, verification.at) });
  return [
    [t("people.name"), isErased ? t("people.erased") : said(t, name)],
    [t("people.phone"), <>{phone ? <bdi dir="ltr">{phone}</bdi> : t("people.none")}{phone && <small>{proof}</small>}</>],
    [t("people.email"), said(t, email)],
    [t("people.identity"), verification ? <>{verified}<small>{t(`people.because-${verification.reason}`)}</small></> : t("people.unverified-so-far")],
    [t("people.number"), <bdi dir="ltr">{id}</bdi>],
  ];
}

function standingFacts(locale: Locale, { state, lock, lockedUntil, deletedAt, createdAt, roles, factors }: AccountLook): [string, Child][] {
  const t = translator(locale);
  const tries: [string, Child][] = lockedUntil === null ? [] : [[t("people.tries"), t("people.tries-until", { date: formatInstant(locale, lockedUntil) })]];
  const held = (["password", "totp", "passkey"] as const).filter((factor) => factors[factor]);
  const since = lock && <small>{t("people.locked-since", { date: formatInstant(locale, lock.at) })} {t(`people.lock-${lock.reason}`)}</small>;
  return [
    [t("people.state"), deletedAt === null ? <>{t(`people.state-${state}`)}{since}</> : t("people.deleted-on", { date: formatDate(locale, deletedAt) })],
    ...tries,
    [t("people.roles"), listed(t, roles.map(({ role, operator }) => <>{t(`account.role.${role}`)} {operator && <bdi dir="ltr">{operator}</bdi>}</>))],
    [t("people.factors"), listed(t, held.map((factor) => t(`people.factor-${factor}`)))],
    [t("people.since"), formatDate(locale, createdAt)],
  ];
}

const listed = (t: Translate, lines: readonly Child[]): Child =>
  lines.length === 0 ? t("people.none") : <ul class="plain">{lines.map((line) => <li>{line}</li>)}</ul>;

function SignIns({ locale, account: { signIns } }: { locale: Locale; account: AccountLook }) {
  const t = translator(locale);
  const rows = signIns.map(({ at, method, outcome }) =>
    [formatInstant(locale, at), <>{t(`history.${outcome}`)}<small>{t(`history.by.${method}`)}</small></>] as const);
  return (
    <section class="card">
      <h2>{t("people.sign-ins")}</h2>
      {rows.length === 0 ? <p>{t("people.no-sign-ins")}</p> : <Facts rows={rows} />}
    </section>
  );
}

interface ProfilePageProps {
  locale: Locale;
  userId: string;
  profile: ShownProfile;
}

/** Who somebody is, for once: the page is not kept, and its way back leads to what is masked. */
export function ProfilePage({ locale, userId, profile: { name, phone, email, dateOfBirth } }: ProfilePageProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.people" languages={{ address: `/staff/users/${userId}` }}>
      <h1>{t("people.shown")}</h1>
      <p class="note">{t("people.recorded")}</p>
      <section class="card">
        <Facts
          rows={[
            [t("people.name"), said(t, name)],
            [t("people.phone"), phone === null ? t("people.none") : <bdi dir="ltr">{phone}</bdi>],
            [t("people.email"), said(t, email)],
            [t("people.birth"), dateOfBirth === null ? t("people.none") : formatDate(locale, Date.parse(dateOfBirth))],
          ]}
        />
      </section>
      <a class="button" href={`/staff/users/${userId}`}>{t("people.back")}</a>
    </Layout>
  );
}
