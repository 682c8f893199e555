/** A tokenizer's second verb over root keys of nothing but tests, and what identifiers are known by under them. */
import { nextPseudonym } from "../../src/bst/pseudonym.ts";
import type { Pseudonym } from "../../src/bst/kinds.ts";
import type { Lineage } from "../../src/bst/lineage.ts";
import type { TokenizerApi } from "../../src/domains/tokens/rpc.ts";
import { concat } from "../../src/kernel/bytes.ts";

/** What the roots after `root`, as far as `newest`, make of a pseudonym under it. */
function newerOf(p: Pseudonym, root: number, newest: number): Uint8Array {
  const made: Pseudonym[] = [];
  for (let epoch = root + 1; epoch <= newest; epoch++) made.push(nextPseudonym(made.at(-1) ?? p, new Uint8Array(32).fill(epoch)));
  return concat(...made);
}

/** The lineage that begins with this pseudonym. */
export const lineage = (first: Pseudonym, newest: number): Lineage => concat(first, newerOf(first, 0, newest));

/** Holds as many roots as a test says, and is away when it says so. */
export class RootKeys implements Pick<TokenizerApi, "advance"> {
  newest = 0;
  away = false;
  asked = 0;

  async advance(rootEpoch: number, ps: readonly Pseudonym[]) {
    if (this.away) throw new Error("the tokenizer is away");
    this.asked += ps.length;
    return { rootEpoch: this.newest, newer: ps.map((p) => newerOf(p, rootEpoch, this.newest)) };
  }
}
