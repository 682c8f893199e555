import type { Draw } from "./draw.ts";
import { EPOCH } from "./node.ts";
import type { Schedule } from "./schedule.ts";
import type { Trace } from "./trace.ts";

/** R2 as the product is bound to it: what it said it has written is there for good, whoever loses what. */
export class Bucket {
  /** How likely a call fails; what was to be written may be there all the same. */
  failing = 0;
  readonly #objects = new Map<string, { bytes: Uint8Array; uploaded: Date }>();
  readonly #schedule: Schedule;
  readonly #draw: Draw;
  readonly #trace: Trace;

  constructor(schedule: Schedule, draw: Draw, trace: Trace) {
    this.#schedule = schedule;
    this.#draw = draw;
    this.#trace = trace;
  }

  readonly r2 = {
    put: (key: string, bytes: Uint8Array, options?: { onlyIf?: object }) =>
      this.#call(() => {
        if (options?.onlyIf && this.#objects.has(key)) return null;
        this.#objects.set(key, { bytes: bytes.slice(), uploaded: new Date(EPOCH + this.#schedule.now) });
        return {};
      }),
    get: (key: string) =>
      this.#call(() => {
        const found = this.#objects.get(key);
        return found ? { arrayBuffer: async () => found.bytes.slice().buffer } : null;
      }),
    list: ({ prefix, startAfter = "" }: { prefix: string; startAfter?: string }) =>
      this.#call(() => {
        const keys = [...this.#objects.keys()].filter((key) => key.startsWith(prefix) && key > startAfter).toSorted();
        return { objects: keys.map((key) => ({ key, uploaded: this.#objects.get(key)!.uploaded })) };
      }),
    delete: (keys: string[]) => this.#call(() => keys.forEach((key) => this.#objects.delete(key))),
  };

  async #call<T>(act: () => T): Promise<T> {
    const fails = this.#draw.chance(this.failing);
    await this.#schedule.wait(this.#draw.between(8, 60));
    if (!fails) return act();
    if (this.#draw.chance(0.5)) act();
    this.#trace.count("a call of the bucket failed");
    throw new Error("the bucket is unreachable");
  }
}
