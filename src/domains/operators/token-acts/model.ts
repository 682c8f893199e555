import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";

/** What can be done to one token: it is replaced, replaced because somebody has it who must not, or retired without another. */
export const ACTS_ON_TOKENS = ["rotated", "compromised", "deactivated"] as const;
export type ActOnToken = (typeof ACTS_ON_TOKENS)[number];

/** Why. Not a text of anybody's own: it would come to name people. */
export const TOKEN_REASONS = ["leaked", "stolen", "misused", "precaution", "account-closed", "issued-in-error"] as const;
export type TokenReason = (typeof TOKEN_REASONS)[number];

/** What was done to a token of one epoch and generation. */
export interface TokenStep {
  at: Instant;
  act: ActOnToken;
  epoch: number;
  generation: number;
  /** From when on the person's tokens are good since: of this epoch, this generation. */
  leastEpoch: number;
  leastGeneration: number;
  reason: TokenReason | null;
  /** Null for the release before, which did not say. */
  actor: Actor | null;
}

/** An operator's epoch began, or its tokens ceased to be read. */
export interface EpochStep {
  at: Instant;
  event: "epoch-began" | "epoch-retired";
  epoch: number;
}
