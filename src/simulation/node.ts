import { type Instant } from "../kernel/clock.ts";
import type { RegionName } from "./rtt.ts";
import type { Schedule } from "./schedule.ts";

/** Where on the calendar true time 0 is. */
export const EPOCH: Instant = 1_800_000_000_000;

/** A machine's own clock: it was never quite right, runs a little fast or slow, and is sometimes set. */
export class NodeClock {
  readonly #schedule: Schedule;
  readonly #rate: number;
  #offset: number;

  /** `ppm`: by how many millionths it runs fast; `offset` in ms. */
  constructor(schedule: Schedule, ppm: number, offset: number) {
    this.#schedule = schedule;
    this.#rate = 1 + ppm / 1_000_000;
    this.#offset = offset;
  }

  now = (): Instant => Math.floor(EPOCH + this.#schedule.now * this.#rate + this.#offset);

  /** The true time at which it will show `instant`, unless it is set before. */
  when = (instant: Instant): number => (instant - EPOCH - this.#offset) / this.#rate;

  set(by: number): void {
    this.#offset += by;
  }
}

/** A machine: where it stands, and what it takes the time to be. */
export interface Node {
  name: string;
  region: RegionName;
  clock: NodeClock;
}
