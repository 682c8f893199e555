import { z } from "@hono/zod-openapi";
import { PROBLEM_CONTENT_TYPE, PROBLEMS, type ProblemCode } from "../kernel/problem.ts";

/** What every route may answer, whatever it does. */
const ALWAYS: readonly ProblemCode[] = ["internal"];

/** What every route with a body may answer. */
export const BODY_PROBLEMS = ["body-malformed", "body-too-large", "content-type-unsupported", "field-invalid"] as const;

const retryAfter = { "Retry-After": { description: "Seconds to wait", required: true, schema: { type: "integer" as const } } };

const rateLimit = (what: string) => ({
  description: `${what} (draft-ietf-httpapi-ratelimit-headers)`, required: true, schema: { type: "string" as const },
});

const HEADERS: Record<number, object> = {
  401: { "WWW-Authenticate": { required: true, schema: { type: "string" } } },
  429: { ...retryAfter, "RateLimit-Policy": rateLimit("Every limit of the caller"), "RateLimit": rateLimit("The limit that was met") },
  503: retryAfter,
};

const FieldErrors = z
  .array(z.strictObject({ pointer: z.string(), detail: z.string() }))
  .openapi("FieldErrors", { description: "Each wrong field of the body, or parameter of the query, by its JSON pointer (RFC 6901)." });

/** A problem of one of these codes. */
export const problemSchema = (codes: readonly ProblemCode[]) => {
  const statuses = [...new Set(codes.map((code) => PROBLEMS[code].status))];
  return z.strictObject({
    type: z.enum(codes.map((code) => `/problems/${code}`)),
    title: z.enum(codes.map((code) => PROBLEMS[code].title)),
    // Of several literals the document would list the first alone.
    status: z.literal(statuses).openapi({ enum: statuses }),
    detail: z.string().optional(),
    errors: FieldErrors.optional(),
  });
};

const response = (status: number, codes: readonly ProblemCode[]): object => ({
  description: codes.map((code) => PROBLEMS[code].title).join(" · "),
  content: { [PROBLEM_CONTENT_TYPE]: { schema: problemSchema(codes) } },
  ...(HEADERS[status] && { headers: HEADERS[status] }),
});

/** The problems a route of the edge can answer, for its `responses`. */
export function edgeProblems(...codes: ProblemCode[]): Record<never, never> {
  const byStatus = Map.groupBy(new Set([...codes, ...ALWAYS]), (code) => PROBLEMS[code].status);
  return Object.fromEntries([...byStatus].map(([status, codes]) => [status, response(status, codes)]));
}

/**
 * The problems a route of origin can answer, for its `responses`. The type says nothing of them because handlers throw
 * problems and return only what was asked for.
 */
export const problems = (...codes: ProblemCode[]): Record<never, never> => edgeProblems(...codes, "rate-limited");
