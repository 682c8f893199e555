import type { Json } from "../../kernel/canonical-json.ts";
import type { Instant, Random } from "../../kernel/clock.ts";
import type { Transaction } from "../../objects/database.ts";
import { setDue } from "../../objects/due.ts";
import { sayExtended, takeOutOfForce } from "./force.ts";
import type { Exclusion } from "./model.ts";
import { notify } from "./notify.ts";
import { NOTICES } from "./outbox.ts";
import { recordStep } from "./record.ts";
import { after, inForce, isInForce } from "./rules.ts";
import { changeExclusion, dropProvisional, identifiersOf, nextWake } from "./store.ts";
import { dropHoldings } from "./who/note.ts";

/** The task that does what happens to exclusions by itself. */
export const WAKE_TASK = "wake";

export type Move = keyof typeof NOTICES;

/** Who moved it: `clock` when it happened by itself. */
export interface Mover {
  channel: string;
  commandId: string | null;
  /** What else the audit log is told: names nobody. */
  payload?: Record<string, Json>;
}

/**
 * Carries out what an event makes of an exclusion: written, out of force where the event takes it there, told to its holder
 * and to the audit log. Answers the exclusion as it is now; throws on an event its state does not know.
 */
export function move(
  transaction: Transaction, exclusion: Exclusion, event: Move, mover: Mover, now: Instant, random: Random, set: Partial<Exclusion> = {},
): Exclusion {
  const moved = after(exclusion, event, now, set);
  changeExclusion(transaction, moved);
  const released = isInForce(moved.state) ? [] : release(transaction, moved, now);
  if (LENGTHENS.includes(event)) sayLonger(transaction, moved, now);
  setDue(transaction, WAKE_TASK, nextWake(transaction));
  notify(transaction, NOTICES[event], moved, now, random);
  const { state, policy, endsAt } = moved;
  const before = { state: exclusion.state, policy: exclusion.policy, endsAt: exclusion.endsAt };
  const payload = { state, policy, endsAt, before, ...(released.length > 0 && { identifiers: released }), ...mover.payload };
  recordStep(transaction, { action: ACTIONS[event] ?? `exclusion.${event}`, exclusion, channel: mover.channel, commandId: mover.commandId, payload }, now, random);
  return moved;
}

/** However it came to its end, or was lengthened, the log calls it that. */
const ACTIONS: Partial<Record<Move, `exclusion.${string}`>> = {
  "lengthened": "exclusion.extended", "promised-end-passed": "exclusion.ended", "ending-confirmed": "exclusion.ended",
};

/** What gives an exclusion in force a later end, or none. */
const LENGTHENS: readonly Move[] = ["lengthened", "measure-upheld"];

/** Says of everything an exclusion covers that it is lengthened. */
export function sayLonger(transaction: Transaction, { id }: Exclusion, now: Instant): void {
  for (const held of identifiersOf(transaction, id)) if (inForce(held.standing)) sayExtended(transaction, held, now);
}

/** Takes everything an exclusion covers out of force, as far as no other covers it, and drops what was kept for it; answers the kinds. */
function release(transaction: Transaction, { id, personId }: Exclusion, now: Instant): string[] {
  const released = identifiersOf(transaction, id).filter(({ standing }) => inForce(standing));
  dropProvisional(transaction, id);
  for (const identifier of released) takeOutOfForce(transaction, identifier, now);
  dropHoldings(transaction, personId);
  return released.map(({ kind }) => kind);
}
