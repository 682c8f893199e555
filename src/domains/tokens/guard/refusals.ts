import { ProblemError } from "../../../api/problem.ts";
import { type Instant, SECOND } from "../../../kernel/clock.ts";
import type { GuardRefusal } from "../guard-rpc.ts";

const APPEAL = "Read GET /v1/tokens/quarantine; appeal by POST /v1/tokens/quarantine/appeal.";

const GOES_ON = "Checks, batches, scrubs, renewals and validation go on: go on asking.";

/** Of what nobody ended the end lies ahead. */
const lapseOf = ({ isSuspended, until }: Extract<GuardRefusal, { refusal: "licence-lapsed" }>): string =>
  isSuspended ? "The licence is suspended or revoked." : `The licence ended at ${new Date(until!).toISOString()}.`;

/** The answer to an operator that the guard refused. */
export function guardProblem(refused: GuardRefusal, now: Instant): ProblemError {
  if (refused.refusal === "quarantined") return new ProblemError("quarantined", { detail: `${refused.reason} Since ${new Date(refused.since).toISOString()}. ${APPEAL}` });
  if (refused.refusal === "licence-lapsed") return new ProblemError("licence-lapsed", { detail: `${lapseOf(refused)} ${GOES_ON}` });
  const seconds = Math.max(1, Math.ceil((refused.until - now) / SECOND));
  return new ProblemError("quota-exhausted", { headers: { "retry-after": String(seconds) } });
}
