import type { Instant } from "../../../kernel/clock.ts";

/** What is counted: things that happen to an exclusion, each once, on the day in Nairobi on which Register did it. */
export const FIGURES = [
  "begun", "lengthened", "renewed", "ending-asked", "ending-kept", "ending-lapsed", "ended", "annulled", "dismissed",
] as const;
export type Figure = (typeof FIGURES)[number];

/** By what they are counted; `all` is everything at once. */
export const DIMENSIONS = ["all", "policy", "origin", "county", "channel"] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** How long people take: from the promised end to the first act, and from it to the second, or to changing their mind. */
export const WAITS = ["end-to-asked", "asked-to-ended", "asked-to-kept"] as const;
export type Wait = (typeof WAITS)[number];

/** How many, on a day, of those with a value in a dimension. What `all` has, and a county nobody said, is the empty text. */
export interface Count {
  day: string;
  figure: Figure;
  dimension: Dimension;
  value: string;
  count: number;
}

/** By how many more, or fewer, are in force at the end of a day than at its beginning. */
export interface Shift {
  day: string;
  policy: string;
  origin: string;
  change: number;
}

/** How many took so many full hours, of those who were done with it on a day. */
export interface Waited {
  day: string;
  wait: Wait;
  hours: number;
  count: number;
}

export interface DayFigures {
  counts: Count[];
  shifts: Shift[];
  waited: Waited[];
}

/** How far the figures are with the office's copy of Register. */
export interface Counted {
  version: number;
  /** The beginning of the copy that was counted. */
  generation: number;
  /** The last change whose day was counted. */
  position: number;
  /** The first day that is still to be counted anew; null when none is. */
  recountFrom: string | null;
  /** Everything Register had done by then is counted; null before that was ever so. */
  asOf: Instant | null;
}

/** How old a Replica's copy was, in ms by minute of an hour: null where it did not answer; a minute that is not there was not asked. */
export type Minutes = Readonly<Record<string, number | null>>;

/** What an hour's samples come to; null of none. */
export interface Staleness {
  samples: number;
  medianMs: number | null;
  p95Ms: number | null;
  worstMs: number | null;
}
