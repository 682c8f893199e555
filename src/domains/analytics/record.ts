import { PURPOSES } from "../../check/question.ts";
import { DAY, HOUR, type Instant } from "../../kernel/clock.ts";
import { startOfDay } from "../../kernel/periods.ts";
import type { ObjectDatabase, Transaction } from "../../objects/database.ts";
import { setDueOnce } from "../../objects/due.ts";
import { dueAt, ENTER_TASK } from "./enter.ts";
import type { CountedBatch } from "./model.ts";
import { hear } from "./rules.ts";
import { addAnswers, addDropped, addKeyAnswers, addSpent, forgetBefore, heardOf, insertCount, writeHeard } from "./store.ts";

/** The task that forgets what is older than 90 days. */
export const FORGET_TASK = "forget";

const KEPT = 90 * DAY;
const FORGOTTEN_AT_ONCE = 10_000;

/** Takes a batch once, however often it comes, and however late; false when it was taken before. */
export function record(database: ObjectDatabase, batch: CountedBatch, sentAt: Instant, now: Instant): boolean {
  return database.transaction((transaction) => {
    const heard = hear(heardOf(transaction, batch.isolate), batch.batch, now);
    if (!heard) return false;
    writeHeard(transaction, batch.isolate, heard, now);
    count(transaction, batch, sentAt);
    if (batch.clear.length > 0) setDueOnce(transaction, ENTER_TASK, dueAt(Math.min(...batch.clear.map(({ minute }) => minute)), now));
    setDueOnce(transaction, FORGET_TASK, now + DAY);
    return true;
  });
}

function count(transaction: Transaction, { isolate, batch, clear, found, dropped, spent }: CountedBatch, sentAt: Instant): void {
  for (const one of clear) {
    insertCount(transaction, one, isolate, batch);
    addAnswers(transaction, { hour: hourOf(one.minute), purpose: one.purpose, clear: one.count, found: 0 });
  }
  for (const { count, ...place } of found) addAnswers(transaction, { ...place, clear: 0, found: count });
  if (dropped > 0) addDropped(transaction, hourOf(sentAt), dropped);
  const day = startOfDay(sentAt);
  for (const { keyId, checks, clear = {}, excluded = {} } of spent) {
    addSpent(transaction, { day, keyId, checks });
    for (const purpose of PURPOSES) {
      const answers = { clear: clear[purpose] ?? 0, found: excluded[purpose] ?? 0 };
      if (answers.clear + answers.found > 0) addKeyAnswers(transaction, { keyId, day, purpose, ...answers });
    }
  }
}

const hourOf = (at: Instant): Instant => at - (at % HOUR);

/** Forgets what is older than 90 days; answers when to come again, at once when there is more. */
export function forget(database: ObjectDatabase, now: Instant): Instant {
  return database.transaction((transaction) => (forgetBefore(transaction, now - KEPT, FORGOTTEN_AT_ONCE) ? now : now + DAY));
}
