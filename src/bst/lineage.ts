import { toHex } from "../kernel/bytes.ts";
import type { Pseudonym } from "./kinds.ts";

/**
 * One identifier's pseudonyms under every root epoch, epoch 0 first, 16 bytes each, as they travel together. While there
 * is one root it is the pseudonym itself.
 */
export type Lineage = Uint8Array;

const PSEUDONYM_BYTES = 16;

/** The newest root epoch it reaches. Throws RangeError on bytes that are no lineage: nothing may be looked up by them. */
export function newestRootOf(lineage: Lineage): number {
  if (lineage.length === 0 || lineage.length % PSEUDONYM_BYTES !== 0) throw new RangeError("a lineage is one pseudonym of 16 bytes or more");
  return lineage.length / PSEUDONYM_BYTES - 1;
}

/** The pseudonym under a root epoch; null when the lineage does not reach it, which says nothing about its person. */
export const underRoot = (lineage: Lineage, rootEpoch: number): Pseudonym | null =>
  rootEpoch > newestRootOf(lineage) ? null : lineage.slice(rootEpoch * PSEUDONYM_BYTES, (rootEpoch + 1) * PSEUDONYM_BYTES);

/** The one that stays while roots come and go: what must be found again for life is derived from it, and never shown to anybody. */
export const firstOf = (lineage: Lineage): Pseudonym => underRoot(lineage, 0)!;

/** What an identifier is called for life where the register keeps something by it: two lineages of one identifier have one name, however far they reach. */
export const nameOf = (lineage: Lineage): string => toHex(firstOf(lineage));
