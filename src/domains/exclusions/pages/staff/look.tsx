import type { Child } from "hono/jsx";
import { formatDate, formatEnd, formatInstant, translator } from "../../../../i18n/index.ts";
import type { Locale } from "../../../../i18n/locales.ts";
import type { Instant } from "../../../../kernel/clock.ts";
import { Facts } from "../../../../pages/fields.tsx";
import { Layout } from "../../../../pages/layout.tsx";
import { StaffNav } from "../../../../pages/staff.tsx";
import type { Current, ExclusionLook } from "../../desk/model.ts";
import { isInForce } from "../../rules.ts";
import { CaseLink, CasesAbout } from "./case-links.tsx";
import { AsOf } from "./lines.tsx";
import { Timeline } from "./timeline.tsx";
import { Code, DoorWords, policyWords } from "./words.tsx";

interface LookPageProps extends Current {
  locale: Locale;
  exclusion: ExclusionLook;
  /** How it came to operators; absent for whom that is not. */
  children?: Child;
}

/** One exclusion: what it is, what it holds for by kind, and what happened. Nothing on this page changes anything. */
export function LookPage({ locale, exclusion, asOf, children }: LookPageProps) {
  const t = translator(locale);
  const { reference, state, personId } = exclusion;
  return (
    <Layout locale={locale} tab="tab.desk" languages={{ address: `/staff/exclusions/${reference}` }}>
      <h1>{t("desk.one")}</h1>
      <p class="reference"><Code>{reference}</Code></p>
      <p><span class={isInForce(state) ? "tag" : "hint"}>{t(`desk.state-${state}`)}</span></p>
      <section class="card">
        <h2>{t("desk.what")}</h2>
        <Facts rows={facts(locale, exclusion)} />
        <AsOf locale={locale} asOf={asOf} />
      </section>
      <Identifiers locale={locale} identifiers={exclusion.identifiers} />
      <CasesAbout locale={locale} exclusion={exclusion} />
      {children}
      <Timeline locale={locale} changes={exclusion.changes} />
      <div class="actions pair">
        <a class="button quiet" href={`/staff/exclusions?personId=${personId}`}>{t("desk.same-person")}</a>
        <a class="button quiet" href="/staff/exclusions">{t("desk.back")}</a>
      </div>
      <StaffNav locale={locale} here={null} />
    </Layout>
  );
}

type Row = [name: string, value: Child];

function facts(locale: Locale, exclusion: ExclusionLook): Row[] {
  const t = translator(locale);
  const { origin, caseReference, policy, policyVersion, endMode, channel, startedAt, endsAt, renewals } = exclusion;
  return [
    [t("desk.origin"), t(`desk.origin-${origin}`)],
    ...(caseReference === null ? [] : [[t("desk.case"), <CaseLink reference={caseReference} />] as Row]),
    [t("desk.policy"), <>{policyWords(t, policy)}<small>{t("desk.policy-version", { version: policyVersion })}</small></>],
    [t("desk.since"), formatInstant(locale, startedAt)],
    [t("desk.until"), formatEnd(locale, endsAt)],
    ...(endsAt === null && endMode === "automatic" ? [] : [[t("desk.end-mode"), t(`desk.end-${endMode}`)] as Row]),
    ...dates(locale, exclusion),
    ...(renewals === 0 ? [] : [[t("desk.renewals"), String(renewals)] as Row]),
    [t("desk.door"), <DoorWords t={t} channel={channel} />],
  ];
}

/** What has a time of its own, as far as there is one. */
function dates(locale: Locale, exclusion: ExclusionLook): Row[] {
  const t = translator(locale);
  const all: [string, Instant | null][] = [
    [t("desk.review"), exclusion.reviewAt],
    [t("desk.review-granted"), exclusion.reviewGrantedAt],
    [t("desk.endable"), exclusion.endableFrom],
    [t("desk.measure-until"), exclusion.measureUntil],
    [t("desk.annuls"), exclusion.annulsAt],
    [t("desk.ended"), exclusion.endedAt],
  ];
  return all.flatMap(([name, at]): Row[] => (at === null ? [] : [[name, formatInstant(locale, at)]]));
}

function Identifiers({ locale, identifiers }: { locale: Locale; identifiers: ExclusionLook["identifiers"] }) {
  const t = translator(locale);
  const rows = identifiers.map(({ kind, evidence, standing, provisionalUntil, addedAt }): Row => {
    const stands = standing === "provisional" ? t("desk.standing-provisional", { date: formatEnd(locale, provisionalUntil) }) : t(`desk.standing-${standing}`);
    return [t(`kind.${kind}`), <>{stands}<small>{t(`desk.evidence-${evidence}`)} · {t("desk.added", { date: formatDate(locale, addedAt) })}</small></>];
  });
  return (
    <section class="card">
      <h2>{t("desk.identifiers")}</h2>
      <p class="hint">{t("desk.identifiers-hint")}</p>
      <Facts rows={rows} />
    </section>
  );
}
