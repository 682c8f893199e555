/** The most that wait, with those that are being flushed. */
export const MOST_WAITING = 4_096;
/** So many are flushed at once; fewer wait for others for so long, ms. */
const FULL = 256;
const PAUSE_MS = 100;

interface PoolParts<Item> {
  flush: (items: readonly Item[]) => Promise<void>;
  wait: (ms: number) => Promise<void>;
}

/** Gathers what comes from many, and flushes it together: one flush at a time. */
export class Pool<Item> {
  readonly #parts: PoolParts<Item>;
  #waiting: Item[] = [];
  #flying = 0;
  #flight: Promise<void> = Promise.resolve();
  #next: Promise<void> | null = null;
  #fill: () => void = () => undefined;

  constructor(parts: PoolParts<Item>) {
    this.#parts = parts;
  }

  /** Whether so many more can wait. */
  takes(more: number): boolean {
    return this.#waiting.length + this.#flying + more <= MOST_WAITING;
  }

  /** Settles as the flush does that has these. */
  add(items: readonly Item[]): Promise<void> {
    this.#waiting.push(...items);
    this.#next ??= this.#flushNext();
    if (this.#waiting.length >= FULL) this.#fill();
    return this.#next;
  }

  async #flushNext(): Promise<void> {
    const full = new Promise<void>((resolve) => {
      this.#fill = resolve;
    });
    await Promise.all([this.#flight.catch(() => undefined), Promise.race([full, this.#parts.wait(PAUSE_MS)])]);
    this.#flight = this.#fly(this.#waiting);
    [this.#waiting, this.#next] = [[], null];
    await this.#flight;
  }

  async #fly(items: readonly Item[]): Promise<void> {
    this.#flying = items.length;
    try {
      await this.#parts.flush(items);
    } finally {
      this.#flying = 0;
    }
  }
}
