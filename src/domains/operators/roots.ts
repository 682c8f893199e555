import type { Instant, Random } from "../../kernel/clock.ts";
import type { Transaction } from "../../objects/database.ts";
import type { Epochs } from "../exclusions/roots/index.ts";
import { type Grace, moveEpoch } from "./epochs.ts";
import { currentOfOlderRoots, deleteGenerationsOfOlderRoots, readEpochsOfOlderRoots } from "./store.ts";

/** What a rotation of the root does to operators' epochs, which are read until their grace is over. */
export const epochsByRoot = (grace: Grace): Epochs => ({
  olderReadUntil,
  olderCurrent: (database, rootEpoch) => currentOfOlderRoots(database, rootEpoch).length,
  move: (transaction, rootEpoch, now, random) => move(transaction, rootEpoch, grace, now, random),
  forgetGenerations: deleteGenerationsOfOlderRoots,
});

function olderReadUntil(database: Transaction, rootEpoch: number): Instant | null {
  const epochs = readEpochsOfOlderRoots(database, rootEpoch);
  return epochs.length > 0 ? Math.max(...epochs.map(({ until }) => until ?? Infinity)) : null;
}

/** Who has no number left for an epoch stays where it was until one is free. */
function move(transaction: Transaction, rootEpoch: number, grace: Grace, now: Instant, random: Random): { moved: number; exhausted: string[] } {
  const exhausted: string[] = [];
  const older = currentOfOlderRoots(transaction, rootEpoch);
  for (const operator of older) {
    const moved = moveEpoch(transaction, { operator, rootEpoch, channel: "clock", commandId: null }, grace, now, random);
    if (!moved.ok) exhausted.push(operator);
  }
  return { moved: older.length - exhausted.length, exhausted };
}
