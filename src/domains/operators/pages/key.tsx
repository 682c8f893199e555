import type { Child } from "hono/jsx";
import { formatDate, formatInstant, formatNumber, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { PURPOSES } from "../../../check/question.ts";
import { Carried, ErrorSummary, Facts, type FieldProblem, SelectField } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import { OperatorNav, operatorPage } from "../../../pages/operator.tsx";
import { Part } from "../../../pages/part.tsx";
import type { KeyDay } from "../../analytics/model.ts";
import { type KeySeen, OVERLAPS } from "../desk/model.ts";
import type { HandedOut } from "../rpc.ts";
import { KeyState, overlapWords, PublicId, usedWords } from "./key-facts.tsx";

interface KeyPageProps {
  locale: Locale;
  asked: string | null;
  known: KeySeen;
  days: readonly KeyDay[];
  may: { change: boolean };
  now: number;
  formId: string;
  problems: readonly FieldProblem[];
}

/** One key: what it may do, what it asked, and how it ends. */
export function KeyPage({ locale, asked, known, days, may, now, formId, problems }: KeyPageProps) {
  const t = translator(locale);
  const holds = known.state === "active" && (known.expiresAt === null || now < known.expiresAt);
  const address = operatorPage(`/keys/${known.id}`, asked);
  return (
    <Layout locale={locale} tab="tab.keys" languages={{ address }} wrong={problems.length > 0}>
      <h1>{known.name === null ? t("keys.one") : <bdi>{known.name}</bdi>}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p><KeyState locale={locale} of={known} now={now} /></p>
      <section class="card"><Facts rows={factsOf(locale, known)} /></section>
      <Usage locale={locale} days={days} />
      {may.change && holds && <Turn locale={locale} asked={asked} known={known} formId={formId} problems={problems} />}
      {may.change && known.state === "active" && (
        <Part heading={t("keys.revoke")} hint={t("keys.revoke-hint")} action={operatorPage(`/keys/${known.id}/revoke`, asked)} submit={t("keys.revoke")} />
      )}
      <a class="button quiet" href={operatorPage("/keys", asked)}>{t("keys.back")}</a>
      <OperatorNav locale={locale} here={null} operator={asked} />
    </Layout>
  );
}

function factsOf(locale: Locale, known: KeySeen): [string, Child][] {
  const t = translator(locale);
  const { scopes, networks, perSecond, perDay, issuedAt, mode } = known;
  return [
    [t("keys.public-id"), <PublicId of={known} />],
    [t("keys.mode"), t(`keys.mode-${mode}`)],
    [t("keys.scopes"), scopes.map((scope) => t(`keys.scope-${scope}`)).join(", ")],
    [t("keys.networks"), networks.length === 0 ? t("keys.anywhere") : <span dir="ltr">{networks.join(", ")}</span>],
    [t("keys.limits"), t("keys.limits-are", { second: formatNumber(locale, perSecond), day: formatNumber(locale, perDay) })],
    [t("keys.issued"), formatInstant(locale, issuedAt)],
    [t("keys.last"), usedWords(locale, known)],
  ];
}

const excludedOn = ({ purposes }: KeyDay): number => PURPOSES.reduce((sum, purpose) => sum + (purposes[purpose].found ?? 0), 0);

/** Days on which something is known; the purposes are for the API. */
function Usage({ locale, days }: { locale: Locale; days: readonly KeyDay[] }) {
  const t = translator(locale);
  const known = days.filter(({ checks }) => checks !== null);
  return (
    <section class="card">
      <h2>{t("keys.usage")}</h2>
      {known.length === 0 ? <p>{t("keys.no-usage")}</p> : (
        <table class="figures">
          <thead><tr><th>{t("keys.day")}</th><th>{t("keys.checks")}</th><th>{t("keys.excluded")}</th></tr></thead>
          <tbody>
            {known.map((day) => (
              <tr>
                <th>{formatDate(locale, day.from)}</th>
                {[day.checks!, excludedOn(day)].map((count) => <td>{formatNumber(locale, count)}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p class="hint">{t("keys.usage-hint")}</p>
    </section>
  );
}

function Turn({ locale, asked, known, formId, problems }: Pick<KeyPageProps, "locale" | "asked" | "known" | "formId" | "problems">) {
  const t = translator(locale);
  return (
    <Part heading={t("keys.rotate")} hint={t("keys.rotate-hint")} action={operatorPage(`/keys/${known.id}/rotate`, asked)} submit={t("keys.rotate")}>
      <Carried values={{ formId }} />
      <SelectField name="overlapHours" label={t("keys.overlap")} value="24" problems={problems} options={OVERLAPS.map((hours) => [String(hours), overlapWords(t, hours)] as const)} />
    </Part>
  );
}

/** A key's text, the one time it is shown. */
export function HandedOutPage({ locale, asked, handedOut: { keyId, publicId, key } }: { locale: Locale; asked: string | null; handedOut: HandedOut }) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.keys" languages={{ address: operatorPage("/keys", asked) }}>
      <h1>{t("keys.made")}</h1>
      <p class="lead">{t("keys.once")}</p>
      <section class="card calm">
        <h2>{t("keys.secret")}</h2>
        <p><code dir="ltr">{key}</code></p>
        <p class="hint">{t("keys.secret-hint")}</p>
      </section>
      <section class="card"><Facts rows={[[t("keys.public-id"), <code dir="ltr">{publicId}</code>]]} /></section>
      <div class="actions pair">
        <a class="button" href={operatorPage("/keys", asked)}>{t("keys.kept")}</a>
        <a class="button quiet" href={operatorPage(`/keys/${keyId}`, asked)}>{t("keys.look")}</a>
      </div>
      <OperatorNav locale={locale} here={null} operator={asked} />
    </Layout>
  );
}
