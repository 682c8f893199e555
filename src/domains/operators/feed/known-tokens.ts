import { type Clock, type Instant, MINUTE } from "../../../kernel/clock.ts";
import type { OperatorTokens } from "../rpc.ts";

/** Nothing else tells that an epoch which was in its grace is read no more. */
const KNOWN_FOR = MINUTE;

/** What an operator's tokens are sealed in, asked for once and kept until the log says that it changed: Register is one object, and has better things to do. */
export class KnownTokens {
  readonly #ask: () => Promise<OperatorTokens>;
  readonly #clock: Clock;
  #known: { tokens: OperatorTokens; at: Instant } | null = null;
  #changes = 0;

  constructor(ask: () => Promise<OperatorTokens>, clock: Clock) {
    this.#ask = ask;
    this.#clock = clock;
  }

  /** Throws what asking throws. What was asked for before the log changed it is not kept. */
  async read(): Promise<OperatorTokens> {
    const [at, changes] = [this.#clock(), this.#changes];
    if (this.#known && at - this.#known.at < KNOWN_FOR) return this.#known.tokens;
    const tokens = await this.#ask();
    if (changes === this.#changes) this.#known = { tokens, at };
    return tokens;
  }

  forget(): void {
    this.#known = null;
    this.#changes++;
  }
}
