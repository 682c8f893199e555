import { DAY, type Instant, MINUTE, SECOND } from "../../kernel/clock.ts";
import { setDue, setDueOnce, type Tasks } from "../due.ts";
import { errorFacts } from "../shell.ts";
import { COPY_TASK, copyIsDue, copyStep, KEPT_FOR, sweep } from "./copy.ts";
import { watch } from "./journal.ts";
import { beginChain, Forked, isFirst, isOvertaken, lag, noteWaiting, type RecoveryParts, ship } from "./ship.ts";

/** Changes leave at most so often, and when the bucket was away not sooner than this again. */
const PAUSE_MS = 250;
const AGAIN_MS = 10 * SECOND;
const LAG_ALARM_MS = MINUTE;
const SHIP_TASK = "ship";

export interface ShippingParts {
  recovery: RecoveryParts;
  wait: (ms: number) => Promise<void>;
  /** Keeps the object awake until the promise settles. */
  waitUntil: (promise: Promise<void>) => void;
  /** Whether this storage is known to have lost rows: then nothing of it may leave. */
  isLost: () => boolean;
  /** The bucket holds what this storage lost. */
  lose: () => void;
  report: (message: string, facts: Record<string, string | number>) => void;
}

/** Sends an object's changes on their way after each commit. Nobody waits for it, and the object works on while the bucket is away. */
export class Shipping {
  readonly #parts: ShippingParts;
  #draining: Promise<void> | null = null;
  #failedAt: Instant = Number.NEGATIVE_INFINITY;

  constructor(parts: ShippingParts) {
    this.#parts = parts;
  }

  /** What the object's alarm does: ships what a drain left behind, and makes the daily copy. */
  readonly tasks: Tasks = {
    [SHIP_TASK]: async () => {
      await this.#ship();
      return this.#draining || this.lag() > 0 ? this.#now() + AGAIN_MS : null;
    },
    [COPY_TASK]: (now) => this.#copy(now),
  };

  /**
   * Before the object does anything: false when it is a new one's storage and the bucket knows an older one. Throws when a new
   * one's bucket cannot be asked.
   */
  async begin(isNew: boolean): Promise<boolean> {
    const { recovery } = this.#parts;
    if (isNew && !(await isFirst(recovery))) return false;
    await beginChain(recovery);
    watch(recovery.database, recovery.tables);
    setDueOnce(recovery.database, COPY_TASK, this.#now() + DAY);
    return true;
  }

  /** After a commit: what it changed leaves, with what is leaving already when something is. */
  leave(): void {
    const { recovery: { database }, waitUntil } = this.#parts;
    if (!noteWaiting(database, this.#now())) return;
    setDueOnce(database, SHIP_TASK, this.#now() + AGAIN_MS);
    if (this.#mayShip()) waitUntil((this.#draining ??= this.#drain()));
  }

  /** Whether the bucket holds more than this storage; a bucket that does not say within `ms` holds no more. */
  async lookAhead(ms: number): Promise<void> {
    const { recovery, wait, lose } = this.#parts;
    const overtaken = await Promise.race([isOvertaken(recovery).catch(() => false), wait(ms).then(() => false)]);
    if (overtaken) lose();
  }

  #mayShip = (): boolean => this.#now() - this.#failedAt >= AGAIN_MS && !this.#parts.isLost();

  #now = (): Instant => this.#parts.recovery.clock();

  /** How long the oldest change has waited to leave, ms. */
  lag = (): number => lag(this.#parts.recovery.database, this.#now());

  async #drain(): Promise<void> {
    const { recovery: { database }, wait } = this.#parts;
    try {
      do await Promise.all([this.#ship(), wait(PAUSE_MS)]);
      while (noteWaiting(database, this.#now()) && this.#mayShip());
    } finally {
      this.#draining = null;
    }
  }

  async #ship(): Promise<void> {
    const { recovery, isLost, lose, report } = this.#parts;
    if (isLost()) return;
    try {
      await ship(recovery);
      this.#failedAt = Number.NEGATIVE_INFINITY;
      if (copyIsDue(recovery)) setDue(recovery.database, COPY_TASK, this.#now());
    } catch (error) {
      this.#failedAt = this.#now();
      if (error instanceof Forked) lose();
      const lagMs = this.lag();
      if (lagMs > LAG_ALARM_MS) report("changes wait to leave for the recovery bucket", { lagMs, ...errorFacts(error) });
    }
  }

  async #copy(now: Instant): Promise<Instant> {
    const { recovery, isLost } = this.#parts;
    if (isLost()) return now + DAY;
    if (await copyStep(recovery)) return now;
    await sweep(recovery, now - KEPT_FOR);
    return now + DAY;
  }
}
