import type { Instant } from "../../../kernel/clock.ts";

/** Nothing public says of a number of exclusions below this what it is (k of k-anonymity). */
const FEWEST = 10;

/** A figure, or why there is none. */
export type Cell = { count: number; status: "published" } | { count: null; status: "suppressed" | "no-data" };

/** A figure of those with one value; a county that nobody said is null. */
export type ValueCell = Cell & { value: string | null };

export interface PublishedMonth {
  month: string;
  begun: Cell;
  inForce: Cell;
  byPolicy: ValueCell[];
  byOrigin: ValueCell[];
  byCounty: ValueCell[];
}

/** An hour of all Replicas together; null where none was measured. */
export interface PublishedHour {
  hour: Instant;
  samples: number;
  p95Ms: number | null;
  worstMs: number | null;
}

export interface Published {
  asOf: Instant | null;
  months: PublishedMonth[];
  propagation: PublishedHour[];
}

export const NO_DATA: Cell = { count: null, status: "no-data" };
const SUPPRESSED: Cell = { count: null, status: "suppressed" };
const published = (count: number): Cell => ({ count, status: "published" });

export const publishTotal = (count: number, fewest: number = FEWEST): Cell => (count < fewest ? SUPPRESSED : published(count));

/**
 * What may be said of counts whose sum is known too. Counts below the fewest are suppressed, and with them every count that
 * equals the smallest of the others: what is suppressed then adds up to no less than the fewest, and whoever subtracts what
 * is published from the sum cannot tell which of the suppressed has which number, even knowing this rule, because it looks
 * at numbers alone and would say the same if any two of the suppressed were exchanged.
 */
export function publishCells(counts: readonly number[], fewest: number = FEWEST): Cell[] {
  const others = counts.filter((count) => count >= fewest);
  const suppressed = others.length < counts.length ? Math.min(...others) : fewest - 1;
  return counts.map((count) => (count <= suppressed ? SUPPRESSED : published(count)));
}

/** How many are in force, to the nearest ten: the difference of two of them tells no small number of endings. */
export const publishRounded = (count: number): Cell => publishTotal(Math.round(count / FEWEST) * FEWEST);
