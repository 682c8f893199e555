import type { CanonicalIdentifier } from "../../bst/kinds.ts";
import type { Instant } from "../../kernel/clock.ts";
import type { Result } from "../../kernel/result.ts";
import type { KeyHolder } from "../operators/rpc.ts";
import type { Known } from "./seal.ts";

/** By which door identifiers come in: in clear, blinded, or as the outputs a blinded evaluation gave. */
export type Door = "direct" | "blind" | "trade";

/** What is counted of an operator's tokens, by day. */
export const TOKEN_ACTS = ["issued", "evaluated-blind", "validated", "renewed", "rotated", "compromised", "deactivated", "denied"] as const;
export type TokenAct = (typeof TOKEN_ACTS)[number];

export type GuardRefusal =
  | { refusal: "quota-exhausted"; until: Instant }
  | { refusal: "quarantined"; reason: string; since: Instant }
  /** The licence lets it take no new customers: it ended, or is suspended. */
  | { refusal: "licence-lapsed"; isSuspended: boolean; until: Instant | null };

/** What stands at the one door through which an operator could try out everybody. */
export interface IssueGuard {
  /** Before anything is evaluated: counts the identifiers against the operator's day. Throws when it cannot be counted. */
  admit(holder: KeyHolder, ask: { door: Door; count: number; identifiers?: readonly CanonicalIdentifier[] }): Promise<Result<object, GuardRefusal>>;
  /** Before any token is handed out: who was met. Throws when that could not be kept; then nothing is handed out. */
  met(holder: KeyHolder, met: { door: Exclude<Door, "blind">; known: readonly Known[] }): Promise<void>;
}

/** Counts what became of an operator's tokens; never stands in the way of an answer. */
export type CountTokens = (operator: string, act: TokenAct, count: number) => void;
