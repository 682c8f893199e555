import type { Instant, Random } from "../../kernel/clock.ts";
import type { ObjectDatabase, Transaction } from "../../objects/database.ts";
import { takeOutOfForce } from "./force.ts";
import type { Exclusion } from "./model.ts";
import type { Mover } from "./move.ts";
import { recordStep } from "./record.ts";
import { type Held, inForce, next } from "./rules.ts";
import { identifiersToDrop, markDropped, nextDropOff } from "./store.ts";

/** What one run of an alarm takes on. */
const AT_ONCE = 500;

/** The task that drops what nothing confirmed. */
export const DROP_TASK = "drop-offs";

/** Drops the identifiers that were only typed and that nothing confirmed in time; the phone stays. Answers when to come again. */
export function dropIdentifiers(database: ObjectDatabase, now: Instant, random: Random): Instant | null {
  return database.transaction((transaction) => {
    for (const due of identifiersToDrop(transaction, now, AT_ONCE)) drop(transaction, due, { channel: "clock", commandId: null }, now, random);
    return nextDropOff(transaction);
  });
}

/** Takes an identifier out of an exclusion for good. Its holder is told nothing: it looks as it did until its provisional time is over. */
export function drop(
  transaction: Transaction, { exclusion, p, kind, standing }: Pick<Held, "p" | "kind" | "standing"> & { exclusion: Exclusion }, mover: Mover, now: Instant, random: Random,
): void {
  next(exclusion.state, "identifier-dropped");
  markDropped(transaction, exclusion.id, p);
  if (inForce(standing)) takeOutOfForce(transaction, { p, kind }, now);
  const { channel, commandId } = mover;
  recordStep(transaction, { action: "exclusion.identifier-dropped", exclusion, channel, commandId, payload: { kind, ...mover.payload } }, now, random);
}
