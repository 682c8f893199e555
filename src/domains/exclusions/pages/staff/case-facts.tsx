import type { Child } from "hono/jsx";
import { formatDate, formatInstant, type Translate, translator } from "../../../../i18n/index.ts";
import type { Locale } from "../../../../i18n/locales.ts";
import { Facts } from "../../../../pages/fields.tsx";
import { type Case, type CaseStep, type Decided, type Ground, isThirdParty } from "../../cases/model.ts";
import type { PartyLook } from "../../cases/staff-cases-rpc.ts";
import { Code } from "./words.tsx";

type Row = [name: string, value: Child];

/** A row for what there is. */
const row = <Value,>(name: string, value: Value | null, shown: (value: Value) => Child): Row[] => (value === null ? [] : [[name, shown(value)]]);

const groundsIn = (t: Translate, grounds: readonly Ground[]): Child =>
  <ul class="plain">{grounds.map((ground) => <li>{t(`casework.ground-${ground}`)}</li>)}</ul>;

/** What the case is about, by references alone. */
export function CaseFacts({ locale, one }: { locale: Locale; one: Case }) {
  const t = translator(locale);
  return (
    <section class="card">
      <h2>{t("casework.what")}</h2>
      <Facts rows={[...about(t, locale, one), ...times(t, locale, one)]} />
      {one.erasedAt !== null && <p class="note">{t("casework.erased")}</p>}
    </section>
  );
}

function about(t: Translate, locale: Locale, one: Case): Row[] {
  const { kind, grounds, voices, exclusionReference, askedUntil, operator, happenedOn, checks, verdict } = one;
  const third: Row[] = isThirdParty(kind) ? [[t("casework.grounds"), groundsIn(t, grounds)], [t("casework.voices"), String(voices)]] : [];
  return [
    ...third,
    ...row(t("casework.exclusion"), exclusionReference, (reference) => <a href={`/staff/exclusions/${reference}`}><Code>{reference}</Code></a>),
    ...row(t("casework.asked-until"), askedUntil, (at) => formatDate(locale, at)),
    ...row(t("casework.operator"), operator, (id) => <Code>{id}</Code>),
    ...row(t("casework.happened"), happenedOn, (day) => formatDate(locale, Date.parse(day))),
    ...row(t("casework.checks"), checks.length > 0 ? checks : null, (ids) => <ul class="plain">{ids.map((id) => <li><Code>{id}</Code></li>)}</ul>),
    ...row(t("casework.verdict"), verdict, (said) => t(`casework.verdict-${said}`)),
  ];
}

function times(t: Translate, locale: Locale, one: Case): Row[] {
  const at = (instant: number) => formatInstant(locale, instant);
  return [
    [t("casework.received"), at(one.receivedAt)],
    ...row(t("casework.due-at"), one.closedAt === null ? one.dueAt : null, at),
    ...row(t("casework.hearing-until"), one.hearingUntil, at),
    ...row(t("casework.measure-until"), one.measureUntil, at),
    ...row(t("casework.decision"), one.decision, (decision) => t(`casework.act-${decision}`)),
    ...row(t("casework.appeal-until"), one.appealUntil, at),
    ...row(t("casework.closed-at"), one.closedAt, at),
  ];
}

export function Parties({ locale, parties }: { locale: Locale; parties: readonly PartyLook[] }) {
  const t = translator(locale);
  const rows = parties.map(({ reference, role, grounds, filedAt, withdrawnAt }): Row => [
    <Code>{reference}</Code> as never,
    <>
      {t(`casework.role-${role}`)}
      {grounds.length > 0 && groundsIn(t, grounds)}
      <small>{withdrawnAt === null ? formatInstant(locale, filedAt) : t("casework.withdrew", { date: formatInstant(locale, withdrawnAt) })}</small>
    </>,
  ]);
  return <section class="card"><h2>{t("casework.parties")}</h2><Facts rows={rows} /></section>;
}

/** Each step, oldest first, with who took it and why. */
export function Steps({ locale, reference, steps }: { locale: Locale; reference: string; steps: readonly CaseStep[] }) {
  const t = translator(locale);
  return (
    <section class="card">
      <h2>{t("casework.timeline")}</h2>
      <p class="hint"><bdi>{t("casework.audited", { resource: `case/${reference}` })}</bdi></p>
      <ol class="plain">
        {steps.map(({ event, at, by, act, reason }) => (
          <li>
            <article class="group">
              <h3>{t(`casework.event-${event}`)}{act && <>: {t(`casework.act-${act}`)}</>}</h3>
              {reason !== null && <p><bdi dir="auto">{reason}</bdi></p>}
              <p class="hint">{formatInstant(locale, at)} · <Code>{by}</Code></p>
            </article>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What was decided by whom, and whether the register did it. */
export function Decisions({ locale, decisions }: { locale: Locale; decisions: readonly Decided[] }) {
  const t = translator(locale);
  if (decisions.length === 0) return null;
  return (
    <section class="card">
      <h2>{t("casework.decisions")}</h2>
      {decisions.map((decided) => <article class="group"><h3>{t(`casework.act-${decided.act}`)}</h3><Facts rows={decidedRows(t, locale, decided)} /></article>)}
    </section>
  );
}

function decidedRows(t: Translate, locale: Locale, { until, proposedBy, secondedBy, reason, secondReason, decidedAt, carriedOutAt, refusal }: Decided): Row[] {
  const done = carriedOutAt === null ? t("casework.not-yet") : t("casework.carried-out", { date: formatInstant(locale, carriedOutAt) });
  const said = (text: string | null): Child => text !== null && <small><bdi dir="auto">{text}</bdi></small>;
  return [
    [t("casework.proposed-by"), <><Code>{proposedBy}</Code>{said(reason)}</>],
    [t("casework.seconded-by"), secondedBy === null ? t("casework.alone") : <><Code>{secondedBy}</Code>{said(secondReason)}</>],
    ...row(t("casework.until-day"), until, (at) => formatInstant(locale, at)),
    [t("casework.event-decided"), <>{formatInstant(locale, decidedAt)}<small>{refusal === null ? done : <bdi>{t("casework.undone", { refusal })}</bdi>}</small></>],
  ];
}
