import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { formatDate, text } from "../../../../i18n/index.ts";
import type { Locale } from "../../../../i18n/locales.ts";
import type { FieldProblem } from "../../../../pages/fields.tsx";
import type { CaseRefusal } from "../../cases/cases-rpc.ts";

/** What a page says beside a field or above all; a used form and a case that is open already have answers of their own. */
type Said = Exclude<CaseRefusal["refusal"], "form-reused" | "already-open" | "too-early">;

/** What is wrong in words, and where it stands. */
export const explainCase = (locale: Locale, refusal: CaseRefusal): FieldProblem => ({ field: refusal.field, message: wording(locale, refusal) });

const wording = (locale: Locale, refusal: CaseRefusal): string =>
  refusal.refusal === "too-early" ? text(locale, "cases.wrong.too-early", { from: formatDate(locale, refusal.from) }) : text(locale, `cases.wrong.${refusal.refusal as Said}`);

const STATUS: Partial<Record<CaseRefusal["refusal"], Status>> = {
  "grant-invalid": 403, "proof-too-old": 403, "case-unknown": 404, "not-now": 409, "measure-runs": 409, "too-many-requests": 429, "refused-for-a-year": 403,
};

/** The status a page with this refusal has; what was typed wrong is the rest. */
export const statusOfCase = ({ refusal }: CaseRefusal): Status => STATUS[refusal] ?? 422;
