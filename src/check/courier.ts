import { type Clock, type Instant, SECOND } from "../kernel/clock.ts";
import type { EvidenceBatch } from "./evidence.ts";
import { within } from "./regions.ts";
import type { Tally } from "./tally.ts";

export interface CourierParts {
  tally: Tally;
  /** Puts messages on the queue, all or none. Throws when it cannot, or cannot say. */
  send: (batches: readonly EvidenceBatch[]) => Promise<void>;
  clock: Clock;
  wait: (ms: number) => Promise<void>;
  report: (what: string, error: unknown) => void;
}

/** What was noted is sent so much later at most, and has this long to be taken: it leaves within 10 s. */
const PAUSE_MS = 7 * SECOND;
const SEND_MS = 3 * SECOND;
/** A run ends before the platform would end it at 30 s; the next check starts another. */
const RUN_MS = 20 * SECOND;
/** What a queue takes at once: 100 messages and 256 kB. */
const MESSAGES_AT_ONCE = 100;
const BYTES_AT_ONCE = 240_000;

/** Carries what the tally noted to the queue, beside the requests. What was not taken is sent again under the same number. */
export class Courier {
  readonly #parts: CourierParts;
  #beatAt: Instant = Number.NEGATIVE_INFINITY;

  constructor(parts: CourierParts) {
    this.#parts = parts;
  }

  /** Whether something was noted and nobody is on the way with it, so that `carry` has to be run beside this request. */
  get wanted(): boolean {
    const { tally } = this.#parts;
    if (!tally.pending) return false;
    const sinceBeat = tally.notedAt - this.#beatAt;
    return sinceBeat >= PAUSE_MS + 2 * SEND_MS || sinceBeat < 0;
  }

  /**
   * Sends what was noted every 7 s until nothing is left, for 21 s and one sending at most. Whatever is noted after its last cut finds
   * nobody on the way, and is carried by a run of its own.
   */
  async carry(): Promise<void> {
    const { tally, clock, report } = this.#parts;
    const startedAt = clock();
    for (let last = false; !last; ) {
      this.#beatAt = clock();
      await this.#pause();
      last = clock() - startedAt >= RUN_MS;
      this.#beatAt = last ? Number.NEGATIVE_INFINITY : clock();
      await this.#send().catch((error: unknown) => report("evidence", error));
      if (last || tally.pending) continue;
      this.#beatAt = Number.NEGATIVE_INFINITY;
      return;
    }
  }

  /** Meanwhile ids become hashes, or a large scrub's would be too many to hold. */
  async #pause(): Promise<void> {
    for (let waited = 0; waited < PAUSE_MS; waited += SECOND) {
      await this.#parts.wait(SECOND);
      this.#parts.tally.digest();
    }
  }

  async #send(): Promise<void> {
    const { tally, send, wait } = this.#parts;
    tally.cut();
    for (const load of loads(tally.batches())) {
      await within(send(load), SEND_MS, wait);
      tally.sent(load);
    }
  }
}

/** The batches in order, in parts that a queue takes at once. */
function loads(batches: readonly EvidenceBatch[]): EvidenceBatch[][] {
  const parts: EvidenceBatch[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const batch of batches) {
    const size = JSON.stringify(batch).length;
    if (bytes + size > BYTES_AT_ONCE || parts.at(-1)!.length === MESSAGES_AT_ONCE) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)!.push(batch);
    bytes += size;
  }
  return parts;
}
