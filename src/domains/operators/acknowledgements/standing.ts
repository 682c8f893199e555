import type { Instant } from "../../../kernel/clock.ts";
import type { Transaction } from "../../../objects/database.ts";
import { figuresOf, keptTerm } from "./figures.ts";
import { ACKNOWLEDGED_STATES, type AcknowledgedState, type Standing, type Terms } from "./model.ts";
import { eventsBetween, handledRuns, handledThrough, oldestKept, owingBetween, receivedRuns, saidBetween } from "./store.ts";

/** How an operator kept up with the events of a time, from the rows that are kept. `head` is the last number that was given. */
export function standing(database: Transaction, head: number, terms: Terms, [from, to]: readonly [Instant, Instant], now: Instant): Standing {
  const events = eventsBetween(database, from, to);
  const said = Map.groupBy(saidBetween(database, from, to), ({ state }) => state);
  const ofState = (state: AcknowledgedState) => {
    const delays = (said.get(state) ?? []).map(({ at, begunAt }) => at - begunAt);
    const { p99Ms: _, ...figures } = figuresOf(delays, terms[state], owingBetween(database, state, from, Math.min(to, now - terms[state])).count);
    return [state, figures] as const;
  };
  return {
    keptFrom: oldestKept(database),
    events: events.length,
    received: keptTerm(events, receivedRuns(database), terms.received, now),
    handled: { through: handledThrough(database), head, lateCount: keptTerm(events, handledRuns(database), terms.handled, now).lateCount },
    acknowledged: { byState: Object.fromEntries(ACKNOWLEDGED_STATES.map(ofState)) as Standing["acknowledged"]["byState"] },
  };
}
