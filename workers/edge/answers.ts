import { problemOf, type Refusal } from "../../src/check/refusal.ts";
import { PROBLEM_CONTENT_TYPE, type ProblemCode } from "../../src/kernel/problem.ts";

/** What a code asks of the caller beyond its body. */
const EXTRA: Partial<Record<ProblemCode, Record<string, string>>> = {
  "unauthenticated": { "www-authenticate": 'Bearer realm="nser"' },
  "indeterminate": { "retry-after": "1" },
};

export function refusalResponse(refusal: Refusal, more?: Record<string, string>): Response {
  const body = problemOf(refusal);
  const headers = { "content-type": PROBLEM_CONTENT_TYPE, ...EXTRA[refusal.problem], ...more };
  return Response.json(body, { status: body.status, headers });
}

export const problemResponse = (problem: ProblemCode, more?: Record<string, string>): Response =>
  refusalResponse({ ok: false, problem }, more);
