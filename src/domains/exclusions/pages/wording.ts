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
  if (refusal.refusal === "minimum-runs" || refusal.refusal === "waiting") return t(`error.${refusal.refusal}`, { from: formatInstant(locale, refusal.from) });
  return refusal.refusal === "code-too-old" ? t("error.proof-too-old") : t(`error.${refusal.refusal}`);
}

const STATUS: Partial<Record<ClaimRefusal["refusal"], 403 | 404 | 409 | 429 | 503>> = {
  "too-many-codes": 429, "sms-failed": 503, "grant-invalid": 403, "code-too-old": 403, "reference-unknown": 404, "form-reused": 409, "nothing-to-extend": 409,
  "nothing-to-end": 409, "ends-by-itself": 409, "not-theirs-to-end": 409, "being-annulled": 409, "nothing-asked": 409, "minimum-runs": 409, "waiting": 409,
  "review-needed": 409,
};

/** The status a page with this refusal has; what was typed wrong is the rest. */
export const statusOf = ({ refusal }: ClaimRefusal): 403 | 404 | 409 | 422 | 429 | 503 => STATUS[refusal] ?? 422;

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
