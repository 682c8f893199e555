import { type Instant, MINUTE, SECOND } from "../../kernel/clock.ts";
import { setDue, type Tasks } from "../../objects/due.ts";
import { errorFacts } from "../../objects/shell.ts";
import { Halted } from "./halted.ts";
import { Publisher, type PublisherParts } from "./publisher.ts";
import { keepHalted } from "./store.ts";

/** What is outside is brought up to date at most so often, and when the bucket was away not sooner than this again. */
const PAUSE_MS = SECOND;
export const AGAIN_MS = 10 * SECOND;
const LAG_ALARM_MS = MINUTE;
export const PUBLISH_TASK = "publish";

export interface PublishingParts extends PublisherParts {
  wait: (ms: number) => Promise<void>;
  /** Keeps the object awake until the promise settles. */
  waitUntil: (promise: Promise<void>) => void;
  /** Sets the object's alarm for what is due. */
  arm: () => Promise<void>;
  report: (message: string, facts: Record<string, string | number>) => void;
}

/** Keeps what is outside up to date with the tree. Nobody waits for it, and the log works on while the bucket is away. */
export class Publishing {
  readonly #parts: PublishingParts;
  readonly publisher: Publisher;
  /** Why the log takes nothing and publishes nothing; null when it does. */
  halted: string | null = null;
  #drain: Promise<void> | null = null;
  #run: Promise<void> | null = null;
  #failedAt: Instant = Number.NEGATIVE_INFINITY;
  #behindSince: Instant | null = null;

  constructor(parts: PublishingParts) {
    this.#parts = parts;
    this.publisher = new Publisher(parts);
  }

  /** What the object's alarm does: whatever was left behind, and crying out while something is wrong. */
  readonly tasks: Tasks = { [PUBLISH_TASK]: (now) => this.#task(now) };

  /** The tree has grown. */
  leave(): void {
    this.#behindSince ??= this.#parts.clock();
    if (this.#mayRun()) this.#parts.waitUntil((this.#drain ??= this.#drained()));
  }

  /** Ends it all until people have looked. */
  halt(reason: string): void {
    const { database, clock, report, arm, waitUntil } = this.#parts;
    if (this.halted === null) report("the audit log is halted", { reason });
    this.halted = reason;
    keepHalted(database, reason);
    setDue(database, PUBLISH_TASK, clock() + MINUTE);
    waitUntil(arm());
  }

  #mayRun = (): boolean => this.halted === null && this.#parts.clock() - this.#failedAt >= AGAIN_MS;

  async #drained(): Promise<void> {
    try {
      do await Promise.all([this.#once(), this.#parts.wait(PAUSE_MS)]);
      while (this.publisher.isBehind() && this.#mayRun());
    } finally {
      this.#drain = null;
    }
  }

  #once(): Promise<void> {
    this.#run ??= this.#tried().finally(() => {
      this.#run = null;
    });
    return this.#run;
  }

  async #tried(): Promise<void> {
    const { clock, report, database } = this.#parts;
    try {
      await this.publisher.run();
      this.#failedAt = Number.NEGATIVE_INFINITY;
      this.#behindSince = this.publisher.isBehind() ? clock() : null;
      if (this.halted !== null) keepHalted(database, (this.halted = null));
    } catch (error) {
      if (error instanceof Halted) return this.halt(error.message);
      this.#failedAt = clock();
      const waitingMs = clock() - (this.#behindSince ??= clock());
      if (waitingMs >= LAG_ALARM_MS) report("what the audit log holds waits to be published", { waitingMs, ...errorFacts(error) });
    }
  }

  async #task(now: Instant): Promise<Instant | null> {
    if (this.halted !== null) return this.#cry(now);
    await this.#once();
    const { missing } = this.publisher;
    if (missing.length > 0) this.#parts.report("witnesses did not cosign the audit log", { witnesses: missing.map(({ name, why }) => `${name} ${why}`).join(", ") });
    if (this.halted !== null || missing.length > 0) return now + MINUTE;
    return this.publisher.isBehind() ? now + AGAIN_MS : null;
  }

  /** Says why again, and looks whether it still is so: what is outside may have been put right. */
  async #cry(now: Instant): Promise<Instant> {
    this.#parts.report("the audit log is halted", { reason: this.halted! });
    await this.publisher.look().then(() => this.#once(), () => undefined);
    return now + (this.halted === null ? 0 : MINUTE);
  }
}
