import type { Pseudonym } from "../../../bst/kinds.ts";
import { type Lineage, underRoot } from "../../../bst/lineage.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Transaction } from "../../../objects/database.ts";
import { appendChange } from "../log/store.ts";
import { isKept } from "./kept/store.ts";
import { deletePair, insertPair, isCovered, newestRotation, type Pair, type Rotation } from "./store.ts";

/** Puts the new root's pseudonym beside the old one's: who is excluded under that is from now on under both. */
export function putPair(transaction: Transaction, { to }: Rotation, pair: Pair, now: Instant): void {
  if (!insertPair(transaction, pair)) return;
  if (isCovered(transaction, pair.p)) appendChange(transaction, { type: "excluded", rootEpoch: to, p: pair.next, news: "none" }, now);
}

/** Forgets the pairs of those of whom Register keeps nothing. */
export function dropPairs(transaction: Transaction, ps: readonly Pseudonym[]): void {
  for (const p of ps) if (!isKept(transaction, p)) deletePair(transaction, p);
}

/**
 * Does what is done to these identifiers while two roots are in use: their pairs stand before it, and of whom nothing is kept after it they
 * go. Register's own turn makes all of it one: nothing is awaited.
 */
export function withPairs<Answer>(transaction: Transaction, lineages: readonly Lineage[], now: Instant, verb: () => Answer): Answer {
  const rotation = newestRotation(transaction);
  const { state, from, to } = rotation;
  if (state !== "advancing" && state !== "overlapping") return verb();
  const pairs = lineages.map((lineage) => ({ p: underRoot(lineage, from)!, next: underRoot(lineage, to)! }));
  for (const pair of pairs) putPair(transaction, rotation, pair, now);
  try {
    return verb();
  } finally {
    dropPairs(transaction, pairs.map(({ p }) => p));
  }
}
