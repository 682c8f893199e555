import type { CanonicalIdentifier, Pseudonym } from "../../bst/kinds.ts";
import type { Lineage } from "../../bst/lineage.ts";
import type { Result } from "../../kernel/result.ts";

/** What the tokenizer knows an identifier by: its lineage, and the newest root epoch that reaches. */
export interface Evaluated {
  rootEpoch: number;
  p: Lineage;
}

/** What makes pseudonyms of identifiers. */
export interface Evaluator {
  /** Up to 1,000 identifiers, in order. Throws beyond its limit, and then answers for none. */
  evaluate(identifiers: readonly CanonicalIdentifier[]): Promise<Evaluated[]>;
}

/** Elements under the identity key, in the order of the blinded ones, and one proof of 64 bytes for all (RFC 9497, VOPRF mode). */
export interface BlindEvaluation {
  evaluated: Uint8Array[];
  proof: Uint8Array;
}

/** The second door: to who does not show an identifier. */
export interface BlindEvaluator {
  /** What proofs are verified by: 32 bytes, for life. */
  publicKey(): Promise<Uint8Array>;
  /** Up to 1,000 elements of 32 bytes; those that are no element of the group, or its identity, are refused by their places. */
  evaluateBlinded(elements: readonly Uint8Array[]): Promise<Result<BlindEvaluation, { refused: number[] }>>;
  /** The lineages of up to 1,000 finalized outputs of 64 bytes, in order. An output nobody evaluated has one too, which finds nobody. */
  lineages(outputs: readonly Uint8Array[]): Promise<Lineage[]>;
}

/** The only holder of the identity keys. Each verb throws beyond its limit, and then answers for none. */
export interface TokenizerApi extends Evaluator, BlindEvaluator {
  /**
   * For up to 1,000 pseudonyms under `rootEpoch`, in order, those under each newer root, oldest first, 16 bytes each; and
   * the newest root epoch there is. It says nothing about identifiers, and there is no way back.
   */
  advance(rootEpoch: number, ps: readonly Pseudonym[]): Promise<{ rootEpoch: number; newer: Uint8Array[] }>;
}
