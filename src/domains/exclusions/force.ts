import type { Kind, Pseudonym } from "../../bst/kinds.ts";
import type { News } from "../../check/feed.ts";
import type { Instant } from "../../kernel/clock.ts";
import type { Transaction } from "../../objects/database.ts";
import { appendChange } from "./log/store.ts";
import { keptRoot, type Name, namesOf } from "./roots/own.ts";
import { isSalvaged } from "./roots/store.ts";
import { cover, uncover } from "./store.ts";

/** An identifier whose force changes. Without a kind it is nobody's, and no operator is told of it. */
export interface Forced {
  p: Pseudonym;
  kind: Kind | null;
}

/** Brings an identifier in force for one exclusion; the log hears of it, under each root in use, when no other had it in force. */
export function bringInForce(transaction: Transaction, { p, kind }: Forced, now: Instant): void {
  bringInForceAs(transaction, { rootEpoch: keptRoot(transaction, p), p, kind }, namesOf(transaction, p), now);
}

/** As `bringInForce`, under these names: one that a Replica said only under the new root has no other. */
export function bringInForceAs(transaction: Transaction, { rootEpoch, p, kind }: Forced & Name, names: readonly Name[], now: Instant): void {
  if (cover(transaction, p, rootEpoch)) append(transaction, "excluded", names, kind, now);
}

/** Says of an identifier in force that an exclusion which covers it was lengthened. */
export const sayExtended = (transaction: Transaction, { p, kind }: Forced, now: Instant): void =>
  append(transaction, "excluded", namesOf(transaction, p), kind, now, "extended");

/** Takes an identifier out of force for one exclusion; the log hears of it, under each root in use, when no other still has it in force. */
export function takeOutOfForce(transaction: Transaction, { p, kind }: Forced, now: Instant): void {
  const names = namesOf(transaction, p);
  if (!uncover(transaction, p)) return;
  // Of whom a Replica alone said it under the new root, nobody but an officer says that it is over.
  append(transaction, "released", names.filter((name) => !isSalvaged(transaction, name.p)), kind, now);
}

/** Of one person's names the first is news: from the oldest root in use there is a way to each newer one, and none back. */
function append(transaction: Transaction, type: "excluded" | "released", names: readonly Name[], kind: Kind | null, now: Instant, news?: News): void {
  names.forEach((name, at) => {
    const told = kind === null || at > 0 ? "none" : news;
    appendChange(transaction, { type, ...name, ...(kind && { kind }), ...(told && { news: told }) }, now);
  });
}
