import type { Instant } from "../kernel/clock.ts";

/** What runs and can die: an object in memory, an isolate, a request. What a dead one awaits never comes. */
export class Life {
  readonly #within: Life | null;
  readonly #mourners = new Set<() => void>();
  #over = false;

  constructor(within: Life | null = null) {
    this.#within = within;
  }

  get over(): boolean {
    return this.#over || (this.#within?.over ?? false);
  }

  end(): void {
    if (this.#over) return;
    this.#over = true;
    for (const mourn of this.#mourners) mourn();
    this.#mourners.clear();
  }

  /** Calls `mourn` when this life ends, unless what this answers is called before. */
  whenOver(mourn: () => void): () => void {
    this.#mourners.add(mourn);
    return () => this.#mourners.delete(mourn);
  }
}

interface Event {
  at: number;
  order: number;
  life: Life;
  act: () => void;
}

const isBefore = (one: Event, other: Event): boolean => one.at < other.at || (one.at === other.at && one.order < other.order);

/**
 * The one order in which everything happens, on true time: ms since the run began. After each event everything it set
 * off is carried out to the end before the next; two events of one moment happen in the order they were planned.
 */
export class Schedule {
  /** True time. */
  now: Instant = 0;
  /** Whose turn it is: timers and calls made now are theirs. */
  life = new Life();
  events = 0;
  readonly #heap: Event[] = [];
  #order = 0;

  /** Plans an act, which does not happen if its life is over by then. */
  at(at: Instant, life: Life, act: () => void): void {
    const event = { at: Math.max(at, this.now), order: this.#order++, life, act };
    let place = this.#heap.push(event) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!isBefore(event, this.#heap[parent]!)) break;
      this.#heap[place] = this.#heap[parent]!;
      place = parent;
    }
    this.#heap[place] = event;
  }

  after = (ms: number, life: Life, act: () => void): void => this.at(this.now + ms, life, act);

  /** A timer of whose turn it is. */
  wait = (ms: number): Promise<void> => {
    const { life } = this;
    return new Promise((resolve) => this.after(ms, life, resolve));
  };

  /** Lets everything happen up to `until`. Rejects with what an act throws. */
  run(until: Instant): Promise<void> {
    return new Promise((resolve, reject) => {
      const step = (): void => {
        const next = this.#heap[0];
        if (!next || next.at > until) {
          this.now = until;
          return resolve();
        }
        this.#take();
        this.now = next.at;
        if (!next.life.over) {
          this.life = next.life;
          this.events++;
          try {
            next.act();
          } catch (error) {
            return reject(error as Error);
          }
        }
        // An immediate comes after every microtask the act queued, however long their chain.
        setImmediate(step);
      };
      setImmediate(step);
    });
  }

  #take(): void {
    const last = this.#heap.pop()!;
    const { length } = this.#heap;
    if (length === 0) return;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= length) break;
      if (child + 1 < length && isBefore(this.#heap[child + 1]!, this.#heap[child]!)) child++;
      if (!isBefore(this.#heap[child]!, last)) break;
      this.#heap[place] = this.#heap[child]!;
      place = child;
    }
    this.#heap[place] = last;
  }
}
