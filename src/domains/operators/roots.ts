import type { Instant, Random } from "../../kernel/clock.ts";
import type { Transaction } from "../../objects/database.ts";
import { setDue } from "../../objects/due.ts";
import { beginEpoch, RETIRE_TASK } from "./epochs.ts";
import { rotation } from "./rules.ts";
import { currentOfOlderRoots, deleteGenerationsOfOlderRoots, epochsOf, nextRetirement, readEpochsOfOlderRoots } from "./store.ts";

/** Until when epochs of roots before this one are read: null when none is, infinite while one is current. */
export function olderReadUntil(database: Transaction, rootEpoch: number): Instant | null {
  const epochs = readEpochsOfOlderRoots(database, rootEpoch);
  return epochs.length > 0 ? Math.max(...epochs.map(({ until }) => until ?? Infinity)) : null;
}

export const olderCurrent = (database: Transaction, rootEpoch: number): number => currentOfOlderRoots(database, rootEpoch).length;

export const forgetGenerations = deleteGenerationsOfOlderRoots;

/**
 * Moves every operator's new tokens to this root; those of its last epoch are read until `until`. Who has no number left for an epoch stays
 * where it was until one is free.
 */
export function moveToRoot(transaction: Transaction, rootEpoch: number, until: Instant, now: Instant, random: Random): { moved: number; exhausted: string[] } {
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
