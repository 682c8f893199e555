import type { Instant } from "../../../kernel/clock.ts";
import type { Transaction } from "../../../objects/database.ts";
import { ACKNOWLEDGED_STATES, type Lateness, type LatenessKind, type Terms } from "./model.ts";
import { eventsBeyond, handledThrough, owingBetween, receivedThrough } from "./store.ts";

/** How many wait that began before then, and when the first of them did. */
type Waiting = (before: Instant) => { count: number; first: Instant | null };

/** What an operator is late with, in the order in which it has to be done. */
export function overdue(database: Transaction, terms: Terms, now: Instant): Lateness[] {
  const late = (kind: LatenessKind, waiting: Waiting): Lateness[] => {
    const { count, first } = waiting(now - terms[kind]);
    return first === null ? [] : [{ kind, count, since: first + terms[kind] }];
  };
  return [
    ...late("received", (before) => eventsBeyond(database, receivedThrough(database), before)),
    ...late("handled", (before) => eventsBeyond(database, handledThrough(database) ?? 0, before)),
    ...ACKNOWLEDGED_STATES.flatMap((state) => late(state, (before) => owingBetween(database, state, 0, before))),
  ];
}
