import type { Instant } from "../../../kernel/clock.ts";
import type { Figures } from "./model.ts";

/** Events from one number to another, and when something was so of them. */
export interface Run {
  first: number;
  last: number;
  at: Instant;
}

/** An event's number, and when it began. */
export interface Numbered {
  sequence: number;
  at: Instant;
}

/** One of sorted values by its nearest rank; null of none. */
const ranked = (sorted: readonly number[], share: number): number | null => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;

/** What these delays come to, when `waiting` more are late and have none yet. */
export function figuresOf(delays: readonly number[], term: number, waiting: number): Figures {
  const sorted = delays.toSorted((a, b) => a - b);
  const late = sorted.filter((delay) => delay > term).length;
  return { count: sorted.length, medianMs: ranked(sorted, 0.5), p99Ms: ranked(sorted, 0.99), lateCount: late + waiting };
}

/** When it was first so of each of these events, which are in the order of their numbers; null of those that no run has. */
export function firstAt(events: readonly Numbered[], runs: readonly Run[]): (Instant | null)[] {
  const at = events.map((): Instant | null => null);
  // Whose place is not settled yet, from each place on: runs go by in the order of time, and each place is settled once.
  const next = Array.from({ length: events.length + 1 }, (_, place) => place);
  const open = (place: number): number => {
    while (next[place] !== place) place = next[place] = next[next[place]!]!;
    return place;
  };
  for (const run of runs.toSorted((a, b) => a.at - b.at)) {
    for (let place = open(lowest(events, run.first)); place < events.length && events[place]!.sequence <= run.last; place = open(place)) {
      at[place] = run.at;
      next[place] = place + 1;
    }
  }
  return at;
}

/** The place of the first event with this number or a later one. */
function lowest(events: readonly Numbered[], sequence: number): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (events[middle]!.sequence < sequence) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How these events, in the order of their numbers, kept a term: by how long it took, and those that are still waited for beyond it. */
export function keptTerm(events: readonly Numbered[], runs: readonly Run[], term: number, now: Instant): Figures {
  const at = firstAt(events, runs);
  const delays = events.flatMap((event, place) => (at[place] === null ? [] : [Math.max(0, at[place]! - event.at)]));
  const waiting = events.filter((event, place) => at[place] === null && event.at + term < now).length;
  return figuresOf(delays, term, waiting);
}
