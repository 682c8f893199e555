import { formatInstant, formatMilliseconds, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import type { Delivery } from "../feed/endpoints/model.ts";
import { outcomeWords } from "./webhook-facts.tsx";

interface WebhookLogProps {
  locale: Locale;
  /** The webhook's page. */
  address: string;
  deliveries: readonly Delivery[];
  /** Before which attempt the next page begins. */
  older: number | null;
}

/** What was sent to a webhook, and what became of it. */
export function WebhookLog({ locale, address, deliveries, older }: WebhookLogProps) {
  const t = translator(locale);
  return (
    <section class="card" id="log">
      <h2>{t("webhooks.log")}</h2>
      <p class="hint">{t("webhooks.log-hint")}</p>
      {deliveries.length === 0 ? <p>{t("webhooks.log-none")}</p> : <ul class="plain">{deliveries.map((delivery) => <li><Line locale={locale} of={delivery} /></li>)}</ul>}
      {older !== null && <a class="button quiet" href={`${address}${address.includes("?") ? "&" : "?"}before=${older}#log`}>{t("webhooks.older")}</a>}
    </section>
  );
}

function Line({ locale, of }: { locale: Locale; of: Delivery }) {
  return (
    <article class="group">
      <h3>{whatWords(locale, of)}</h3>
      <p><span class={of.outcome === "received" ? "tag" : "tag over"}>{outcomeWords(locale, of)}</span></p>
      <p class="hint">{formatInstant(locale, of.at)} · {formatMilliseconds(locale, of.durationMs)}</p>
      {of.excerpt && <p><code dir="ltr">{of.excerpt}</code></p>}
    </article>
  );
}

function whatWords(locale: Locale, { what, first, last }: Delivery): string {
  const t = translator(locale);
  if (what !== "events") return t(`webhooks.what-${what}`);
  return first === last ? t("webhooks.event", { first: String(first) }) : t("webhooks.events", { first: String(first), last: String(last) });
}
