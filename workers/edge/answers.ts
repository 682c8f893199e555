import { type LimitMet, problemOf, type Refusal } from "../../src/check/refusal.ts";
import { PROBLEM_CONTENT_TYPE, type ProblemCode } from "../../src/kernel/problem.ts";

/** What a code asks of the caller beyond its body. */
const EXTRA: Partial<Record<ProblemCode, Record<string, string>>> = {
  "unauthenticated": { "www-authenticate": 'Bearer realm="nser"' },
  "indeterminate": { "retry-after": "1" },
};

export function refusalResponse(refusal: Refusal, more?: Record<string, string>): Response {
  const body = problemOf(refusal);
  const limited = refusal.limit && limitFields(refusal.limit);
  const headers = { "content-type": PROBLEM_CONTENT_TYPE, ...EXTRA[refusal.problem], ...limited, ...more };
  return Response.json(body, { status: body.status, headers });
}

export const problemResponse = (problem: ProblemCode, more?: Record<string, string>): Response =>
  refusalResponse({ ok: false, problem }, more);

/** Both policies of a key, and how long nothing is left under the one that was met (draft-ietf-httpapi-ratelimit-headers-11). */
const limitFields = ({ policy, perSecond, perDay, seconds }: LimitMet): Record<string, string> => ({
  "retry-after": String(seconds),
  "ratelimit-policy": `"persecond";q=${perSecond};w=1, "perday";q=${perDay};w=86400`,
  "ratelimit": `"${policy}";r=0;t=${seconds}`,
});
