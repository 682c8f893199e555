import type { Instant, Random } from "../../kernel/clock.ts";
import type { ObjectDatabase } from "../../objects/database.ts";
import { takeOutOfForce } from "./force.ts";
import { recordStep } from "./record.ts";
import { next } from "./rules.ts";
import { identifiersToDrop, markDropped, nextDropOff } from "./store.ts";

/** What one run of an alarm takes on. */
const AT_ONCE = 500;

/** The task that drops what nothing confirmed. */
export const DROP_TASK = "drop-offs";

/** Drops the identifiers that were only typed and that nothing confirmed in time; the phone stays. Answers when to come again. */
export function dropIdentifiers(database: ObjectDatabase, now: Instant, random: Random): Instant | null {
  return database.transaction((transaction) => {
    for (const { exclusion, p, kind } of identifiersToDrop(transaction, now, AT_ONCE)) {
      next(exclusion.state, "identifier-dropped");
      markDropped(transaction, exclusion.id, p);
      takeOutOfForce(transaction, p, now);
      const step = { action: "exclusion.identifier-dropped", exclusion, channel: "clock", commandId: null, payload: { kind } } as const;
      recordStep(transaction, step, now, random);
    }
    return nextDropOff(transaction);
  });
}
