import { DAY, type Instant } from "../../kernel/clock.ts";
import type { ObjectDatabase, Transaction } from "../../objects/database.ts";
import { setDue } from "../../objects/due.ts";
import type { FoundCheck } from "./model.ts";
import { checksSince, deleteChecksBefore, insertCheck, oldestCheck } from "./store.ts";

/** The task that drops checks when their time is over. */
export const DROP_CHECKS_TASK = "drop-checks";

const KEPT = 90 * DAY;
const SHOWN = 1_000;

/** Keeps checks that found this person, each once. */
export function keepChecks(database: ObjectDatabase, checks: readonly FoundCheck[]): void {
  database.transaction((transaction) => {
    for (const check of checks) insertCheck(transaction, check);
    scheduleDrop(transaction);
  });
}

/** Sets when checks are dropped next by what is there. */
export const scheduleDrop = (database: Transaction): void => setDue(database, DROP_CHECKS_TASK, nextDrop(database));

export const checksThatFound = (database: Transaction, now: Instant): FoundCheck[] => checksSince(database, now - KEPT, SHOWN);

/** Drops what is older than 90 days; answers when to come again. */
export function dropChecks(database: ObjectDatabase, now: Instant): Instant | null {
  deleteChecksBefore(database, now - KEPT + 1);
  return nextDrop(database);
}

function nextDrop(database: Transaction): Instant | null {
  const oldest = oldestCheck(database);
  return oldest === null ? null : oldest + KEPT;
}
