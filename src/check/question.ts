import type { FieldError } from "../kernel/problem.ts";
import type { Refusal } from "./refusal.ts";

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

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** One check as it was read: the question, or what is wrong with it. */
export type Reading = { ok: true; question: Question } | Refusal;

/**
 * Reads `{"token": …, "purpose": …}` or `{"tokens": [1 to 8], "purpose": …}`, the body of `POST /v1/checks`. Of many
 * checks, one that names no purpose has the one they share.
 */
export function readQuestion(body: unknown, shared?: Purpose): Reading {
  if (!isObject(body)) return invalid([{ pointer: "", detail: "must be an object" }]);
  const errors: FieldError[] = [];
  const tokens = readTokens(body, errors);
  const purpose = body.purpose === undefined ? shared : body.purpose;
  if (isPurpose(purpose)) return errors.length > 0 ? invalid(errors) : { ok: true, question: { tokens, purpose } };
  return invalid([...errors, { pointer: "/purpose", detail: PURPOSE_DETAIL }]);
}

export const isPurpose = (value: unknown): value is Purpose => PURPOSES.includes(value as Purpose);
export const PURPOSE_DETAIL = `must be one of ${PURPOSES.join(", ")}`;

export const invalid = (errors: FieldError[]): Refusal => ({ ok: false, problem: "field-invalid", errors });

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
