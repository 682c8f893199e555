import type { Instant } from "../../../src/kernel/clock.ts";
import { Usage } from "../../../workers/origin/usage.ts";

/** Far enough ahead that no alarm goes off by itself. 2100-01-01T09:00:00 in Nairobi. */
export const START: Instant = Date.UTC(2100, 0, 1, 6);

/** Usage under a clock that stands still until the test moves it. */
export class ClockedUsage extends Usage {
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
      USAGE: DurableObjectNamespace;
    }
  }
}
