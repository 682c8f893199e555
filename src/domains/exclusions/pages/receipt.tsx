import { formatEnd, formatInstant, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { Facts } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import { QrCode } from "../../../pages/qr-code.tsx";
import type { HistoryStep, Receipt } from "../model.ts";
import { isInForce } from "../rules.ts";
import { EndingCard } from "./ending-card.tsx";
import { Extend } from "./extend.tsx";
import { facts } from "./facts.tsx";
import type { CitizenForm } from "./form.ts";
import { Help, type HelpLine } from "./help.tsx";
import { StopLink } from "./stop-link.tsx";

interface ReceiptPageProps {
  locale: Locale;
  receipt: Receipt;
  history: readonly HistoryStep[];
  now: Instant;
  /** A fresh form, and an id for another. */
  form: CitizenForm;
  keepId: string;
  /** Where this site is, for what is printed. */
  origin: string;
  helpLines: readonly HelpLine[];
}

/** The receipt: made to be kept, printed and shown; and a short one to be made longer at once. */
export function ReceiptPage({ locale, receipt, history, now, form, keepId, origin, helpLines }: ReceiptPageProps) {
  const t = translator(locale);
  const { state, reference, endMode } = receipt;
  const canGrow = receipt.origin === "self" && isInForce(state) && endMode === "automatic";
  return (
    <Layout locale={locale} tab="tab.receipt" languages={{ address: `/my/receipts/${reference}` }}>
      <article class="card receipt">
        <Top locale={locale} receipt={receipt} />
        <div class="body">
          <Facts rows={[[t("fact.reference"), <bdi dir="ltr" class="reference">{reference}</bdi>], ...facts(locale, receipt)]} />
        </div>
      </article>
      {canGrow && <Extend locale={locale} form={form} problems={[]} own={receipt} now={now} />}
      <EndingCard locale={locale} receipt={receipt} now={now} formId={keepId} />
      {isInForce(state) ? <Meaning locale={locale} receipt={receipt} /> : <StopLink locale={locale} />}
      <History locale={locale} history={history} />
      {receipt.origin === "self" && <Proof locale={locale} reference={reference} />}
      <Again locale={locale} receipt={receipt} origin={origin} />
      <div class="screen"><Help locale={locale} lines={helpLines} /></div>
      <div class="actions pair">
        <a class="button quiet" href="/my">{t("home.see")}</a>
        <a class="button quiet" href="/">{t("nav.home")}</a>
      </div>
    </Layout>
  );
}

/** What it is now, in words: each state has its own, and none but those in force says that one is excluded. */
function Top({ locale, receipt: { state } }: { locale: Locale; receipt: Receipt }) {
  const t = translator(locale);
  const heading = state === "ended" || state === "annulled" || state === "dismissed" ? (`receipt.heading-${state}` as const) : "receipt.heading";
  return (
    <div class={isInForce(state) ? "top" : "top over"}>
      <h1>{t(heading)}</h1>
      <p>{t(`receipt.lead-${state}`)}</p>
    </div>
  );
}

function Meaning({ locale, receipt: { state, origin, endsAt, endMode } }: { locale: Locale; receipt: Receipt }) {
  const t = translator(locale);
  const ownEnd = endsAt === null ? "receipt.no-end" : (`receipt.${endMode}` as const);
  return (
    <section class="card">
      <h2>{t("meaning.heading")}</h2>
      <ul class="ticks">
        {state !== "provisional" && <li>{t(origin === "self" ? ownEnd : "receipt.imposed")}</li>}
        <li>{t("meaning.no-bets")}</li>
        {origin === "self" && <li>{t("meaning.no-undo")}</li>}
        <li>{t("meaning.money")}</li>
        <li>{t("receipt.company")}</li>
      </ul>
    </section>
  );
}

function History({ locale, history }: { locale: Locale; history: readonly HistoryStep[] }) {
  const t = translator(locale);
  const words = ({ event, endsAt }: HistoryStep) =>
    event === "lengthened" ? t("past.lengthened", { until: formatEnd(locale, endsAt) }) : t(`past.${event}`);
  return (
    <section class="card">
      <h2>{t("past.heading")}</h2>
      <ol class="plain">
        {history.map((step) => <li><time class="when" datetime={new Date(step.at).toISOString()}>{formatInstant(locale, step.at)}</time> {words(step)}</li>)}
      </ol>
    </section>
  );
}

/** Leads to it only: the log is not asked before somebody wants it, and this page needs none. */
function Proof({ locale, reference }: { locale: Locale; reference: string }) {
  const t = translator(locale);
  return (
    <section class="card screen">
      <h2>{t("tab.proof")}</h2>
      <p>{t("proof.text")}</p>
      <p class="lines"><a href={`/my/receipts/${reference}/proof`}>{t("proof.open")}</a></p>
    </section>
  );
}

/** The picture leads here, where a code to the phone is asked for: whoever finds the paper learns nothing by it. */
function Again({ locale, receipt: { reference, state }, origin }: { locale: Locale; receipt: Receipt; origin: string }) {
  const t = translator(locale);
  return (
    <section class="card again">
      <h2>{t("receipt.again")}</h2>
      <QrCode text={`${origin}/my/receipts/${reference}`} label={t("receipt.picture")} side={148} />
      <p>{t("receipt.scan")}</p>
      {isInForce(state) && <p class="screen">{t("receipt.keep")}</p>}
      <p>{t("receipt.how-again")}</p>
    </section>
  );
}
