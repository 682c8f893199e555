import { formatDate, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { Carried, ErrorSummary, Facts, type FieldProblem, StepForm } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import type { Receipt } from "../model.ts";
import { isInForce } from "../rules.ts";
import { PhoneField } from "./details.tsx";
import { EndingCard } from "./ending-card.tsx";
import { choices, Extend } from "./extend.tsx";
import { facts, State } from "./facts.tsx";
import { carry, type CitizenForm } from "./form.ts";
import { StopLink } from "./stop-link.tsx";

interface FormPageProps {
  locale: Locale;
  form: CitizenForm;
  problems: readonly FieldProblem[];
}

/** The door to one's own pages: a phone that one holds. */
export function PhonePage({ locale, form, problems }: FormPageProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.mine" languages={{ repost: "/my" }} wrong={problems.length > 0}>
      <h1>{t("mine.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t("mine.lead")}</p>
      <StepForm action="/my/code">
        <Carried values={carry(form, "phone", "sentTo", "code")} />
        <PhoneField locale={locale} phone={form.phone} problems={problems} />
        <div class="actions">
          <button class="button">{t("details.send")}</button>
          <a class="button quiet" href="/number">{t("number.heading")}</a>
        </div>
      </StepForm>
      <StopLink locale={locale} />
    </Layout>
  );
}

interface OverviewPageProps extends FormPageProps {
  phone: string;
  /** Newest first. */
  receipts: readonly Receipt[];
  now: Instant;
  /** Names the act of keeping what is to end. */
  keepId: string;
}

/** The rooms beside it, and whether one who was never excluded has anything there. */
const ROOMS = [
  { href: "/my/data", words: "data.open", ofEverybody: false },
  { href: "/my/cases", words: "cases.heading", ofEverybody: true },
  { href: "/my/requests", words: "rights.heading", ofEverybody: true },
  { href: "/number", words: "number.heading", ofEverybody: false },
] as const;

/** What is in force, one's own before what others asked for; how to lengthen and to end it; and each receipt. */
export function OverviewPage({ locale, form, problems, phone, receipts, now, keepId }: OverviewPageProps) {
  const t = translator(locale);
  const inForce = receipts.filter(({ state }) => isInForce(state));
  const own = inForce.find(({ origin }) => origin === "self");
  const imposed = inForce.filter((receipt) => receipt !== own);
  const languages = own && choices(own, now).length > 0 ? { repost: "/my" } : { address: "/my" };
  return (
    <Layout locale={locale} tab="tab.mine" languages={languages} wrong={problems.length > 0}>
      <h1>{t("mine.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p><bdi dir="ltr">{phone}</bdi></p>
      {inForce.length === 0 && <NothingInForce locale={locale} />}
      {own && <InForce locale={locale} receipt={own} />}
      {own && <EndingCard locale={locale} receipt={own} now={now} formId={keepId} />}
      {imposed.map((receipt) => <InForce locale={locale} receipt={receipt} />)}
      {own && <Extend locale={locale} form={form} problems={problems} own={own} now={now} />}
      {receipts.length > 0 && <Receipts locale={locale} receipts={receipts} />}
      <div class="actions">
        {ROOMS.filter(({ ofEverybody }) => ofEverybody || receipts.length > 0).map(({ href, words }) => <a class="button quiet" href={href}>{t(words)}</a>)}
      </div>
    </Layout>
  );
}

function InForce({ locale, receipt }: { locale: Locale; receipt: Receipt }) {
  return (
    <section class="card">
      <p><State locale={locale} state={receipt.state} /></p>
      <Facts rows={facts(locale, receipt)} />
      {receipt.origin !== "self" && <p>{translator(locale)(receipt.state === "provisional" ? "receipt.lead-provisional" : "receipt.imposed")}</p>}
    </section>
  );
}

function NothingInForce({ locale }: { locale: Locale }) {
  const t = translator(locale);
  return (
    <>
      <p class="lead">{t("mine.none")}</p>
      <div class="actions"><a class="button" href="/exclude">{t("home.start")}</a></div>
      <StopLink locale={locale} />
    </>
  );
}

function Receipts({ locale, receipts }: { locale: Locale; receipts: readonly Receipt[] }) {
  const t = translator(locale);
  return (
    <section class="card">
      <h2>{t("mine.receipts")}</h2>
      <ul class="plain lines">
        {receipts.map(({ reference, state, startedAt, endedAt }) => (
          <li>
            <a href={`/my/receipts/${reference}`}><bdi dir="ltr">{reference}</bdi></a>
            <span class="when">{t(`state.${state}`)}: {formatDate(locale, startedAt)}{endedAt !== null && ` – ${formatDate(locale, endedAt)}`}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
