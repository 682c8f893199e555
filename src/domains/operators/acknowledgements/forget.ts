import type { Transaction } from "../../../objects/database.ts";
import { endingsUpTo, forgetCustomers, forgetMarks } from "./store.ts";

/**
 * Before events up to a number leave the feed: what was said of exclusions that they ended goes with them; with a reset, of everybody before it, for whether
 * they were released meanwhile nobody told.
 */
export function forgetWith(transaction: Transaction, upTo: number): void {
  for (const { sequence, p } of endingsUpTo(transaction, upTo)) forgetCustomers(transaction, sequence, p);
  forgetMarks(transaction, upTo);
}
