import type { Delivery } from "../exclusions/outbox.ts";
import type { RegisterApi } from "../exclusions/rpc.ts";
import type { PersonApi } from "../users/rpc.ts";

const AT_ONCE = 100;

/** One run makes a call for each delivery, and the platform allows an invocation 1,000; a longer backlog waits a minute. */
const PAGES = 8;

export interface DeliverParts {
  register: Pick<RegisterApi, "undelivered" | "delivered">;
  person: (personId: string) => Pick<PersonApi, "accept">;
  /** Hears of each delivery that was not accepted; it stays with Register and is tried again. */
  report: (error: unknown) => void;
}

/**
 * Carries Register's outbox to the vaults: people beside each other, each one's deliveries in order. Register knows
 * which were accepted only when this ends; one carried twice changes nothing.
 */
export async function deliverOutbox(parts: DeliverParts): Promise<void> {
  for (let page = 0; page < PAGES; page++) {
    if ((await deliverPage(parts)) < AT_ONCE) return;
  }
}

/** Carries what Register lends at once, and answers how much that was. */
async function deliverPage({ register, person, report }: DeliverParts): Promise<number> {
  const deliveries = await register.undelivered(AT_ONCE);
  const byPerson = Map.groupBy(deliveries, ({ personId }) => personId);
  const carried = await Promise.all([...byPerson].map(([personId, rows]) => carry(person(personId), rows, report)));
  const ids = carried.flat();
  if (ids.length > 0) await register.delivered(ids);
  return deliveries.length;
}

/** The ids of those accepted. One that fails does not keep the later ones: the vault copes with any order. */
async function carry(person: Pick<PersonApi, "accept">, deliveries: readonly Delivery[], report: DeliverParts["report"]): Promise<string[]> {
  const accepted: string[] = [];
  for (const delivery of deliveries) {
    try {
      await person.accept(delivery);
      accepted.push(delivery.id);
    } catch (error) {
      report(error);
    }
  }
  return accepted;
}
