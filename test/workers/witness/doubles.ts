import type { Instant } from "../../../src/kernel/clock.ts";
import { Witness } from "../../../workers/witness/witness.ts";

export const START: Instant = Date.UTC(2100, 0, 1);

/** A witness's memory of one log under a clock that stands still until the test moves it. */
export class ClockedWitness extends Witness {
  #now = START;
  readonly #lines: string[] = [];

  protected override now(): Instant {
    return this.#now;
  }

  protected override write(line: string): void {
    this.#lines.push(line);
  }

  setNow(now: Instant): void {
    this.#now = now;
  }

  /** What it said since it was started. */
  messages(): string[] {
    return this.#lines.map((line) => (JSON.parse(line) as { message: string }).message);
  }
}

declare global {
  namespace Cloudflare {
    interface Env {
      WITNESS: DurableObjectNamespace;
    }
  }
}
