import { formatEnd, text } from "../../i18n/index.ts";
import type { Locale } from "../../i18n/locales.ts";
import type { Notice } from "../exclusions/outbox.ts";

/** A notice in the person's language. Whoever glances at the phone learns nothing from it. */
export function noticeMessage(locale: Locale, notice: Notice): string {
  if (!("reference" in notice)) return text(locale, `sms.${notice.template}`);
  const { template, reference, endsAt, nextAt = null } = notice;
  return text(locale, `sms.${template}`, { reference, until: formatEnd(locale, endsAt), next: formatEnd(locale, nextAt) });
}
