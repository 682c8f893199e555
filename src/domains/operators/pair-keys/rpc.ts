import type { Actor } from "../../../kernel/actor.ts";
import type { Result } from "../../../kernel/result.ts";

/** Why an epoch is left: as planned, or because somebody has what must be nobody's; the old tokens' grace is then short. */
export const ROTATION_REASONS = ["scheduled", "compromised"] as const;
export type RotationReason = (typeof ROTATION_REASONS)[number];

export interface RotatePairKey {
  commandId: string;
  fingerprint: string;
  /** The caller has seen that the deployment holds it. */
  pairKeyId: string;
  reason: RotationReason;
  actor: Actor;
  /** The operator after which to go on; null begins. */
  after: string | null;
}

/** What became of some operators' epochs, and after which one to go on. */
export interface PairKeyStep {
  moved: number;
  /** Those whose epoch is sealed with it already. */
  already: number;
  /** Operators whose epochs' numbers are used up: they stay on their key. */
  left: string[];
  next: string | null;
}

/** How many operators' epochs a key seals, or is still read with. */
export interface PairKeyUse {
  pairKeyId: string;
  current: number;
  grace: number;
}

export interface PairKeysApi {
  /**
   * Moves some operators' epochs to a pairwise key, with which new operators begin from then on. Called until `next` is null; each
   * operator is moved once for a command, however often it is called.
   */
  rotatePairKey(command: RotatePairKey): Promise<Result<PairKeyStep, { refusal: "command-reused" }>>;
  /** The key new operators begin with, and where each is in use. */
  pairKeys(): Promise<{ newest: string; uses: PairKeyUse[] }>;
}
