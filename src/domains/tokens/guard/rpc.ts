import type { CanonicalIdentifier } from "../../../bst/kinds.ts";
import type { Purpose } from "../../../check/question.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import type { Door, GuardRefusal, TokenAct } from "../guard-rpc.ts";
import type { Quarantine } from "./model.ts";
import type { Quota } from "./quota.ts";

/** Who brings a batch, by which door. */
interface Batch {
  operator: string;
  keyId: string;
  door: Door;
  count: number;
}

export interface AskedBatch extends Batch {
  quota: Quota;
  /** Looked at and not kept; none when they come blinded. */
  identifiers?: readonly CanonicalIdentifier[];
}

export interface MetBatch extends Batch {
  /** How many of them are excluded, and what share of them an honest operator may meet. */
  excluded: number;
  expectedShare: number;
  /** The ids of those that are nobody's. */
  canaries: readonly string[];
}

/** A check that found somebody excluded who is nobody. */
export interface CheckedCanary {
  operator: string;
  canary: string;
  answerId: string;
  purpose: Purpose;
  at: Instant;
}

export type Quarantined = Extract<GuardRefusal, { refusal: "quarantined" }>;

/** What of a day was counted: an act that is not there was not counted, which is no 0. */
export interface TokenDay {
  /** As `2027-02-28`, in Nairobi. */
  date: string;
  acts: Partial<Record<TokenAct, number>>;
}

/** What one operator turns into tokens; the object is the operator's `Usage`. */
export interface TokenGuardApi {
  /** Counts a batch, or refuses it whole. */
  admitTokens(batch: AskedBatch): Promise<Result<object, GuardRefusal>>;
  /** Counts what is about to be handed out. Refuses, and quarantines at once, where one of them is nobody's. */
  metTokens(batch: MetBatch): Promise<Result<object, Quarantined>>;
  /** An identifier that is nobody's was checked and found excluded. Each answer tells once of each canary. */
  metByCheck(check: CheckedCanary): Promise<void>;
  countTokens(act: TokenAct, count: number): Promise<void>;
  /** Every day from `from` until before `to`, as `2027-02-28`. */
  tokenDays(from: string, to: string): Promise<TokenDay[]>;
  /** The quarantine that holds; null when none does. */
  quarantine(): Promise<Quarantine | null>;
  /** By the regulator; the one that holds already is answered as it is. Repeatable by `id`. */
  putQuarantine(order: { operator: string; id: string; reason: string; by: string }): Promise<Quarantine>;
  /** Repeatable; one that is lifted stays so. */
  liftQuarantine(order: { operator: string; id: string; by: string; at: Instant }): Promise<void>;
}
