import type { HistoryEvent } from "../model.ts";

/** What the audit log calls what happened to an exclusion. The rest is the register's own affair, or told of identifiers where those are shown. */
export const EVENTS: Readonly<Record<string, HistoryEvent>> = {
  "exclusion.registered": "began",
  "exclusion.imposed": "began",
  "exclusion.restored": "began",
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
