import { DAY, type Instant, MINUTE, SECOND } from "../../../kernel/clock.ts";

/** What an operator can say that it did about somebody's exclusion. A 2xx, or a pull, is receipt and none of these. */
export const ACKNOWLEDGED_STATES = ["session_ended", "account_closed", "marketing_removed", "balance_returned"] as const;
export type AcknowledgedState = (typeof ACKNOWLEDGED_STATES)[number];

/** What an operator can be late with: receiving an event, working through it, and each thing to be done for a customer. */
export const LATENESS_KINDS = ["received", "handled", ...ACKNOWLEDGED_STATES] as const;
export type LatenessKind = (typeof LATENESS_KINDS)[number];

/** How long each may take from the event's time on, in milliseconds. */
export type Terms = Readonly<Record<LatenessKind, number>>;

/** What holds unless configuration says otherwise. */
export const USUAL_TERMS: Terms = {
  received: 30 * SECOND,
  handled: 5 * MINUTE,
  session_ended: 5 * MINUTE,
  account_closed: DAY,
  marketing_removed: DAY,
  balance_returned: 7 * DAY,
};

/** What an operator is late with at a moment. */
export interface Lateness {
  kind: LatenessKind;
  /** Events, or customers, of whom it is late. */
  count: number;
  /** When the first of them became late. */
  since: Instant;
}

/** How long something took, of what is known: null where nothing is. Each figure is a row's own (nearest rank). */
export interface Figures {
  count: number;
  medianMs: number | null;
  p99Ms: number | null;
  /** Those that took longer than the term, and those that are still waited for beyond it. */
  lateCount: number;
}

/** How an operator kept up with the events of a time, from the rows its feed still holds. */
export interface Standing {
  /** From when on the feed holds every event; null while it has none. What lies before is no data. */
  keptFrom: Instant | null;
  /** Events that began within it. */
  events: number;
  received: Figures;
  handled: { through: number | null; head: number; lateCount: number };
  acknowledged: { byState: Record<AcknowledgedState, Omit<Figures, "p99Ms">> };
}
