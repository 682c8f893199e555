import type { ReplicaNewsApi } from "../../../../check/feed.ts";
import { type Clock, type Instant, SECOND } from "../../../../kernel/clock.ts";
import type { FeedApi } from "../rpc.ts";
import type { Rows } from "../take.ts";

/** No feed is poked more often than four times a second. */
const PAUSE_MS = 250;
const AGAIN_MS = SECOND;

export interface RingerParts {
  /** Asks a Replica; has a deadline and throws when it passes. */
  news: ReplicaNewsApi["news"];
  listeners: () => readonly string[];
  poke: (operator: string, rows: Rows) => ReturnType<FeedApi["poke"]>;
  /** Hears that nobody there wants to be told. */
  left: (operator: string) => void;
  clock: Clock;
  wait: (ms: number) => Promise<unknown>;
  report: (what: string, error: unknown) => void;
}

/**
 * Waits at a Replica for rows and passes them on to every feed that wants to be told at once. It keeps nothing: a feed that missed something sees that by the rows
 * it gets next, and its own alarm asks anyway.
 */
export class Ringer {
  readonly #parts: RingerParts;
  readonly #poking = new Set<string>();
  #logId: string | null = null;
  #seq = Number.MAX_SAFE_INTEGER;

  constructor(parts: RingerParts) {
    this.#parts = parts;
  }

  /** Rings until then, or until nobody listens. */
  async ring(until: Instant): Promise<void> {
    const { clock, listeners, wait, report } = this.#parts;
    while (clock() < until && listeners().length > 0) {
      try {
        if (await this.#ringOnce()) await wait(PAUSE_MS);
      } catch (error) {
        report("no Replica was there to be asked", error);
        await wait(AGAIN_MS);
      }
    }
  }

  async #ringOnce(): Promise<boolean> {
    const rows = await this.#parts.news(this.#seq, this.#logId);
    if (rows.logId === this.#logId && rows.seq <= this.#seq) return false;
    [this.#logId, this.#seq] = [rows.logId, rows.rows.at(-1)?.seq ?? rows.seq];
    for (const operator of this.#parts.listeners()) if (!this.#poking.has(operator)) void this.#poke(operator, rows);
    return true;
  }

  /** A feed that is still at its last rows is passed over, so that it holds up nobody. */
  async #poke(operator: string, { logId, seq, t, rows }: Rows): Promise<void> {
    const { poke, left, report } = this.#parts;
    this.#poking.add(operator);
    try {
      // Where a Replica's rows begin says nothing of these: a feed that lacks what was before them asks for it.
      if (!(await poke(operator, { logId, seq, t, from: 0, rows })).wanted) left(operator);
    } catch (error) {
      report(`the feed of ${operator} was not there`, error);
    } finally {
      this.#poking.delete(operator);
    }
  }
}
