import type { Purpose } from "../../../check/question.ts";
import type { Instant } from "../../../kernel/clock.ts";

/** What is looked for in what an operator turns into tokens; `by-hand` is the regulator's. */
export const GUARD_RULES = ["sequential-identifiers", "runs-of-numbers", "positive-rate", "canary", "quota-exhausted", "by-hand"] as const;
export type GuardRule = (typeof GUARD_RULES)[number];

/** The figures that a rule was judged by, by what they are called. */
export type Evidence = Record<string, number>;

/** A rule that fired, with what it saw. */
export interface Finding {
  rule: GuardRule;
  severity: "warn" | "quarantine";
  evidence: Evidence;
}

/** An operator's quarantine: it gets no token until it is lifted. */
export interface Quarantine {
  id: string;
  rule: GuardRule;
  reason: string;
  evidence: Evidence;
  since: Instant;
  /** Who, as columns name an actor; the object itself when a rule fired. */
  by: string;
}

/** How an identifier that is nobody's was met: turned into a token, or checked and found excluded. */
export const CANARY_MEETINGS = ["tokenised", "checked"] as const;

export interface CanaryMeeting {
  /** The same meeting told twice has one id. */
  id: string;
  canary: string;
  how: (typeof CANARY_MEETINGS)[number];
  /** Of the check; null of a token. */
  purpose: Purpose | null;
  at: Instant;
}
