import { type FieldError, type Problem, type ProblemCode, problem } from "../kernel/problem.ts";

/** The limit that was met, and in how many seconds more can be had. */
export interface LimitMet {
  policy: "persecond" | "perday";
  perSecond: number;
  perDay: number;
  seconds: number;
}

/** Why a check was not answered. */
export interface Refusal {
  ok: false;
  problem: ProblemCode;
  detail?: string;
  /** What of the check is wrong, by pointers into it. */
  errors?: FieldError[];
  /** With `rate-limited`. */
  limit?: LimitMet;
}

/** What a caller is told when nothing is known. */
export const INDETERMINATE: Refusal = { ok: false, problem: "indeterminate" };

/** The refusal as a caller reads it; `at` is the pointer to the check in a request of many. */
export function problemOf({ problem: code, detail, errors }: Refusal, at = ""): Problem {
  const located = at && errors ? errors.map((error) => ({ ...error, pointer: at + error.pointer })) : errors;
  return problem(code, detail, located);
}
