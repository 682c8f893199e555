import type { Lineage } from "../../../bst/lineage.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Transaction } from "../../../objects/database.ts";
import type { Receipt } from "../model.ts";
import { ownOf } from "../roots/own.ts";
import { receiptOf } from "../rules.ts";
import { exclusionByReference, identifiersOf, referencesStating } from "../store.ts";

const REFERENCES_AT_ONCE = 100;

/** Newest first, in force or over; empty when nobody ever stated the identifier. */
export const statedIn = (database: Transaction, p: Lineage): string[] =>
  referencesStating(database, ownOf(database, p), REFERENCES_AT_ONCE);

/** Null when no exclusion has the reference. */
export function byReference(database: Transaction, reference: string, now: Instant): { personId: string; receipt: Receipt } | null {
  const exclusion = exclusionByReference(database, reference);
  return exclusion && { personId: exclusion.personId, receipt: receiptOf(exclusion, identifiersOf(database, exclusion.id), now) };
}
