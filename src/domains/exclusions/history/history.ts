import type { Lineage } from "../../../bst/lineage.ts";
import type { Transaction } from "../../../objects/database.ts";
import type { HistoryEvent, HistoryStep } from "../model.ts";
import { ownOf } from "../roots/own.ts";
import { exclusionByReference, holderOf } from "../store.ts";
import { stepsOf } from "./store.ts";

/** What the audit log calls it. The rest is the register's own affair, or told of identifiers where those are shown. */
const EVENTS: Readonly<Record<string, HistoryEvent>> = {
  "exclusion.extended": "lengthened",
  "exclusion.lengthened": "lengthened",
  "exclusion.reminded": "reminded",
  "exclusion.renewed": "renewed",
  "exclusion.review-granted": "review-granted",
  "exclusion.review-refused": "review-refused",
  "exclusion.ending-asked": "ending-asked",
  "exclusion.ending-cancelled": "ending-cancelled",
  "exclusion.ending-lapsed": "ending-lapsed",
  "exclusion.ended": "ended",
  "exclusion.measure-upheld": "measure-upheld",
  "exclusion.measure-lapsed": "dismissed",
  "exclusion.dismissed": "dismissed",
  "exclusion.annulment-begun": "annulment-begun",
  "exclusion.annulment-stopped": "annulment-stopped",
  "exclusion.annulled": "annulled",
};

/** What happened to an exclusion of this phone's holder, oldest first; null when they have none of this reference. */
export function historyOf(database: Transaction, phone: Lineage, reference: string): HistoryStep[] | null {
  const exclusion = exclusionByReference(database, reference);
  if (!exclusion || exclusion.personId !== holderOf(database, ownOf(database, phone))) return null;
  const since = stepsOf(database, reference).flatMap(({ at, action, payload }) => {
    const event = EVENTS[action];
    return event ? [{ at, event, endsAt: payload.endsAt ?? null }] : [];
  });
  return [{ at: exclusion.startedAt, event: "began", endsAt: null }, ...since];
}
