import { beforeEach, describe, expect, it } from "vitest";
import { Keeper } from "../../src/check/keeper.ts";

const EPOCH = 1_800_000_000_000;

/** A keeper whose Replica is 10 ms away, on a clock that can be set; its timers keep true time. */
class Machine {
  now = 0;
  offset = 0;
  polls: number[] = [];
  readonly #timers: { at: number; ring: () => void }[] = [];
  readonly keeper: Keeper;

  constructor() {
    const head = () => ({ logId: "log", seq: 1, t: EPOCH + this.now, age: 0 });
    this.keeper = new Keeper({
      feed: {
        first: async () => ({ ...head(), directory: { operators: [], keys: [], epochs: [], generations: [], allowances: [] }, manifest: null, excluded: [] }),
        poll: async () => {
          this.polls.push(this.now);
          await this.wait(10);
          return { ...head(), from: 1, rows: [{ seq: 1, t: EPOCH, type: "released", rootEpoch: 0, p: new Uint8Array(16) }] };
        },
        shard: async () => null,
      },
      homes: [],
      manifestKeys: new Map(),
      clock: () => EPOCH + this.now + this.offset,
      wait: (ms) => this.wait(ms),
      report: (what, error) => {
        if (what !== "clock-set") throw new Error(what, { cause: error });
      },
    });
  }

  wait = (ms: number): Promise<void> => new Promise((ring) => this.#timers.push({ at: this.now + ms, ring }));

  /** Lets so much time pass. */
  async pass(ms: number): Promise<void> {
    const until = this.now + ms;
    for (;;) {
      await new Promise(setImmediate);
      const next = this.#timers.toSorted((one, other) => one.at - other.at)[0];
      if (!next || next.at > until) break;
      this.#timers.splice(this.#timers.indexOf(next), 1);
      this.now = next.at;
      next.ring();
    }
    this.now = until;
  }

  get staleness(): number | null {
    return this.keeper.view.staleness(EPOCH + this.now + this.offset);
  }

  /** A check comes, as the edge notes it. */
  check(): boolean {
    const wanted = this.keeper.checked();
    if (wanted) void this.keeper.keepFresh();
    return wanted;
  }
}

let machine: Machine;

beforeEach(async () => {
  machine = new Machine();
  machine.check();
  await machine.pass(1_000);
});

describe("a background loop", () => {
  it("polls every 300 ms under traffic, and every 1.5 s without", async () => {
    machine.polls = [];
    for (let n = 0; n < 20; n++) {
      machine.check();
      await machine.pass(100);
    }
    expect(machine.polls.length).toBeGreaterThanOrEqual(6);
    await machine.pass(1_000);
    machine.polls = [];
    await machine.pass(6_000);
    expect(machine.polls.length).toBeGreaterThanOrEqual(3);
    expect(machine.polls.length).toBeLessThanOrEqual(4);
  });

  it("hurries when traffic begins in the middle of a long pause", async () => {
    await machine.pass(3_000);
    const last = machine.polls.at(-1)!;
    while (machine.polls.at(-1) === last) await machine.pass(10);
    await machine.pass(50);
    machine.check();
    const at = machine.now;
    machine.polls = [];
    await machine.pass(320);
    expect(machine.polls[0]! - at).toBeLessThanOrEqual(300);
  });

  it("is taken over before it ends, by one request, and then ends", async () => {
    await machine.pass(10_500);
    expect(machine.check()).toBe(false);
    await machine.pass(1_000);
    expect(machine.check()).toBe(true);
    expect(machine.check()).toBe(false);
    await machine.pass(2_000);
    machine.polls = [];
    await machine.pass(9_000);
    expect(machine.polls.length).toBeLessThanOrEqual(7);
    await machine.pass(10_000);
    expect(machine.staleness).not.toBeNull();
  });

  it("that ended leaves no lease, for nobody watches the clock; one poll brings it back", async () => {
    await machine.pass(23_000);
    expect(machine.staleness).not.toBeNull();
    await machine.pass(3_000);
    expect(machine.staleness).toBeNull();
    machine.offset = -60_000;
    void machine.keeper.refresh();
    await machine.pass(10);
    expect(machine.staleness).toBeNull();
    await machine.pass(30);
    expect(machine.staleness).toBeLessThan(200);
  });

  it("sees that the clock was set back when a timer took less than it does", async () => {
    await machine.pass(3_000);
    const polled = machine.polls.length;
    while (machine.polls.length === polled) await machine.pass(10);
    await machine.pass(500);
    machine.offset = -200;
    await machine.pass(300);
    expect(machine.polls).toHaveLength(polled + 1);
    expect(machine.staleness).toBeNull();
    await machine.pass(1_500);
    expect(machine.staleness).not.toBeNull();
  });
});
