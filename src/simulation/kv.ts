import type { BlobHome } from "../check/published.ts";
import type { Draw } from "./draw.ts";
import type { Schedule } from "./schedule.ts";
import type { Trace } from "./trace.ts";

/** How badly the store behaves: each a probability a reading, or a writing for `failing`. */
export interface StoreWeather {
  missing: number;
  slow: number;
  flipped: number;
  other: number;
  failing: number;
}

export const SOUND: StoreWeather = { missing: 0, slow: 0, flipped: 0, other: 0, failing: 0 };

/** A place that missed a key goes on missing it for so long. */
const MISS_KEPT_MS = 60_000;
const SLOW_MS = [500, 40_000] as const;

/** Workers KV as one store with caches in front: what it holds may be missed, late, damaged or something else. */
export class Store {
  weather = SOUND;
  readonly #blobs = new Map<string, Uint8Array>();
  readonly #schedule: Schedule;
  readonly #draw: Draw;
  readonly #trace: Trace;

  constructor(schedule: Schedule, draw: Draw, trace: Trace) {
    this.#schedule = schedule;
    this.#draw = draw;
    this.#trace = trace;
  }

  /** As the publisher is bound to it. */
  readonly namespace = {
    put: (hash: string, bytes: Uint8Array) => this.#write("put", () => this.#blobs.set(hash, bytes.slice())),
    delete: (hash: string) => this.#write("delete", () => this.#blobs.delete(hash)),
  };

  /** As one isolate reads it, through a cache that its place shares. */
  readerAt(missedAt: Map<string, number>): BlobHome {
    const read = async (hash: string): Promise<Uint8Array | null> => {
      await this.#schedule.wait(this.#draw.chance(this.weather.slow) ? this.#draw.between(...SLOW_MS) : this.#draw.between(4, 40));
      if (this.#schedule.now - (missedAt.get(hash) ?? Number.NEGATIVE_INFINITY) < MISS_KEPT_MS) return this.#miss();
      const bytes = this.#draw.chance(this.weather.missing) ? undefined : this.#blobs.get(hash);
      if (!bytes) missedAt.set(hash, this.#schedule.now);
      return bytes ? this.#read(bytes) : this.#miss();
    };
    return { name: "KV", read, cachesMisses: true };
  }

  async #write(what: string, act: () => void): Promise<void> {
    await this.#schedule.wait(this.#draw.between(2, 30));
    if (!this.#draw.chance(this.weather.failing)) return act();
    // It may have happened all the same.
    if (this.#draw.chance(0.5)) act();
    this.#trace.count(`a ${what} of the store failed`);
    throw new Error("the store is unreachable");
  }

  #miss(): null {
    this.#trace.count("a blob missed");
    return null;
  }

  #read(bytes: Uint8Array): Uint8Array {
    if (this.#draw.chance(this.weather.other)) return this.#draw.pick([...this.#blobs.values()]).slice();
    const copy = bytes.slice();
    if (this.#draw.chance(this.weather.flipped)) copy[this.#draw.whole(0, copy.length - 1)]! ^= 1 << this.#draw.whole(0, 7);
    return copy;
  }
}
