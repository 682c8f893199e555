import { type Instant, MINUTE } from "../../kernel/clock.ts";

/** After the first attempt a notice is tried again this often, then it has failed. */
const RETRIES = 3;

/**
 * When to look again at a notice whose attempt begins now: 1, 2, 4 minutes later to try once more, and a minute after the
 * last attempt to see whether it failed, for the object may stop before it can write that down.
 */
export const retryAt = (attempt: number, now: Instant): Instant =>
  now + (attempt > RETRIES ? 1 : 2 ** (attempt - 1)) * MINUTE;

/** Whether so many attempts are all there are. */
export const isSpent = (attempts: number): boolean => attempts > RETRIES;
