import { type Caller, allows, ownRole } from "../../authentication/capabilities.ts";
import { nameOf } from "../../../office/columns.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { scoreIn } from "../reports/answers.ts";
import type { ListedReport } from "../reports/store.ts";
import { bandOf } from "../standing/score.ts";
import { OFFICERS_STEPS, OPERATORS_STEPS, type ViolationStep } from "../violations/model.ts";
import { judgeStep } from "../violations/rules.ts";
import type { StoredViolation } from "../violations/store.ts";
import type { NamedOperator, Said, ShownReport, ShownViolation } from "./rpc.ts";

export function reportOf({ month, edition, tenths, part, leastPart }: ListedReport): ShownReport {
  const score = scoreIn(tenths);
  return { month, edition, score, band: score === null ? null : bandOf(score), part, leastPart };
}

const said = (at: Instant | null, words: string | null): Said | null => (at === null || words === null ? null : { at, words });

/** A violation as whoever looks at it may see it and go on with it. */
export function violationOf(row: StoredViolation, operator: NamedOperator, { principal, actor }: Caller, as: "officer" | "operator", now: Instant): ShownViolation {
  const { id, state, rule, figures, grounds, createdAt, respondUntil, response, respondedAt, decision, decidedAt, remedy, remediedAt, closing, closedAt, accuser, version } = row;
  const isOfficer = as === "officer";
  const may = isOfficer ? allows(principal, "violations:write", null) : ownRole(principal, "violations:respond", operator.id) !== null;
  const steps: readonly ViolationStep[] = isOfficer ? OFFICERS_STEPS : OPERATORS_STEPS;
  return {
    id, operator, state, rule, figures, grounds, openedAt: createdAt, respondUntil, version,
    response: said(respondedAt, response), decision: said(decidedAt, decision), remedy: said(remediedAt, remedy), closing: said(closedAt, closing),
    accuser: isOfficer ? accuser : null,
    steps: may ? steps.filter((step) => judgeStep(row, step, nameOf(actor), now).ok) : [],
  };
}
