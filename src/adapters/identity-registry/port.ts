import type { Kind } from "../../bst/kinds.ts";
import type { Instant } from "../../kernel/clock.ts";

/** Who somebody says they are, by a document. */
export interface IdentityClaim {
  kind: Exclude<Kind, "msisdn">;
  /** The document's number in canonical writing. */
  number: string;
  /** As the person writes it. */
  name: string;
  /** `1990-03-27`. */
  dateOfBirth: string;
}

export const VERDICTS = ["verified", "mismatch", "unavailable"] as const;

/** `unavailable` is no word about the person: it never stands in the way of an exclusion, and never proves anything. */
export type Verdict = (typeof VERDICTS)[number];

/** What can differ from what is on record; `number` when no such document is. */
export type ClaimField = "number" | "name" | "dateOfBirth";

export interface Verification {
  verdict: Verdict;
  /** The registry's own name for its answer, to ask it about; null when it gave none. */
  reference: string | null;
  /** Of a mismatch: what differs. */
  differing: ClaimField[];
  at: Instant;
}

/** Whoever knows what stands in the state's register of persons. */
export interface IdentityRegistry {
  /** Compares the claim with the record. Whatever goes wrong, a silent registry included, is `unavailable` and never thrown. */
  verify(claim: IdentityClaim): Promise<Verification>;
}
