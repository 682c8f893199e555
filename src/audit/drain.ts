import { type Clock, type Instant, MINUTE, SECOND } from "../kernel/clock.ts";
import type { ObjectDatabase } from "../objects/database.ts";
import { setDue, setDueOnce, type Tasks } from "../objects/due.ts";
import { soon } from "../objects/recovery/r2.ts";
import { errorFacts } from "../objects/shell.ts";
import type { AuditSource } from "./entry.ts";
import type { Outbox } from "./outbox.ts";
import { type AuditLogApi, ENTRIES_AT_ONCE } from "./rpc.ts";

const TELL_TASK = "tell-log";
const AGAIN_MS = 10 * SECOND;
const LONGEST_REST_MS = 5 * MINUTE;
const OVERDUE_MS = 10 * MINUTE;
/** One turn's; a longer backlog goes on in the next. */
const CALLS_A_TURN = 40;

export interface DrainParts {
  source: AuditSource;
  /** Asked anew each time: an object that emptied itself has another. */
  database: () => ObjectDatabase;
  outbox: (database: ObjectDatabase) => Outbox;
  /** A stub of its own for each call, because one whose object broke stays broken. */
  log: () => Pick<AuditLogApi, "append">;
  clock: Clock;
  /** Keeps the object awake until the promise settles. */
  waitUntil: (promise: Promise<void>) => void;
  report: (message: string, facts: Record<string, string | number>) => void;
}

/**
 * Tells the log what an object did, in order and at least once: the log takes each entry once by its id, so that whatever fails, or happened unheard, is
 * said again. Nobody waits for it, and the object works on while the log is away.
 */
export class AuditDrain {
  readonly #parts: DrainParts;
  #telling: Promise<void> | null = null;
  #failures = 0;
  #restUntil: Instant = Number.NEGATIVE_INFINITY;

  constructor(parts: DrainParts) {
    this.#parts = parts;
  }

  /** What the object's alarm does: tells what the turns after commits left behind. */
  readonly tasks: Tasks = {
    [TELL_TASK]: async () => {
      await this.#turn();
      return this.#oldest() === null ? null : Math.max(this.#parts.clock(), this.#restUntil);
    },
  };

  /** After a commit: what it told leaves, unless something is leaving already or the log was away a moment ago. */
  leave(): void {
    const { database, clock, waitUntil } = this.#parts;
    if (this.#oldest() === null) return;
    setDueOnce(database(), TELL_TASK, clock() + AGAIN_MS);
    if (!this.#telling && clock() >= this.#restUntil) waitUntil(this.#turn());
  }

  /** Tells what can be told now; over when nothing is on its way any more. */
  async finish(): Promise<void> {
    await this.#telling;
    if (this.#oldest() !== null && this.#parts.clock() >= this.#restUntil) await this.#turn();
  }

  get #outbox(): Outbox {
    return this.#parts.outbox(this.#parts.database());
  }

  #oldest = (): Instant | null => this.#outbox.oldest();

  #turn(): Promise<void> {
    return (this.#telling ??= this.#tell().finally(() => (this.#telling = null)));
  }

  async #tell(): Promise<void> {
    try {
      for (let call = 0; call < CALLS_A_TURN; call++) if (!(await this.#tellSome())) return setDue(this.#parts.database(), TELL_TASK, null);
    } catch (error) {
      this.#rest(error);
    }
  }

  /** False when nothing waits any more. Throws when the log did not say where they are. */
  async #tellSome(): Promise<boolean> {
    const { source, log, database } = this.#parts;
    const waiting = this.#outbox.waiting(ENTRIES_AT_ONCE);
    if (waiting.length === 0) return false;
    const appended = await soon(log().append(source, waiting.map(({ entry }) => entry)));
    if (!appended.ok) throw new Error(`the log is ${appended.refusal}`);
    this.#failures = 0;
    database().transaction(() => waiting.forEach(({ settle }, at) => settle(appended.indexes[at]!)));
    return true;
  }

  #rest(error: unknown): void {
    const { clock, report } = this.#parts;
    this.#restUntil = clock() + Math.min(AGAIN_MS * 2 ** this.#failures++, LONGEST_REST_MS);
    const waitingMs = clock() - (this.#oldest() ?? clock());
    if (waitingMs > OVERDUE_MS) report("the audit log was not told for long", { waitingMs, ...errorFacts(error) });
  }
}
