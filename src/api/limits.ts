import { type Clock, MINUTE, SECOND } from "../kernel/clock.ts";

/**
 * Calls of one caller in a minute and a data centre, by who calls: `anonymous` by address, `user` by account, `operator` by
 * key; the deployment's own programs call as the last. `reader` by address is whoever reads the audit log, which takes two calls for 256 entries. workers/origin/wrangler.toml binds a counter with each number.
 */
export const CALLS = { anonymous: 100, user: 200, operator: 1_700, reader: 6_000 } as const;

export type CallerClass = keyof typeof CALLS;

const WINDOW_MS = MINUTE;

export interface LimitParts {
  /** Has the data centre count one more call; false when the caller's are used up. Has a deadline, and throws when it cannot say. */
  count: (by: CallerClass, caller: string) => Promise<boolean>;
  clock: Clock;
  /** Told when a call could not be counted. */
  failed: (error: unknown) => void;
}

/** How a caller stands after a call. */
export interface Standing {
  by: CallerClass;
  admitted: boolean;
  /** Calls left as far as this isolate knows: other isolates' are not seen before the data centre refuses. */
  remaining: number;
  /** Until the window ends. */
  seconds: number;
}

/**
 * Keeps callers to their class's number. The data centre counts for all its isolates; each isolate counts too, by the
 * minute of its clock, and keeps the number alone while the data centre cannot be asked: limits protect no person.
 */
export class Limits {
  readonly #parts: LimitParts;
  readonly #made = new Map<string, number>();
  #window = Number.NaN;

  constructor(parts: LimitParts) {
    this.#parts = parts;
  }

  async admit(by: CallerClass, caller: string): Promise<Standing> {
    const now = this.#parts.clock();
    const left = CALLS[by] - this.#note(`${by} ${caller}`, Math.floor(now / WINDOW_MS));
    const admitted = left >= 0 && (await this.#counted(by, caller));
    return { by, admitted, remaining: admitted ? left : 0, seconds: Math.ceil((WINDOW_MS - (now % WINDOW_MS)) / SECOND) };
  }

  /** How many calls the caller has made here in this window, this one included. */
  #note(caller: string, window: number): number {
    if (window !== this.#window) this.#made.clear();
    this.#window = window;
    const made = (this.#made.get(caller) ?? 0) + 1;
    this.#made.set(caller, made);
    return made;
  }

  async #counted(by: CallerClass, caller: string): Promise<boolean> {
    try {
      return await this.#parts.count(by, caller);
    } catch (error) {
      this.#parts.failed(error);
      return true;
    }
  }
}

/** What each answer says of its caller's limit (draft-ietf-httpapi-ratelimit-headers-11). */
export const limitFields = ({ by, remaining, seconds }: Standing): Record<string, string> => ({
  "ratelimit-policy": `"${by}";q=${CALLS[by]};w=${WINDOW_MS / SECOND}`,
  "ratelimit": `"${by}";r=${remaining};t=${seconds}`,
});
