import type { Pseudonym } from "../../bst/kinds.ts";
import type { Instant } from "../../kernel/clock.ts";
import type { Transaction } from "../../objects/database.ts";
import { appendChange } from "./log/store.ts";
import { cover, uncover } from "./store.ts";

/** The root every pseudonym of this register is under so far. */
export const ROOT_EPOCH = 0;

/** Brings an identifier in force for one exclusion; the log hears of it when no other had it in force. */
export function bringInForce(transaction: Transaction, p: Pseudonym, now: Instant): void {
  if (cover(transaction, p, ROOT_EPOCH)) appendChange(transaction, { type: "excluded", rootEpoch: ROOT_EPOCH, p }, now);
}

/** Takes an identifier out of force for one exclusion; the log hears of it when no other still has it in force. */
export function takeOutOfForce(transaction: Transaction, p: Pseudonym, now: Instant): void {
  if (uncover(transaction, p)) appendChange(transaction, { type: "released", rootEpoch: ROOT_EPOCH, p }, now);
}
