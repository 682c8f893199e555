import type { Network } from "./network.ts";
import type { Node } from "./node.ts";
import { Life, type Schedule } from "./schedule.ts";
import { giveBack, type ObjectStorage, type Saved, takeStorage } from "./storage.ts";
import type { Trace } from "./trace.ts";

interface Living {
  alarm(): Promise<void>;
}

export interface HostParts<Instance extends Living> {
  schedule: Schedule;
  network: Network;
  trace: Trace;
  node: Node;
  kind: string;
  make: (state: DurableObjectState) => Instance;
  /** Told of what failed beside every call. */
  report: (what: string, error: unknown) => void;
  /** Called after everything the object did. */
  acted?: () => void;
}

const ALARM_AGAIN_MS = 2_000;

/** Where a Durable Object lives: its storage outlasts it, its memory does not. It wakes at a call or an alarm. */
export class Host<Instance extends Living> {
  readonly node: Node;
  readonly storage: ObjectStorage;
  readonly #parts: HostParts<Instance>;
  #life = new Life();
  #instance: Instance | null = null;
  #ready: Promise<unknown> | null = null;
  /** Counts the alarms that were set, so that one that was set differently since does not go off. */
  #armings = 0;
  #ringing = false;

  constructor(parts: HostParts<Instance>) {
    this.#parts = parts;
    this.node = parts.node;
    this.storage = takeStorage(parts.kind);
    this.storage.armed = (at) => this.#arm(at);
  }

  /** Calls the object from another machine, over the network. */
  call<T>(from: Node, what: string, act: (instance: Instance) => Promise<T>): Promise<T> {
    return this.#parts.network.call(from, this.node, what, () => this.#life, () => this.#do(act));
  }

  /** Everything in memory is lost, with what was under way. An alarm that was at work goes off again. */
  restart(): void {
    this.#life.end();
    this.#life = new Life();
    this.#instance = null;
    this.#ready = null;
    if (!this.#ringing) return;
    this.#ringing = false;
    this.storage.arm(this.node.clock.now());
  }

  /** The storage becomes what it was, and the memory is lost. */
  rollBack(to: Saved): void {
    this.#ringing = false;
    this.storage.restore(to);
    this.restart();
  }

  /** The run is over. */
  close(): void {
    this.#life.end();
    giveBack(this.#parts.kind, this.storage);
  }

  async #do<T>(act: (instance: Instance) => Promise<T>): Promise<T> {
    const instance = (this.#instance ??= this.#wake());
    if (this.#ready) await this.#ready;
    try {
      return await act(instance);
    } finally {
      this.#parts.acted?.();
    }
  }

  #wake(): Instance {
    const blocks: Promise<unknown>[] = [];
    const state = {
      id: { name: this.node.name },
      storage: this.storage,
      blockConcurrencyWhile: (work: () => Promise<unknown>) => blocks[blocks.push(work()) - 1],
      waitUntil: (work: Promise<unknown>) => void work.catch((error: unknown) => this.#parts.report("work beside a call", error)),
    };
    const instance = this.#parts.make(state as unknown as DurableObjectState);
    const ready = Promise.all(blocks);
    this.#ready = ready;
    const begun = (): void => void (this.#ready === ready && (this.#ready = null));
    // An object that could not begin is begun again at the next call.
    ready.then(begun, () => this.#ready === ready && this.restart());
    return instance;
  }

  #arm(at: number | null): void {
    const arming = ++this.#armings;
    if (at !== null) this.#ringAt(at, arming);
  }

  #ringAt(at: number, arming: number): void {
    const { clock } = this.node;
    this.#parts.schedule.at(clock.when(at), new Life(), () => {
      if (arming !== this.#armings) return;
      // Set back since, or rounded, or the one before is still at work: not yet.
      if (clock.now() < at || this.#ringing) return this.#parts.schedule.after(1, new Life(), () => this.#ringAt(at, arming));
      this.#ring();
    });
  }

  #ring(): void {
    this.#parts.trace.note(this.node.name, "alarm");
    this.storage.arm(null);
    this.#ringing = true;
    this.#parts.schedule.life = this.#life;
    this.#do((instance) => instance.alarm())
      .catch(() => this.storage.arm(this.node.clock.now() + ALARM_AGAIN_MS))
      .finally(() => {
        this.#ringing = false;
      });
  }
}
