import type { Instant } from "../../../src/kernel/clock.ts";
import { Challenge } from "../../../workers/origin/challenge.ts";

/** Far enough ahead that no alarm goes off by itself. */
export const START: Instant = Date.UTC(2100, 0, 1);

/** Challenge under a clock that stands still until the test moves it. */
export class ClockedChallenge extends Challenge {
  #now = START;

  protected override now(): Instant {
    return this.#now;
  }

  setNow(now: Instant): void {
    this.#now = now;
  }
}

declare global {
  namespace Cloudflare {
    interface Env {
      CHALLENGE: DurableObjectNamespace;
      PERSON: DurableObjectNamespace;
    }
  }
}
