import type { TokenParts } from "../bst/text.ts";
import type { SignedAnswer } from "./verify.ts";

export type Purpose = "registration" | "login" | "deposit" | "bet" | "marketing" | "payout";

/** One customer's tokens. */
export type Tokens = string | readonly string[];

/** One check of many; without a purpose it has the one that all share. */
export interface Check {
  tokens: Tokens;
  purpose?: Purpose;
}

/** The check as it is sent. */
export const wire = ({ tokens, purpose }: Check): object => ({ ...(typeof tokens === "string" ? { token: tokens } : { tokens }), purpose });

/** What the register says when something is not a decision (RFC 9457). */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  errors?: { pointer: string; detail: string }[];
}

/** Decided. */
export interface Decided {
  decision: "excluded" | "clear";
  /** The kinds of the tokens that were read. */
  kinds: TokenParts["kind"][];
  /** Only for payout: the money must go out, excluded or not. */
  mustPay?: true;
  maxStalenessMs: number;
  answerId: string;
  /** With `keys`: what proves the answer; keep it. One signature proves a whole batch. */
  proof?: SignedAnswer;
}

/** Not decided: treat the person as excluded. */
export interface Undecided {
  decision: "indeterminate";
  why: string;
  /** What the register said, if it did. */
  problem?: Problem;
}

export type Result = Decided | Undecided;

/** The register refuses the request for what it is: asking again does not help. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.title}${problem.detail ? `: ${problem.detail}` : ""}`);
    this.problem = problem;
  }
}

export const undecided = (why: string, problem?: Problem): Undecided => ({ decision: "indeterminate", why, ...(problem && { problem }) });

type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

export const isProblem = (value: unknown): value is Problem & Json =>
  isObject(value) && typeof value.type === "string" && typeof value.title === "string" && typeof value.status === "number";

/** A decision in the register's own words; whatever else it may be is none. `answerId` and age may stand outside of it. */
export function readResult(value: unknown, outside: Json = {}): Result {
  if (isProblem(value)) return undecided(value.title, value);
  const { decision, kinds, mustPay, maxStalenessMs, answerId } = { ...outside, ...(isObject(value) ? value : {}) };
  if (decision !== "excluded" && decision !== "clear") return undecided("the answer is no decision");
  if (!Array.isArray(kinds) || typeof maxStalenessMs !== "number" || typeof answerId !== "string") return undecided("the answer is not whole");
  return { decision, kinds: kinds as Decided["kinds"], maxStalenessMs, answerId, ...(mustPay === true && { mustPay }) };
}
