import { commitmentOf, type LogEntry, SALT_BYTES } from "../audit/entry.ts";
import { type AuditLogApi, ENTRIES_AT_ONCE } from "../audit/rpc.ts";
import { type Clock, type Instant, MINUTE, type Random, SECOND } from "../kernel/clock.ts";
import { copyRows } from "./commit.ts";
import type { Office } from "./database.ts";
import { recordOf, type StoredEntry } from "./entry.ts";
import { giveSalt, setLeaf, waitingEntries } from "./outbox.ts";

const REST_MS = 10 * SECOND;
const OVERDUE_MS = 10 * MINUTE;
/** A run that has not ended by then was cut off. */
const CUT_OFF_MS = 40 * SECOND;

export interface TellLogParts {
  office: Office;
  log: Pick<AuditLogApi, "append">;
  clock: Clock;
  random: Random;
  /** Hears of an error while something waits for longer than it should. */
  report: (error: unknown, waitingMs: number) => void;
}

/**
 * Tells the log what the office did, in order and at least once: the log takes each entry once by its id, so that whatever fails, or happened unheard, is
 * said again, and several that tell at once do no harm. One run at a time in an isolate; what it shares between requests is plain data. Never throws, and
 * nobody waits for it.
 */
export class TellLog {
  readonly #parts: TellLogParts;
  #since: Instant | null = null;
  #again = false;
  #restUntil: Instant = Number.NEGATIVE_INFINITY;

  constructor(parts: TellLogParts) {
    this.#parts = parts;
  }

  /** After a commit, unless the log was away a moment ago. */
  async leave(): Promise<void> {
    if (this.#parts.clock() >= this.#restUntil) await this.run();
  }

  /** Resolves when all was told, or somebody else is at it. */
  async run(): Promise<void> {
    const { clock } = this.#parts;
    this.#again = true;
    if (this.#since !== null && clock() - this.#since < CUT_OFF_MS) return;
    const since = (this.#since = clock());
    while (this.#again && clock() - since < CUT_OFF_MS / 2) {
      this.#again = false;
      await this.#tellSome();
    }
    this.#since = null;
  }

  async #tellSome(): Promise<void> {
    let oldest: Instant | null = null;
    try {
      const waiting = await waitingEntries(this.#parts.office, ENTRIES_AT_ONCE);
      oldest = waiting[0]?.at ?? null;
      if (waiting.length === ENTRIES_AT_ONCE) this.#again = true;
      if (waiting.length > 0) await this.#tell(waiting);
    } catch (error) {
      this.#rest(error, oldest);
    }
  }

  /** Throws when the log did not say where they are, or the office did not say that it noted it. */
  async #tell(waiting: readonly StoredEntry[]): Promise<void> {
    const { office, log } = this.#parts;
    if (waiting.some(({ salt }) => !salt)) return this.#giveSalts(waiting);
    const appended = await log.append("office", waiting.map(entryOf));
    if (!appended.ok) throw new Error(`the log is ${appended.refusal}`);
    await copyRows(office, waiting.map(({ position }, at) => setLeaf(office.primary, position, appended.indexes[at]!)));
  }

  /** They are read again with the salts that stand: another's may have been first. */
  async #giveSalts(waiting: readonly StoredEntry[]): Promise<void> {
    const { office, random } = this.#parts;
    await copyRows(office, waiting.filter(({ salt }) => !salt).map(({ position }) => giveSalt(office.primary, position, random(SALT_BYTES))));
    this.#again = true;
  }

  #rest(error: unknown, oldest: Instant | null): void {
    const { clock, report } = this.#parts;
    this.#restUntil = clock() + REST_MS;
    this.#again = false;
    const waitingMs = oldest === null ? 0 : clock() - oldest;
    if (waitingMs > OVERDUE_MS) report(error, waitingMs);
  }
}

const entryOf = (row: StoredEntry): LogEntry => ({ id: row.id, at: row.at, action: row.action, commitment: commitmentOf(row.salt!, recordOf(row)) });
