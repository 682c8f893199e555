import type { Instant, Random } from "../../kernel/clock.ts";
import type { Transaction } from "../../objects/database.ts";
import { setDue } from "../../objects/due.ts";
import { beginEpoch, RETIRE_TASK } from "./epochs.ts";
import { rotation } from "./rules.ts";
import { currentOfOlderRoots, deleteGenerationsOfOlderRoots, epochsOf, isOlderRootRead, nextRetirement } from "./store.ts";

/** Whether an epoch of an older root is current or in grace. */
export const isOlderRead = isOlderRootRead;

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
