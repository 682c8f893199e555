import { type Instant, MINUTE } from "../../kernel/clock.ts";

/** After the first attempt a notice is tried again this often, then it has failed. */
const RETRIES = 3;

/**
 * When to try again if the attempt that begins now does not succeed: 1, 2, 4 minutes later. The last attempt is looked
 * at once more, for the case that the object stopped before it could write down how it went.
 */
export const retryAt = (attempt: number, now: Instant): Instant =>
  now + (attempt > RETRIES ? 1 : 2 ** (attempt - 1)) * MINUTE;

/** Whether so many attempts are all there are. */
export const isSpent = (attempts: number): boolean => attempts > RETRIES;
