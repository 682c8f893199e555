import type { Instant } from "../../../kernel/clock.ts";
import { formatDate, formatInstant, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import type { FieldProblem } from "../../../pages/fields.tsx";
import type { ClaimRefusal } from "../../users/claims-rpc.ts";
import type { EndMode } from "../policies.ts";

/** What is wrong in words, and where it stands. */
export const explain = (locale: Locale, refusal: ClaimRefusal): FieldProblem => ({
  field: refusal.field,
  message: wording(locale, refusal),
});

function wording(locale: Locale, refusal: ClaimRefusal): string {
  const t = translator(locale);
  if (refusal.refusal === "code-wrong") return t("error.code-wrong", { triesLeft: refusal.triesLeft });
  if (refusal.refusal === "too-many-codes") return t("error.too-many-codes", { minutes: refusal.minutes });
  return t(`error.${refusal.refusal}`);
}

/** The status a page with this refusal has. */
export function statusOf({ refusal }: ClaimRefusal): 403 | 409 | 422 | 429 | 503 {
  if (refusal === "too-many-codes") return 429;
  if (refusal === "sms-failed") return 503;
  if (refusal === "grant-invalid") return 403;
  return refusal === "form-reused" || refusal === "nothing-to-extend" ? 409 : 422;
}

/** What a choice promises, in a sentence. Long ones end with a day, so the hour would say nothing. */
export function promiseInWords(
  locale: Locale,
  promised: { endMode: EndMode; endsAt: Instant | null; reviewAt: Instant | null },
): string {
  const t = translator(locale);
  const { endMode, endsAt, reviewAt } = promised;
  if (endsAt !== null) {
    return endMode === "automatic"
      ? t("period.automatic", { until: formatInstant(locale, endsAt) })
      : t("period.confirmed", { until: formatDate(locale, endsAt) });
  }
  return reviewAt === null ? t("receipt.no-end") : t("period.no-end", { review: formatDate(locale, reviewAt) });
}
