import type { CanonicalIdentifier, Pseudonym } from "../../bst/kinds.ts";

/** The only holder of the identity keys. */
export interface TokenizerApi {
  /**
   * The pseudonyms of up to 1,000 identifiers, in order, each with its root epoch.
   * Throws when it is asked more often than its limit allows: nothing is answered then.
   */
  evaluate(identifiers: readonly CanonicalIdentifier[]): Promise<{ rootEpoch: number; p: Pseudonym }[]>;
}
