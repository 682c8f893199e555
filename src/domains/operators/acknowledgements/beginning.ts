import type { Pseudonym } from "../../../bst/kinds.ts";
import type { Transaction } from "../../../objects/database.ts";
import { type Customer, customerOf, newestAbout } from "./store.ts";

/** The event that began the exclusion somebody is in. */
export type Beginning = Omit<Customer, "owing">;

/**
 * What began the exclusion of whoever has one of these pseudonyms, also where that left the feed since and something was said of them before. Null of who is
 * not excluded as far as the feed goes: of them nothing may be kept.
 */
export function beginningOf(database: Transaction, ps: readonly Pseudonym[]): Beginning | null {
  const newest = newestAbout(database, ps);
  if (newest) return newest.type === "exclusion.ended" ? null : { sequence: newest.sequence, begunAt: newest.at, rootEpoch: newest.rootEpoch!, p: newest.p! };
  const known = customerOf(database, ps);
  if (!known) return null;
  const { owing: _, ...begun } = known;
  return begun;
}
