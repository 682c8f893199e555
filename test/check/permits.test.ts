import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { Permits } from "../../src/check/permits.ts";
import { SECOND } from "../../src/kernel/clock.ts";

const WINDOW = 10 * SECOND;

/** A data centre: isolates on one clock, and the binding that counts their blocks in windows, as the platform documents it. */
class DataCentre {
  now = 1_800_000_000_000;
  asked = 0;
  broken = false;
  failures = 0;
  readonly #blocks = new Map<number, number>();
  readonly isolates: Permits[];

  constructor(isolates: number) {
    this.isolates = Array.from({ length: isolates }, () => new Permits({
      ask: async () => this.#grant(),
      clock: () => this.now,
      failed: () => this.failures++,
    }));
  }

  #grant(): boolean {
    this.asked++;
    if (this.broken) throw new Error("the binding is down");
    const window = Math.floor(this.now / WINDOW);
    const used = this.#blocks.get(window) ?? 0;
    if (used < 100) this.#blocks.set(window, used + 1);
    return used < 100;
  }

  /** One request at one isolate, and what it starts beside itself; true when it goes through. */
  async request(perSecond: number, { isolate = 0, checks = 1 } = {}): Promise<boolean> {
    const permits = this.isolates[isolate]!;
    const wait = permits.spend("k", perSecond, checks, this.now);
    if (permits.due) await permits.pay();
    return wait === 0;
  }

  /** How many of so many requests a second go through in so many seconds, spread over the isolates. */
  async run(perSecond: number, offered: number, seconds: number): Promise<number> {
    let through = 0;
    for (let n = 0; n < offered * seconds; n++) {
      this.now += SECOND / offered;
      if (await this.request(perSecond, { isolate: n % this.isolates.length })) through++;
    }
    return through;
  }
}

let centre: DataCentre;
beforeEach(() => {
  centre = new DataCentre(1);
});

describe("a key's pace", () => {
  it.each([1, 5, 15, 100, 1_000])("of %d a second lets all through that keeps to it", async (pace) => {
    expect(await centre.run(pace, pace, 30)).toBe(pace * 30);
  });

  it.each([1, 15, 100])("of %d a second holds back what goes beyond it, evenly", async (pace) => {
    await centre.run(pace, pace * 3, 20);
    for (let second = 0; second < 10; second++) {
      const through = await centre.run(pace, pace * 3, 1);
      expect(Math.abs(through - pace)).toBeLessThanOrEqual(1);
    }
  });

  it("is kept by the isolates of a data centre together, but for a block each a window", async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 5, max: 200 }), fc.integer({ min: 1, max: 4 }), async (isolates, pace, over) => {
      centre = new DataCentre(isolates);
      centre.now = Math.ceil(centre.now / WINDOW) * WINDOW;
      const through = await centre.run(pace, pace * over, 30);
      // A block, or the one check a smaller block rounds up to.
      const credit = isolates * Math.max(1, pace / 10);
      expect(through).toBeLessThanOrEqual(pace * 30 + 4 * credit + 4);
      expect(through).toBeGreaterThanOrEqual(pace * 30 * 0.9 - 4 * isolates);
    }), { numRuns: 20 });
  });

  it("says how long to wait", async () => {
    for (let n = 0; n < 2; n++) await centre.request(2);
    expect(centre.isolates[0]!.spend("k", 2, 1, centre.now)).toBe(500);
    centre.now += 500;
    expect(await centre.request(2)).toBe(true);
  });

  it("lets a whole batch through and makes the next wait for it", async () => {
    expect(await centre.request(100, { checks: 1_000 })).toBe(true);
    expect(await centre.request(100)).toBe(false);
    centre.now += 8_900;
    expect(await centre.request(100)).toBe(false);
    centre.now += WINDOW;
    expect(await centre.request(100)).toBe(true);
  });

  it("is not charged for a batch that was refused", async () => {
    const permits = new Permits({ ask: async () => false, clock: () => centre.now, failed: () => undefined });
    expect(permits.spend("k", 100, 10, centre.now)).toBe(0);
    await permits.pay();
    expect(permits.spend("k", 100, 5_000, centre.now)).toBe(SECOND);
    centre.now += WINDOW;
    expect(permits.spend("k", 100, 1, centre.now)).toBe(0);
  });

  it("may change at any time, and each key has its own", async () => {
    const [permits] = centre.isolates;
    await centre.run(100, 100, 5);
    expect(await centre.run(2, 100, 10)).toBeLessThanOrEqual(22);
    expect(permits!.spend("other", 100, 1, centre.now)).toBe(0);
  });

  it("is kept when the clock is set back, which gives nothing and takes nothing", async () => {
    await centre.run(10, 30, 2);
    centre.now -= 60 * SECOND;
    expect(await centre.request(10)).toBe(false);
    expect(await centre.run(10, 10, 5)).toBeGreaterThanOrEqual(48);
  });
});

describe("asking for blocks", () => {
  it("is due after what was spent, and a hundredth of the checks at most", async () => {
    expect(centre.isolates[0]!.due).toBe(false);
    await centre.run(1_000, 1_000, 5);
    expect(centre.asked).toBeLessThanOrEqual(51);
  });

  it("rests for a block's time when it was refused, however many ask", async () => {
    centre = new DataCentre(2);
    await centre.run(100, 1_000, 20);
    centre.asked = 0;
    await centre.run(100, 2_000, 10);
    expect(centre.asked).toBeLessThanOrEqual(110 + 2 * 100);
  });

  it("lets somebody begin afresh who stayed away for a window, though the last answer was no", async () => {
    await centre.request(100, { checks: 2_000 });
    centre.now += 2 * WINDOW;
    expect(await centre.request(100)).toBe(true);
  });

  it("that fails stops nobody who keeps the pace, is reported, and is not repeated for each check", async () => {
    centre.broken = true;
    expect(await centre.run(100, 100, 30)).toBe(3_000);
    expect(await centre.run(100, 300, 10)).toBeLessThanOrEqual(1_100);
    expect(centre.failures).toBeGreaterThan(0);
    expect(centre.asked).toBeLessThan(10);
  });

  it("that was lost with its request is done again after a window", async () => {
    let lost = true;
    const permits = new Permits({ ask: async () => (lost ? new Promise(() => undefined) : true), clock: () => centre.now, failed: () => undefined });
    const request = (): boolean => {
      const wait = permits.spend("k", 100, 1, centre.now);
      if (permits.due) void permits.pay();
      return wait === 0;
    };
    expect(Array.from({ length: 50 }, request).filter(Boolean)).toHaveLength(10);
    lost = false;
    centre.now += WINDOW;
    request();
    await new Promise(setImmediate);
    expect(Array.from({ length: 9 }, request).every(Boolean)).toBe(true);
  });
});
