import { DAY, HOUR, type Instant } from "../../../kernel/clock.ts";
import { dayAfter, dayStart, nairobiDay } from "../../../kernel/periods.ts";
import type { ObjectDatabase } from "../../../objects/database.ts";
import { forgetWith } from "../acknowledgements/forget.ts";
import { forgetDeliveries } from "./endpoints/store.ts";
import { computeDigest, firstDay } from "./read.ts";
import { deleteEvents, insertDigest, lastBefore, type Position, readPosition, writePosition } from "./store.ts";

/** The task that closes days and forgets what is old. */
export const KEEP_TASK = "keep";

/** So long an event is kept. */
const KEPT_DAYS = 30;
const FORGOTTEN_AT_ONCE = 5_000;

/** Keeps the digest of each day that is over, and forgets the events of before 30 days; answers when to come again. */
export function keepFeed(database: ObjectDatabase, now: Instant): Instant {
  return database.transaction((transaction) => {
    const at = readPosition(database);
    if (!at) return now + HOUR;
    closeDays(database, at);
    forgetDeliveries(transaction, now - KEPT_DAYS * DAY);
    const upTo = lastBefore(database, dayStart(nairobiDay(Math.min(now, at.t) - KEPT_DAYS * DAY).date), FORGOTTEN_AT_ONCE);
    if (upTo === 0) return now + HOUR;
    forgetWith(transaction, upTo);
    deleteEvents(transaction, upTo);
    writePosition(transaction, { ...at, from: upTo + 1 });
    return now;
  });
}

/** Every day before the one that has been read up to now, from the first that has no digest. */
function closeDays(database: ObjectDatabase, at: Position): void {
  const today = nairobiDay(at.t).date;
  for (let day = firstDay(database, at); day < today; day = dayAfter(day, 1)) {
    const { complete: _, ...digest } = computeDigest(database, day);
    insertDigest(database, digest);
  }
}
