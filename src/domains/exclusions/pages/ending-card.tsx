import { formatDate, formatInstant, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Receipt } from "../model.ts";

interface EndingProps {
  locale: Locale;
  receipt: Receipt;
  now: Instant;
  /** Names the act of keeping it, so that it happens once. */
  formId: string;
}

/** Where one's own exclusion stands on the way to its end: not yet, to be asked for, or waiting. One that ends by itself has no such way. */
export function EndingCard({ locale, receipt, now, formId }: EndingProps) {
  const { state, origin, endMode, askableFrom } = receipt;
  const t = translator(locale);
  if (origin !== "self" || endMode !== "confirmed") return null;
  if (state === "ending") return <Waiting locale={locale} receipt={receipt} now={now} formId={formId} />;
  if (state !== "active") return null;
  const canAsk = askableFrom !== null && askableFrom <= now;
  const whenNot = askableFrom === null ? t("ending.after-review") : t("ending.not-yet", { from: formatDate(locale, askableFrom) });
  return (
    <section class="card screen">
      <h2>{t("ending.heading")}</h2>
      <p>{canAsk ? t("ending.can-ask") : whenNot}</p>
      {canAsk && <a class="button quiet" href={`/my/end/${receipt.reference}`}>{t("ending.begin")}</a>}
    </section>
  );
}

/** It was asked for: from when it can be confirmed and until when; keeping it is one tap. */
function Waiting({ locale, receipt, now, formId }: EndingProps) {
  const t = translator(locale);
  const from = receipt.endableFrom ?? now;
  const until = formatInstant(locale, receipt.endingLapsesAt ?? now);
  const isOpen = from <= now;
  return (
    <section class="card calm screen">
      <h2>{t("ending.waiting")}</h2>
      <p>{isOpen ? t("ending.open-text", { until }) : t("ending.waiting-text", { from: formatInstant(locale, from), until })}</p>
      <Keep locale={locale} reference={receipt.reference} formId={formId} />
      {isOpen && <a class="button quiet" href={`/my/end/${receipt.reference}`}>{t("ending.go-on")}</a>}
    </section>
  );
}

/** One tap, and nothing is lost. */
export const Keep = ({ locale, reference, formId }: { locale: Locale; reference: string; formId: string }) => (
  <form method="post" action={`/my/end/${reference}/keep`}>
    <input type="hidden" name="formId" value={formId} />
    <button class="button">{translator(locale)("ending.keep")}</button>
  </form>
);
