import type { Instant, Random } from "../../kernel/clock.ts";
import type { Transaction } from "../../objects/database.ts";
import { setDue } from "../../objects/due.ts";
import type { Epochs } from "../exclusions/roots/index.ts";
import { beginEpoch, RETIRE_TASK } from "./epochs.ts";
import { rotation } from "./rules.ts";
import { currentOfOlderRoots, deleteGenerationsOfOlderRoots, epochsOf, nextRetirement, readEpochsOfOlderRoots } from "./store.ts";

/** What a rotation of the root does to operators' epochs, which are read for `graceMs` after they moved on. */
export const epochsByRoot = (graceMs: number): Epochs => ({
  olderReadUntil,
  olderCurrent: (database, rootEpoch) => currentOfOlderRoots(database, rootEpoch).length,
  move: (transaction, rootEpoch, now, random) => move(transaction, rootEpoch, now + graceMs, now, random),
  forgetGenerations: deleteGenerationsOfOlderRoots,
});

function olderReadUntil(database: Transaction, rootEpoch: number): Instant | null {
  const epochs = readEpochsOfOlderRoots(database, rootEpoch);
  return epochs.length > 0 ? Math.max(...epochs.map(({ until }) => until ?? Infinity)) : null;
}

/** Who has no number left for an epoch stays where it was until one is free. */
function move(transaction: Transaction, rootEpoch: number, until: Instant, now: Instant, random: Random): { moved: number; exhausted: string[] } {
  const exhausted: string[] = [];
  const older = currentOfOlderRoots(transaction, rootEpoch);
  for (const operator of older) {
    const plan = rotation(epochsOf(transaction, operator), undefined, rootEpoch, until);
    if (plan.ok) beginEpoch(transaction, plan, { channel: "clock", commandId: null }, now, random);
    else exhausted.push(operator);
  }
  setDue(transaction, RETIRE_TASK, nextRetirement(transaction));
  return { moved: older.length - exhausted.length, exhausted };
}
