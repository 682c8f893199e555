import { formatInstant, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import type { Delivery, Endpoint } from "../feed/endpoints/model.ts";

/** An address, which may break anywhere: it may be longer than a small screen is wide. */
export const Address = ({ of: { url } }: { of: Pick<Endpoint, "url"> }) => <code dir="ltr">{url}</code>;

/** Whether a webhook is told, and since when that fails. */
export function WebhookState({ locale, of: { state, disabledWhy, escalatedAt, failures } }: { locale: Locale; of: Endpoint }) {
  const t = translator(locale);
  if (state === "disabled") return <span class="tag over">{t(`webhooks.disabled-${disabledWhy ?? "asked"}`)}</span>;
  if (escalatedAt !== null) return <span class="tag over">{t("webhooks.failing", { date: formatInstant(locale, escalatedAt) })}</span>;
  return failures > 0 ? <span class="tag over">{t("webhooks.failed", { failures })}</span> : <span class="tag">{t("webhooks.active")}</span>;
}

/** What became of an attempt, and with which status where there was an answer. */
export function outcomeWords(locale: Locale, { outcome, status }: Pick<Delivery, "outcome" | "status">): string {
  const words = translator(locale)(`webhooks.outcome-${outcome}`);
  return status === null ? words : `${words} (${status})`;
}
