import type { FieldError } from "../kernel/problem.ts";
import type { Result } from "../kernel/result.ts";

/** Why an operator asks. Each has its own legal consequence, and the audit its meaning. */
export const PURPOSES = ["registration", "login", "deposit", "bet", "marketing", "payout"] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Purposes for which every kind of identifier the operator's licence names must be asked about. */
export const ALL_KINDS_PURPOSES: ReadonlySet<Purpose> = new Set(["registration", "login", "deposit", "bet"]);

/** One check as it came over the wire: one customer's tokens. */
export interface Question {
  tokens: string[];
  purpose: Purpose;
}

export const MAX_TOKENS = 8;
const MAX_TOKEN_LENGTH = 256;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Reads the body of `POST /v1/checks`: `{"token": …, "purpose": …}` or `{"tokens": [1 to 8], "purpose": …}`. */
export function readQuestion(body: unknown): Result<{ question: Question }, { errors: FieldError[] }> {
  if (!isObject(body)) return { ok: false, errors: [{ pointer: "", detail: "must be an object" }] };
  const errors: FieldError[] = [];
  const tokens = readTokens(body, errors);
  if (!PURPOSES.includes(body.purpose as Purpose)) {
    errors.push({ pointer: "/purpose", detail: `must be one of ${PURPOSES.join(", ")}` });
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, question: { tokens, purpose: body.purpose as Purpose } };
}

function readTokens(body: Record<string, unknown>, errors: FieldError[]): string[] {
  if ((body.token === undefined) === (body.tokens === undefined)) {
    errors.push({ pointer: "/token", detail: "exactly one of token and tokens is required" });
    return [];
  }
  const tokens: unknown = body.tokens ?? [body.token];
  if (!Array.isArray(tokens) || tokens.length < 1 || tokens.length > MAX_TOKENS) {
    errors.push({ pointer: "/tokens", detail: `must be an array of 1 to ${MAX_TOKENS} tokens` });
    return [];
  }
  tokens.forEach((token, at) => {
    if (typeof token === "string" && token.length <= MAX_TOKEN_LENGTH) return;
    errors.push({ pointer: body.tokens === undefined ? "/token" : `/tokens/${at}`, detail: "must be a token" });
  });
  return tokens;
}
