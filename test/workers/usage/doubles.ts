import type { Instant } from "../../../src/kernel/clock.ts";
import type { TellOffice } from "../../../src/domains/tokens/guard/tell.ts";
import { memoryLog } from "../audit/log.ts";
import { Usage } from "../../../workers/origin/usage.ts";

/** Far enough ahead that no alarm goes off by itself. 2100-01-01T09:00:00 in Nairobi. */
export const START: Instant = Date.UTC(2100, 0, 1, 6);

/** Usage under a clock that stands still until the test moves it. */
export class ClockedUsage extends Usage {
  #now = START;

  constructor(state: DurableObjectState, env: ConstructorParameters<typeof Usage>[1]) {
    super(state, { ...env, AUDIT_LOG: memoryLog(state.id.name!) });
  }

  protected override now(): Instant {
    return this.#now;
  }

  setNow(now: Instant): void {
    this.#now = now;
  }

  #away = false;
  readonly #quarantines: string[] = [];
  readonly #meetings: string[] = [];

  protected override office(): TellOffice {
    if (this.#away) throw new Error("the office is away");
    return {
      quarantine: async (operator, { id, rule }) => void this.#quarantines.push(`${operator} ${id} ${rule}`),
      meetings: async (operator, met) => void this.#meetings.push(...met.map(({ canary, how, purpose }) => `${operator} ${canary} ${how} ${purpose}`)),
    };
  }

  setAway(away: boolean): void {
    this.#away = away;
  }

  /** What the office was told. */
  told(): { quarantines: string[]; meetings: string[] } {
    return { quarantines: [...this.#quarantines], meetings: [...this.#meetings] };
  }
}

declare global {
  namespace Cloudflare {
    interface Env {
      USAGE: DurableObjectNamespace;
    }
  }
}
