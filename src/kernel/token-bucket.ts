import { type Instant, SECOND } from "./clock.ts";

/** Admits so many a second on average, and as many at once. A clock set back fills nothing. */
export class TokenBucket {
  readonly #perSecond: number;
  #tokens: number;
  #filledAt: Instant = Number.NEGATIVE_INFINITY;

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
    this.#tokens = perSecond;
  }

  /** Whether one more is admitted at `now`; who is not leaves the bucket as it was. */
  take(now: Instant): boolean {
    const elapsed = Math.max(0, now - this.#filledAt);
    this.#tokens = Math.min(this.#perSecond, this.#tokens + (elapsed * this.#perSecond) / SECOND);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }
}
