/**
 * Every way an answer can be something else than what was asked for (RFC 9457). The set is closed: a code without a
 * status and a title does not compile, and `/problems/<code>` documents each.
 */
export const PROBLEMS = {
  "body-malformed": { status: 400, title: "The body cannot be read" },
  "body-too-large": { status: 413, title: "The body is too large" },
  "content-type-unsupported": { status: 415, title: "The body is not of the type that is read here" },
  "content-digest-invalid": { status: 400, title: "The Content-Digest is missing or does not fit the body" },
  "signature-unsupported": { status: 400, title: "The signature asked for cannot be given" },
  "field-invalid": { status: 422, title: "A field is not valid" },
  "cursor-invalid": { status: 400, title: "The cursor belongs to another question" },
  "not-found": { status: 404, title: "There is nothing here" },
  "method-not-allowed": { status: 405, title: "This method is not offered here" },
  "unauthenticated": { status: 401, title: "The key is missing, unknown or no longer valid" },
  "forbidden": { status: 403, title: "The key does not allow this" },
  "conflict": { status: 409, title: "The state does not allow this" },
  "precondition-required": { status: 428, title: "The version to change is not said" },
  "idempotency-key-missing": { status: 400, title: "An Idempotency-Key is required" },
  "idempotency-key-reused": { status: 422, title: "The Idempotency-Key was used for another request" },
  "token-invalid": { status: 422, title: "The token cannot be read" },
  "token-retired": { status: 409, title: "The token is retired" },
  "identifiers-missing": { status: 422, title: "The licence requires more kinds of identifier" },
  "not-a-test-person": { status: 422, title: "A test key knows test persons alone" },
  "rate-limited": { status: 429, title: "Too many requests" },
  "quota-exhausted": { status: 429, title: "The quota of the day is used up" },
  "quarantined": { status: 403, title: "The operator gets no tokens until its quarantine is lifted" },
  "indeterminate": { status: 503, title: "No answer can be given now; treat the person as excluded" },
  "unavailable": { status: 503, title: "The service cannot do this now" },
  "internal": { status: 500, title: "Something broke on our side" },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** A wrong field of the body, or parameter of the query: where it stands (RFC 6901 JSON pointer) and what is wrong with it. */
export interface FieldError {
  pointer: string;
  detail: string;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  errors?: FieldError[];
}

export const PROBLEM_CONTENT_TYPE = "application/problem+json";

export function problem(code: ProblemCode, detail?: string, errors?: FieldError[]): Problem {
  const { status, title } = PROBLEMS[code];
  return { type: `/problems/${code}`, title, status, ...(detail && { detail }), ...(errors && { errors }) };
}
