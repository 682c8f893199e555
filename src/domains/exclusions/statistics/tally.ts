import type { Happening } from "./history.ts";
import { type Count, type DayFigures, type Dimension, DIMENSIONS, type Shift, type Waited } from "./model.ts";

/** What an exclusion is for good. */
export interface Subject {
  origin: string;
  county: string | null;
}

type Row = { count: number } | { change: number };

/** One day's figures, gathered change by change. */
export class Tally {
  readonly #day: string;
  readonly #counts = new Map<string, Count>();
  readonly #shifts = new Map<string, Shift>();
  readonly #waited = new Map<string, Waited>();

  constructor(day: string) {
    this.#day = day;
  }

  add({ origin, county }: Subject, { figures, policy, channel, shifts, waits }: Happening): void {
    const day = this.#day;
    const values: Record<Dimension, string> = { all: "", policy, origin, county: county ?? "", channel };
    for (const figure of figures) {
      for (const dimension of DIMENSIONS) {
        const value = values[dimension];
        row(this.#counts, `${figure} ${dimension} ${value}`, { day, figure, dimension, value, count: 0 }).count++;
      }
    }
    for (const shift of shifts) row(this.#shifts, `${shift.policy} ${origin}`, { day, policy: shift.policy, origin, change: 0 }).change += shift.change;
    for (const waited of waits) row(this.#waited, `${waited.wait} ${waited.hours}`, { day, ...waited, count: 0 }).count++;
  }

  figures(): DayFigures {
    const shifts = [...this.#shifts.values()].filter(({ change }) => change !== 0);
    return { counts: [...this.#counts.values()], shifts, waited: [...this.#waited.values()] };
  }
}

function row<Kept extends Row>(rows: Map<string, Kept>, key: string, fresh: Kept): Kept {
  const kept = rows.get(key) ?? fresh;
  rows.set(key, kept);
  return kept;
}
