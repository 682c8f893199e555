import type { Json } from "../../kernel/canonical-json.ts";
import type { Instant, Random } from "../../kernel/clock.ts";
import type { ObjectDatabase, Transaction } from "../../objects/database.ts";
import { takeOutOfForce } from "./force.ts";
import type { Exclusion } from "./model.ts";
import { notify } from "./notify.ts";
import { recordStep } from "./record.ts";
import { inForce, next } from "./rules.ts";
import { exclusionsToEnd, identifiersOf, identifiersToDrop, markDropped, markEnded, nextDropOff, nextEnd } from "./store.ts";

/** What one run of an alarm takes on, so that a great many ends do not hold up a registration. */
const AT_ONCE = 500;

/** The tasks' names in Register's due table. */
export const END_TASK = "ends";
export const DROP_TASK = "drop-offs";

/** Ends the automatic exclusions whose promised end has come; answers when the next one ends, at once when more wait. */
export function endExclusions(database: ObjectDatabase, now: Instant, random: Random): Instant | null {
  return database.transaction((transaction) => {
    for (const exclusion of exclusionsToEnd(transaction, now, AT_ONCE)) end(transaction, exclusion, now, random);
    return nextEnd(transaction);
  });
}

function end(transaction: Transaction, exclusion: Exclusion, now: Instant, random: Random): void {
  const released = identifiersOf(transaction, exclusion.id).filter(({ standing }) => inForce(standing));
  markEnded(transaction, exclusion.id, next(exclusion.state, "promised-end-passed"), now);
  for (const { p } of released) takeOutOfForce(transaction, p, now);
  notify(transaction, "exclusion-ended", exclusion, now, random);
  const payload = { endsAt: exclusion.endsAt, identifiers: released.map(({ kind }) => kind) };
  record(transaction, "exclusion.ended", exclusion, payload, now, random);
}

/** Drops the identifiers that were only typed and that nothing confirmed in time; the phone stays. Answers as above. */
export function dropIdentifiers(database: ObjectDatabase, now: Instant, random: Random): Instant | null {
  return database.transaction((transaction) => {
    for (const { exclusion, p, kind } of identifiersToDrop(transaction, now, AT_ONCE)) {
      next(exclusion.state, "identifier-dropped");
      markDropped(transaction, exclusion.id, p);
      takeOutOfForce(transaction, p, now);
      record(transaction, "exclusion.identifier-dropped", exclusion, { kind }, now, random);
    }
    return nextDropOff(transaction);
  });
}

const record = (
  transaction: Transaction, action: `exclusion.${string}`, exclusion: Exclusion, payload: Record<string, Json>, now: Instant, random: Random,
): void =>
  recordStep(transaction, { action, exclusion, channel: "clock", commandId: null, payload }, now, random);
