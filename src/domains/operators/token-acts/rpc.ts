import type { Pseudonym } from "../../../bst/kinds.ts";
import type { EpochRow } from "../../../check/directory.ts";
import type { GenerationRow } from "../../../check/generations.ts";
import type { Actor } from "../../../kernel/actor.ts";
import type { Result } from "../../../kernel/result.ts";
import type { ActOnToken, EpochStep, TokenReason, TokenStep } from "./model.ts";

/** A token as it was opened, and what is to be done to it. */
export interface ActOnTokenCommand {
  operator: string;
  act: ActOnToken;
  epoch: number;
  generation: number;
  p: Pseudonym;
  reason: TokenReason | null;
  actor: Actor;
}

export type TokenActRefusal = { refusal: "operator-unknown" | "generations-exhausted" | "too-many-retired" | "token-retired" };

/** Every epoch an operator ever had, and whose tokens are beyond generation 0 of theirs. */
export interface OperatorTokens {
  epochs: EpochRow[];
  generations: GenerationRow[];
}

/** What happens to single tokens, within the operator directory. */
export interface TokenActsApi {
  /** No epoch for an unknown operator. */
  tokensOf(operator: string): Promise<OperatorTokens>;
  /**
   * The token, and every older one of the person, is not answered for any more. Repeatable: what was done before is not done
   * again, and `kept` is then false.
   */
  actOnToken(command: ActOnTokenCommand): Promise<Result<{ kept: boolean }, TokenActRefusal>>;
  /**
   * What was done to an operator's tokens of one person, whatever root they hold, and the operator's epochs, each oldest first. `epoch` is the
   * token's; the release before does not say it, and hears of that root alone. Throws when the token's root is an older one and the tokenizer
   * does not answer: there is no way back, so nothing is kept under that one any more.
   */
  tokenHistory(operator: string, p: Pseudonym, epoch?: number): Promise<{ acts: TokenStep[]; epochs: EpochStep[] }>;
}
