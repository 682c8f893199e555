import { ProblemError } from "../../../api/problem.ts";
import { type Instant, SECOND } from "../../../kernel/clock.ts";
import type { GuardRefusal } from "../guard-rpc.ts";

const APPEAL = "Read GET /v1/tokens/quarantine; appeal by POST /v1/tokens/quarantine/appeal.";

/** The answer to an operator that the guard refused. */
export function guardProblem(refused: GuardRefusal, now: Instant): ProblemError {
  if (refused.refusal === "quarantined") return new ProblemError("quarantined", { detail: `${refused.reason} Since ${new Date(refused.since).toISOString()}. ${APPEAL}` });
  const seconds = Math.max(1, Math.ceil((refused.until - now) / SECOND));
  return new ProblemError("quota-exhausted", { headers: { "retry-after": String(seconds) } });
}
