import type { Pseudonym } from "../../bst/kinds.ts";
import type { Instant } from "../../kernel/clock.ts";
import type { Transaction } from "../../objects/database.ts";
import { appendChange } from "./log/store.ts";
import { keptRoot, type Name, namesOf } from "./roots/own.ts";
import { isSalvaged } from "./roots/store.ts";
import { cover, uncover } from "./store.ts";

/** Brings an identifier in force for one exclusion; the log hears of it, under each root in use, when no other had it in force. */
export function bringInForce(transaction: Transaction, p: Pseudonym, now: Instant): void {
  bringInForceAs(transaction, { rootEpoch: keptRoot(transaction, p), p }, namesOf(transaction, p), now);
}

/** As `bringInForce`, under these names: one that a Replica said only under the new root has no other. */
export function bringInForceAs(transaction: Transaction, { rootEpoch, p }: Name, names: readonly Name[], now: Instant): void {
  if (!cover(transaction, p, rootEpoch)) return;
  for (const name of names) appendChange(transaction, { type: "excluded", ...name }, now);
}

/** Takes an identifier out of force for one exclusion; the log hears of it, under each root in use, when no other still has it in force. */
export function takeOutOfForce(transaction: Transaction, p: Pseudonym, now: Instant): void {
  const names = namesOf(transaction, p);
  if (!uncover(transaction, p)) return;
  // Of whom a Replica alone said it under the new root, nobody but an officer says that it is over.
  const ended = names.filter((name) => !isSalvaged(transaction, name.p));
  for (const name of ended) appendChange(transaction, { type: "released", ...name }, now);
}
