import type { Instant } from "../kernel/clock.ts";

/** No `clear` is ever answered from data older than this. */
export const STALENESS_BOUND_MS = 5_000;

/** `excluded` may still be answered this long after the bound: an exclusion rarely ends, and refusing it helps nobody. */
export const EXCLUDED_GRACE_MS = 60_000;

/** What two clocks of one data centre may differ in rate, and what a timer may be late. */
const GUARD_MS = 100;
const GUARD_RATE = 0.001;

/**
 * A clock that departs further than this from Register's has been set, and is not believed. Less may be the copy's own
 * poll, in which Register's time was read somewhere between the sending, which `age` counts from, and the answer.
 */
const CLOCK_STEP_MS = 250;
const POLLS_AFTER_STEP = 2;

/**
 * One complete poll: the copy asked held everything up to Register's time `t` when, `age` ms before it answered, it
 * sent its own poll; the holder sent this one at `sentAt` of its own clock and had the answer at `receivedAt`. Counting
 * from the sending, never from the receipt, is what makes the bound hold without comparing two machines' clocks; the
 * receipt only tells a slow answer from a clock that was set.
 */
export interface Reading {
  t: Instant;
  age: number;
  sentAt: Instant;
  receivedAt: Instant;
}

/** How far the holder's clock is ahead of Register's: at least `from`, at most `to`. */
interface Offset {
  from: number;
  to: number;
}

/** The copy answered, `age` after `t`, some time between the sending and the receipt. */
const offsetOf = ({ t, age, sentAt, receivedAt }: Reading): Offset => ({ from: sentAt - t - age, to: receivedAt - t - age });

/**
 * How old a copy of the log is at most. All times are handed in; the lease belongs to one holder, and its `sentAt` and
 * `now` come from that holder's clock alone.
 */
export class Lease {
  #reading: Reading | null = null;
  /** What all polls since the clock was last doubted agree on. */
  #offset: Offset | null = null;
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
    const [forward, agreed] = [this.#observe(reading.receivedAt), this.#agrees(reading)];
    const steady = forward && agreed;
    if (steady && this.#reading && reading.sentAt < this.#reading.sentAt) return true;
    this.#pollsWanted = steady ? Math.max(0, this.#pollsWanted - 1) : POLLS_AFTER_STEP;
    this.#reading = reading;
    this.#through = new Date(reading.t).toISOString();
    return steady;
  }

  /**
   * Compares the clock with Register's. Slow answers say little about it and quick ones much, so what is known narrows
   * with each poll, and a slow one cannot hide a step from the next quick one.
   */
  #agrees(reading: Reading): boolean {
    const known = this.#offset;
    const now = offsetOf(reading);
    this.#offset = now;
    if (now.to < now.from) return false;
    if (!known) return true;
    const { t, age } = this.#reading!;
    const drift = Math.abs(reading.t + reading.age - t - age) * GUARD_RATE;
    const [from, to] = [Math.max(now.from, known.from - drift), Math.min(now.to, known.to + drift)];
    if (from - to > CLOCK_STEP_MS) return false;
    this.#offset = { from: Math.min(from, to), to: Math.max(from, to) };
    return true;
  }

  /** Whether the clock went on; one that shows less than it did before was set back, and is doubted. */
  #observe(now: Instant): boolean {
    const forward = !this.#reading || now >= Math.max(this.#latest, this.#reading.sentAt);
    if (!forward) this.#pollsWanted = POLLS_AFTER_STEP;
    this.#latest = now;
    return forward;
  }

  /** One more poll has to agree: nobody watched the clock, or a timer that came too soon by it says that it was set back. */
  lapse(): void {
    this.#pollsWanted = Math.max(1, this.#pollsWanted);
  }

  /** Gives up everything known, as when the copy was found to be of another log. */
  drop(): void {
    this.#reading = null;
    this.#offset = null;
    this.#pollsWanted = 0;
  }

  /** The copy's greatest possible age at `now`, in whole ms; null when nothing is known or the clock is not believed. */
  staleness(now: Instant): number | null {
    this.#observe(now);
    if (!this.#reading || this.#pollsWanted > 0) return null;
    const interval = now - this.#reading.sentAt + this.#reading.age;
    return interval + GUARD_MS + Math.ceil(interval * GUARD_RATE);
  }
}

/** A greatest age, `elapsed` ms later. */
export const grown = (staleness: number, elapsed: number): number => staleness + elapsed + Math.ceil(elapsed * GUARD_RATE);

/** What may be answered from a copy of this greatest age: everything, only `excluded`, or nothing. */
export function answerable(staleness: number | null): "everything" | "excluded" | "nothing" {
  if (staleness === null || staleness > STALENESS_BOUND_MS + EXCLUDED_GRACE_MS) return "nothing";
  return staleness > STALENESS_BOUND_MS ? "excluded" : "everything";
}
