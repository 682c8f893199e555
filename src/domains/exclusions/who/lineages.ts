import { firstOf, type Lineage } from "../../../bst/lineage.ts";
import type { Pseudonym } from "../../../bst/kinds.ts";
import { ROOT_EPOCH } from "../force.ts";

/** The pseudonym Register keeps an identifier by. */
export const ownPseudonym = (p: Lineage): Pseudonym => firstOf(p);

/** The same of an identifier known under one root. Throws RangeError on a root Register does not keep. */
export function ownUnder({ rootEpoch, p }: { rootEpoch: number; p: Pseudonym }): Pseudonym {
  if (rootEpoch !== ROOT_EPOCH) throw new RangeError("Register keeps no pseudonym under this root");
  return p;
}
