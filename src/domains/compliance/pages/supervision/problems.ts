import { text } from "../../../../i18n/index.ts";
import type { Locale } from "../../../../i18n/locales.ts";
import type { FieldProblem } from "../../../../pages/fields.tsx";
import type { SuperviseRefusal } from "../../supervision/rpc.ts";
import { statementField, stepField } from "./violation.tsx";
import type { StaffRefusal } from "../../../users/people/rpc.ts";

type Refusal = Exclude<SuperviseRefusal["refusal"], StaffRefusal["refusal"]>;

const STATUS = { "statement-unfit": 422, "own": 403, "out-of-turn": 409, "not-heard": 409, "changed": 409 } as const satisfies Record<Refusal, number>;

/** Why a step was not taken, beside the field it is about, and with which status. */
export function problemOf(locale: Locale, violationId: string, refusal: Refusal): { problem: FieldProblem; status: (typeof STATUS)[Refusal] } {
  const field = refusal === "statement-unfit" ? statementField(violationId) : null;
  return { problem: { field, message: text(locale, `violation.${refusal}`) }, status: STATUS[refusal] };
}

export const stepMissing = (locale: Locale, violationId: string): FieldProblem => ({ field: stepField(violationId), message: text(locale, "violation.step-missing") });
