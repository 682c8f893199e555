import type { Kind } from "../bst/kinds.ts";
import type { Instant } from "../kernel/clock.ts";

/** An operator as the edge needs to know it. */
export interface OperatorRow {
  /** Lower-case letters and digits; part of the operator's keys and of its tokens' associated data. */
  id: string;
  state: "active" | "suspended";
  requiredKinds: Kind[];
}

/** A key by the SHA-256 of its whole text, lower-case hexadecimal. */
export interface KeyRow {
  id: string;
  hash: string;
  operator: string;
  state: "active" | "revoked";
}

/** Which keys an operator's tokens of one epoch are sealed with, and which root pseudonym they hold. */
export interface EpochRow {
  operator: string;
  epoch: number;
  pairKeyId: string;
  rootEpoch: number;
  /** `current` is sealed with; `grace` is still read until `until`; `retired` is refused. */
  state: "current" | "grace" | "retired";
  until: Instant | null;
}
