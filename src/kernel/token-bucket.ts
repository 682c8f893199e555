import { type Instant, SECOND } from "./clock.ts";

/**
 * Admits so many a second on average, and a second's worth at once. Who takes several at a time is admitted as one and
 * pays for all, so that the next wait. A clock set back fills nothing.
 */
export class TokenBucket {
  /** May be below 1, and may be changed at any time. */
  perSecond: number;
  #tokens: number;
  #filledAt: Instant = Number.NEGATIVE_INFINITY;

  constructor(perSecond: number) {
    this.perSecond = perSecond;
    this.#tokens = Math.max(1, perSecond);
  }

  /** Whether `count` more are admitted at `now`; who is not leaves the bucket as it was. */
  take(now: Instant, count = 1): boolean {
    const elapsed = Math.max(0, now - this.#filledAt);
    this.#tokens = Math.min(Math.max(1, this.perSecond), this.#tokens + (elapsed * this.perSecond) / SECOND);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= count;
    return true;
  }

  /** How many ms after the last `take` the next is admitted. */
  get wait(): number {
    return Math.max(0, ((1 - this.#tokens) * SECOND) / this.perSecond);
  }
}
