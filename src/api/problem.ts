import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { type FieldError, PROBLEM_CONTENT_TYPE, type Problem, type ProblemCode, problem } from "../kernel/problem.ts";

interface ProblemOptions {
  detail?: string;
  errors?: FieldError[];
  headers?: Record<string, string>;
  /** What broke underneath: goes to the log, never to the caller. */
  cause?: unknown;
}

/** Thrown by a route or by what it calls; the kit makes it the answer (RFC 9457). */
export class ProblemError extends Error {
  readonly problem: Problem;
  readonly headers: Record<string, string>;

  constructor(code: ProblemCode, { detail, errors, headers = {}, cause }: ProblemOptions = {}) {
    super(code, { cause });
    this.name = "ProblemError";
    this.problem = problem(code, detail, errors);
    this.headers = headers;
  }
}

/** Refusals of hono's own parsers, as this API says them. */
const HTTP_PROBLEMS: Record<number, ProblemCode> = {
  400: "body-malformed",
  413: "body-too-large",
  415: "content-type-unsupported",
};

/** The problem an error stands for; what nobody expected is `internal` and says nothing about itself. */
export function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const code = error instanceof HTTPException ? HTTP_PROBLEMS[error.status] : undefined;
  return code ? new ProblemError(code) : new ProblemError("internal", { cause: error });
}

/** Writes a problem as the answer, keeping the headers already set. */
export const answerProblem = (context: Context, { problem, headers }: ProblemError): Response =>
  context.body(JSON.stringify(problem), problem.status as 400, { ...headers, "content-type": PROBLEM_CONTENT_TYPE });

/** For a call to another Worker or object: when it breaks, nothing was decided and the caller may try again. */
export async function available<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    throw new ProblemError("unavailable", { headers: { "retry-after": "1" }, cause });
  }
}
