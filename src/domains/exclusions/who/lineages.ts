import { firstOf, type Lineage } from "../../../bst/lineage.ts";
import type { Pseudonym } from "../../../bst/kinds.ts";

/** The pseudonym Register keeps an identifier by. */
export const ownPseudonym = (p: Lineage): Pseudonym => firstOf(p);
