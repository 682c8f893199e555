import type { CanonicalIdentifier, Pseudonym } from "../../bst/kinds.ts";
import type { Lineage } from "../../bst/lineage.ts";

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

/** The only holder of the identity keys. Each verb throws beyond its limit, and then answers for none. */
export interface TokenizerApi extends Evaluator {
  /**
   * For up to 1,000 pseudonyms under `rootEpoch`, in order, those under each newer root, oldest first, 16 bytes each; and
   * the newest root epoch there is. It says nothing about identifiers, and there is no way back.
   */
  advance(rootEpoch: number, ps: readonly Pseudonym[]): Promise<{ rootEpoch: number; newer: Uint8Array[] }>;
}
