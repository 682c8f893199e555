import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";

/**
 * How far a rotation is. `advancing`: what the new root makes of each pseudonym is put beside it. `overlapping`: that is done, and
 * operators' new tokens hold the new root; those of the old are read until their grace is over. `retiring`: none is any more, and
 * everything is kept under the new root from now on. `done`: the old one is forgotten.
 */
export const ROOT_STATES = ["advancing", "overlapping", "retiring", "done"] as const;
export type RootState = (typeof ROOT_STATES)[number];

export interface RotateRoot {
  commandId: string;
  fingerprint: string;
  actor: Actor;
}

/** A rotation as staff see it. Names nobody. */
export interface RootRotation {
  from: number;
  to: number;
  state: RootState;
  begunAt: Instant;
  overlappingAt: Instant | null;
  retiringAt: Instant | null;
  doneAt: Instant | null;
  /** Pseudonyms that the state's pages have passed, and about how many they have yet to: null while nobody can say. */
  advanced: number;
  left: number | null;
  /** Operators whose new tokens still hold an older root. */
  operatorsLeft: number;
}

/**
 * Why no rotation begins. `no-newer-root`: the tokenizer holds none. `rotation-on`: another is not done. `older-epochs`: tokens of a root
 * before the current one are still read.
 */
export type RootRefusal = { refusal: "no-newer-root" | "rotation-on" | "older-epochs" | "command-reused" };

/** The roots of the pseudonyms this register is kept under. */
export interface RootsApi {
  /** Begins to move everybody to the newest root the tokenizer holds. Repeatable by `commandId`. Throws when the tokenizer does not answer. */
  rotateRoot(command: RotateRoot): Promise<Result<{ from: number; to: number }, RootRefusal>>;
  /** Every rotation there was, the newest first. */
  rotations(): Promise<RootRotation[]>;
}
