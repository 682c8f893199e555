import type { Instant } from "../kernel/clock.ts";

/** No `clear` is ever answered from data older than this. */
export const STALENESS_BOUND_MS = 5_000;

/** `excluded` may still be answered this long after the bound: an exclusion rarely ends, and refusing it helps nobody. */
export const EXCLUDED_GRACE_MS = 60_000;

/** What two clocks of one data centre may differ in rate, and what a timer may be late. */
const GUARD_MS = 100;
const GUARD_RATE = 0.001;

/** A clock that departs further than this from Register's between two polls has been set, and is not believed. */
const CLOCK_STEP_MS = 250;
const POLLS_AFTER_STEP = 2;

/**
 * One complete poll: the copy asked held everything up to Register's time `t` when, `age` ms before it answered, it
 * sent its own poll; the holder sent this one at `sentAt` of its own clock. Counting from the sending, never from the
 * receipt, is what makes the bound hold without comparing two machines' clocks.
 */
export interface Reading {
  t: Instant;
  age: number;
  sentAt: Instant;
}

/**
 * How old a copy of the log is at most. All times are handed in; the lease belongs to one holder, and its `sentAt` and
 * `now` come from that holder's clock alone.
 */
export class Lease {
  #reading: Reading | null = null;
  #latest: Instant = Number.NEGATIVE_INFINITY;
  #pollsWanted = 0;
  #through = "";

  /** When the newest poll that counted was sent; null before the first. */
  get sentAt(): Instant | null {
    return this.#reading && this.#reading.sentAt;
  }

  /** Register's time up to which the copy was complete at the newest poll; null before the first. */
  get t(): Instant | null {
    return this.#reading && this.#reading.t;
  }

  /** The same as RFC 3339 has it; empty before the first. Written once a poll, because every answer carries it. */
  get through(): string {
    return this.#through;
  }

  /**
   * Takes a complete poll. One that was overtaken by a newer one adds nothing. Answers false when it showed that a
   * clock was set: two more polls have to agree before the copy counts again.
   */
  renew(reading: Reading): boolean {
    const last = this.#reading;
    const own = last ? reading.sentAt - last.sentAt : 0;
    const registers = last ? reading.t + reading.age - (last.t + last.age) : 0;
    const steady = Math.abs(own - registers) <= CLOCK_STEP_MS;
    if (last && steady && own < 0) return true;
    this.#pollsWanted = steady ? Math.max(0, this.#pollsWanted - 1) : POLLS_AFTER_STEP;
    this.#reading = reading;
    this.#through = new Date(reading.t).toISOString();
    return steady;
  }

  /** Gives up everything known, as when the copy was found to be of another log. */
  drop(): void {
    this.#reading = null;
    this.#pollsWanted = 0;
  }

  /** The copy's greatest possible age at `now`, in whole ms; null when nothing is known or the clock is not believed. */
  staleness(now: Instant): number | null {
    if (this.#reading && now < Math.max(this.#latest, this.#reading.sentAt)) this.#pollsWanted = POLLS_AFTER_STEP;
    this.#latest = now;
    if (!this.#reading || this.#pollsWanted > 0) return null;
    const interval = now - this.#reading.sentAt + this.#reading.age;
    return interval + GUARD_MS + Math.ceil(interval * GUARD_RATE);
  }
}

/** What may be answered from a copy of this greatest age: everything, only `excluded`, or nothing. */
export function answerable(staleness: number | null): "everything" | "excluded" | "nothing" {
  if (staleness === null || staleness > STALENESS_BOUND_MS + EXCLUDED_GRACE_MS) return "nothing";
  return staleness > STALENESS_BOUND_MS ? "excluded" : "everything";
}
