import type { Transaction } from "../../../objects/database.ts";
import { endingsUpTo, forgetCustomers, forgetMarks, forgetOlderRoots, newestRootUpTo } from "./store.ts";

/**
 * Before events up to a number leave the feed: what was said of exclusions that they ended goes with them; with a reset, of everybody before it, for whether
 * they were released meanwhile nobody told; and 30 days after the root was rotated, of whoever is called by an older one, for the new one's releases do not name them.
 */
export function forgetWith(transaction: Transaction, upTo: number): void {
  for (const { sequence, p } of endingsUpTo(transaction, upTo)) forgetCustomers(transaction, sequence, p);
  const root = newestRootUpTo(transaction, upTo);
  if (root !== null) forgetOlderRoots(transaction, root);
  forgetMarks(transaction, upTo);
}
