import type { Pseudonym } from "../../../bst/kinds.ts";
import { equalBytes } from "../../../kernel/bytes.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Transaction } from "../../../objects/database.ts";
import { firstAt } from "./figures.ts";
import { ACKNOWLEDGED_STATES } from "./model.ts";
import type { Propagated } from "./rpc.ts";
import { type Event, customersOf, eventsAbout, handledRuns, isReachable, receivedRuns, saidOf } from "./store.ts";

/** What the operator was told and said of an exclusion of these pseudonyms that was in force from then until then. */
export function propagated(database: Transaction, ps: readonly Pseudonym[], [from, until]: readonly [Instant, Instant]): Propagated {
  const about = eventsAbout(database, ps).filter(({ type }) => type !== "token.rotated");
  const told = about.filter((event) => event.at <= until && lastsInto(event, about, from));
  const [received, handled] = [firstAt(told, receivedRuns(database)), firstAt(told, handledRuns(database))];
  const meant = customersOf(database, ps).filter((customer) => customer.begunAt <= until && lastsInto(customer, about, from));
  return {
    events: told.map(({ sequence, type, at }, place) => ({ sequence, type, at, receivedAt: received[place]!, handledAt: handled[place]! })),
    acknowledged: earliest(meant.flatMap(({ sequence }) => saidOf(database, sequence))),
    reachable: isReachable(database),
  };
}

/** Whether what an event said held until then or longer: it was ended later, or not at all as far as is known. */
function lastsInto({ sequence, p }: Pick<Event, "sequence" | "p">, about: readonly Event[], from: Instant): boolean {
  const ending = about.find((event) => event.sequence >= sequence && event.type === "exclusion.ended" && equalBytes(event.p!, p!));
  return !ending || ending.at >= from;
}

/** Of each state the earliest time, in the order in which they are done. */
const earliest = (said: readonly Propagated["acknowledged"][number][]): Propagated["acknowledged"] =>
  ACKNOWLEDGED_STATES.flatMap((wanted) => {
    const [first] = said.filter(({ state }) => state === wanted).toSorted((a, b) => a.at - b.at);
    return first ? [{ state: wanted, at: first.at, saidAt: first.saidAt }] : [];
  });
