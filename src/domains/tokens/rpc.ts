import type { Kind, Pseudonym } from "../../bst/kinds.ts";

/** A canonical identifier; see `src/bst/canonical.ts`. */
export interface CanonicalIdentifier {
  kind: Kind;
  /** `+254712345678`, `12345678`, … */
  value: string;
}

/** The only holder of the identity keys. */
export interface TokenizerApi {
  /**
   * The pseudonyms of up to 1,000 identifiers, in order, each with its root epoch.
   * Throws when it is asked more often than its limit allows: nothing is answered then.
   */
  evaluate(identifiers: readonly CanonicalIdentifier[]): Promise<{ rootEpoch: number; p: Pseudonym }[]>;
}
