import type { Child } from "hono/jsx";
import { formatInstant, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Facts } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import type { Receipt } from "../model.ts";
import { Help, type HelpLine } from "./help.tsx";

interface ReceiptPageProps {
  locale: Locale;
  receipt: Receipt;
  helpLines: readonly HelpLine[];
}

/** The receipt: made to be kept, printed and shown. */
export function ReceiptPage({ locale, receipt, helpLines }: ReceiptPageProps) {
  const t = translator(locale);
  const inForce = receipt.state === "active";
  return (
    <Layout locale={locale} tab="tab.receipt" languages={{ address: `/my/receipts/${receipt.reference}` }}>
      <article class="card receipt">
        <div class={inForce ? "top" : "top over"}>
          <h1>{t(inForce ? "receipt.heading" : "receipt.heading-ended")}</h1>
          {inForce && <p>{t("receipt.lead")}</p>}
        </div>
        <div class="body">
          <Facts rows={[[t("fact.reference"), <Reference receipt={receipt} />], ...facts(locale, receipt)]} />
        </div>
      </article>
      {inForce && <Meaning locale={locale} receipt={receipt} />}
      <section class="card">
        <h2>{t("receipt.again")}</h2>
        {inForce && <p>{t("receipt.keep")}</p>}
        <p>{t("receipt.how-again")}</p>
      </section>
      <Help locale={locale} lines={helpLines} />
      <div class="actions pair">
        <a class="button quiet" href="/my">{t("home.see")}</a>
        <a class="button quiet" href="/">{t("nav.home")}</a>
      </div>
    </Layout>
  );
}

const Reference = ({ receipt }: { receipt: Receipt }) => <bdi dir="ltr" class="reference">{receipt.reference}</bdi>;

function Meaning({ locale, receipt }: { locale: Locale; receipt: Receipt }) {
  const t = translator(locale);
  const end = receipt.endsAt === null ? "receipt.no-end" : `receipt.${receipt.endMode}` as const;
  return (
    <section class="card">
      <h2>{t("meaning.heading")}</h2>
      <ul class="ticks">
        <li>{t(end)}</li>
        <li>{t("meaning.no-bets")}</li>
        <li>{t("meaning.no-undo")}</li>
        <li>{t("meaning.money")}</li>
        <li>{t("receipt.company")}</li>
      </ul>
    </section>
  );
}

/** Since when, until when and for what: everything on a receipt but its reference. */
export function facts(locale: Locale, receipt: Receipt): [string, Child][] {
  const t = translator(locale);
  const { startedAt, endsAt, endedAt, reviewAt, endMode } = receipt;
  const until = t(endMode === "confirmed" && endsAt !== null ? "fact.at-least" : "fact.until");
  const rows: [string, Child][] = [
    [t("fact.since"), formatInstant(locale, startedAt)],
    [until, endsAt === null ? t("receipt.no-end") : formatInstant(locale, endsAt)],
  ];
  if (endedAt !== null) rows.push([t("fact.ended"), formatInstant(locale, endedAt)]);
  if (endedAt === null && reviewAt !== null) rows.push([t("fact.review"), formatInstant(locale, reviewAt)]);
  rows.push([t("fact.covers"), <Covered locale={locale} receipt={receipt} />]);
  return rows;
}

/** Kinds only. One that was typed and not yet confirmed says honestly how long it counts. */
function Covered({ locale, receipt }: { locale: Locale; receipt: Receipt }) {
  const t = translator(locale);
  return (
    <ul class="plain">
      {receipt.identifiers.map(({ kind, provisionalUntil: until }) => (
        <li>
          {t(`kind.${kind}`)}
          {until !== null && <small>{t("fact.provisional", { until: formatInstant(locale, until) })}</small>}
        </li>
      ))}
    </ul>
  );
}
