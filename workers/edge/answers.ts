import type { LimitMet, Outcome } from "../../src/check/decide.ts";
import { type FieldError, PROBLEM_CONTENT_TYPE, type ProblemCode, problem } from "../../src/kernel/problem.ts";

/** What a code asks of the caller beyond its body. */
const EXTRA: Partial<Record<ProblemCode, Record<string, string>>> = {
  "unauthenticated": { "www-authenticate": 'Bearer realm="nser"' },
  "indeterminate": { "retry-after": "1" },
  "method-not-allowed": { allow: "POST" },
};

export function problemResponse(code: ProblemCode, detail?: string, errors?: FieldError[], more?: Record<string, string>): Response {
  const body = problem(code, detail, errors);
  const headers = { "content-type": PROBLEM_CONTENT_TYPE, ...EXTRA[code], ...more };
  return Response.json(body, { status: body.status, headers });
}

/** Without caching headers: the answer to a POST that has none is stored by nobody (RFC 9111 §3). */
export function answerResponse(outcome: Outcome): Response {
  if (outcome.ok) return Response.json(outcome.answer);
  const { problem: code, detail, pointer, limit } = outcome;
  if (limit) return problemResponse(code, detail, undefined, limitFields(limit));
  return problemResponse(code, detail, pointer === undefined ? undefined : [{ pointer, detail: TOKEN_DETAIL[code] ?? "" }]);
}

const TOKEN_DETAIL: Partial<Record<ProblemCode, string>> = {
  "token-invalid": "mistyped, or not a token of yours",
  "token-retired": "tokenise the identifier again",
};

/** Both policies of a key, and how long nothing is left under the one that was met (draft-ietf-httpapi-ratelimit-headers-11). */
const limitFields = ({ policy, perSecond, perDay, seconds }: LimitMet): Record<string, string> => ({
  "retry-after": String(seconds),
  "ratelimit-policy": `"persecond";q=${perSecond};w=1, "perday";q=${perDay};w=86400`,
  "ratelimit": `"${policy}";r=0;t=${seconds}`,
});
