import type { Kind } from "../bst/kinds.ts";
import type { SignedAnswer } from "./verify.ts";

/** What somebody who is excluded must be kept from. */
export type PlayPurpose = "registration" | "login" | "deposit" | "bet" | "marketing";
export type Purpose = PlayPurpose | "payout";

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

/** What every decision says beside itself. */
interface Said {
  /** The kinds of the tokens that were read. */
  kinds: Kind[];
  /** Only for payout: the money must go out, excluded or not. */
  mustPay?: true;
  maxStalenessMs: number;
  answerId: string;
  /** The token to keep in place of the one that was sent. */
  nextToken?: string;
  /** Another token is due, which only `POST /v1/tokens/renew` can say. */
  renew?: true;
  /** With `keys`: what proves the answer; keep it. One signature proves a whole batch. */
  proof?: SignedAnswer;
}

export interface Clear extends Said {
  decision: "clear";
  mayPlay: true;
}

export interface Excluded extends Said {
  decision: "excluded";
  mayPlay: false;
}

export type Decided = Clear | Excluded;

/**
 * Not decided: treat the person as excluded. It has no `decision` to be compared with anything, so that whoever asks for one
 * has said first what is to happen without.
 */
export interface Undecided {
  mayPlay: false;
  why: string;
  /** What the register said, if it did. */
  problem?: Problem;
  /** Only for payout. */
  mustPay?: true;
}

/** `mayPlay` is true of `clear` alone. */
export type Result = Decided | Undecided;

/** What is known of who is paid: nothing of it keeps the money back. */
export type Payout = Result & { mustPay: true };

/** The register refuses the request for what it is: asking again does not help. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.title}${problem.detail ? `: ${problem.detail}` : ""}`);
    this.problem = problem;
  }
}

export const undecided = (why: string, problem?: Problem): Undecided => ({ mayPlay: false, why, ...(problem && { problem }) });

export const payoutOf = (result: Result): Payout => ({ ...result, mustPay: true });

type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

/** JSON, or null where it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const isProblem = (value: unknown): value is Problem & Json =>
  isObject(value) && typeof value.type === "string" && typeof value.title === "string" && typeof value.status === "number";

/** Whether a problem is the one of this code: `is(problem, "token-retired")`. */
export const is = (problem: Problem | undefined, code: string): boolean => problem?.type.endsWith(`/problems/${code}`) ?? false;

/** A decision in the register's own words; whatever else it may be is none. `answerId` and age may stand outside of it. */
export function readResult(value: unknown, outside: Json = {}): Result {
  if (isProblem(value)) return undecided(value.title, value);
  const { decision, kinds, mustPay, maxStalenessMs, answerId, nextToken, renew } = { ...outside, ...(isObject(value) ? value : {}) };
  if (decision !== "excluded" && decision !== "clear") return undecided("the answer is no decision");
  if (!Array.isArray(kinds) || typeof maxStalenessMs !== "number" || typeof answerId !== "string") return undecided("the answer is not whole");
  const due = { ...(typeof nextToken === "string" && { nextToken }), ...(renew === true && { renew: true as const }) };
  const said = { kinds: kinds as Kind[], maxStalenessMs, answerId, ...due, ...(mustPay === true && { mustPay: true as const }) };
  return decision === "clear" ? { decision, mayPlay: true, ...said } : { decision, mayPlay: false, ...said };
}
