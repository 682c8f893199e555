import { mix } from "./draw.ts";
import type { Schedule } from "./schedule.ts";

/** What happened, as a number that any difference changes; as lines too, when somebody wants to read them. */
export class Trace {
  readonly lines: string[] = [];
  /** How often each thing that is to be seen at least once was seen. */
  readonly counts = new Map<string, number>();
  readonly #schedule: Schedule;
  readonly #keep: boolean;
  #hash = 1;

  constructor(schedule: Schedule, keep: boolean) {
    this.#schedule = schedule;
    this.#keep = keep;
  }

  note(who: string, what: string, value: string | number = ""): void {
    this.#hash = mix(`${this.#schedule.now} ${who} ${what} ${value}`, this.#hash);
    if (this.#keep) this.lines.push(`${(this.#schedule.now / 1_000).toFixed(4).padStart(12)}  ${who.padEnd(14)} ${what} ${value}`);
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** The same for two runs in which the same happened. */
  get hash(): string {
    return this.#hash.toString(16).padStart(8, "0");
  }
}
