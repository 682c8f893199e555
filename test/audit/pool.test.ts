import { beforeEach, describe, expect, it } from "vitest";
import { MOST_WAITING, Pool } from "../../src/audit/log/pool.ts";
import { VirtualTime } from "../support/virtual-time.ts";

const time = new VirtualTime(0);
let flushes: { at: number; items: number }[] = [];
let takes = 0;
let fails = false;

/** Each flush takes as long as a test says. */
const aPool = () =>
  new Pool<number>({
    wait: time.wait,
    flush: async (items) => {
      flushes.push({ at: time.now, items: items.length });
      await time.wait(takes);
      if (fails) throw new Error("the flush failed");
    },
  });

const many = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

beforeEach(() => {
  time.now = 0;
  [flushes, takes, fails] = [[], 10, false];
});

describe("a pool", () => {
  it("waits a tenth of a second for others, and flushes them all as one", async () => {
    const pool = aPool();
    const added = [pool.add([1]), pool.add([2, 3])];
    await time.pass(60);
    added.push(pool.add([4]));
    await time.pass(50);
    await Promise.all(added);
    expect(flushes).toEqual([{ at: 100, items: 4 }]);
  });

  it("waits for nobody when it is full", async () => {
    const pool = aPool();
    const added = [pool.add(many(200)), pool.add(many(56))];
    await time.pass(10);
    await Promise.all(added);
    expect(flushes).toEqual([{ at: 0, items: 256 }]);
  });

  it("has one flush under way at a time, and the next takes all that came meanwhile", async () => {
    takes = 400;
    const pool = aPool();
    const added = [pool.add(many(256))];
    await time.pass(10);
    for (let caller = 0; caller < 4; caller++) added.push(pool.add(many(256)));
    await time.pass(1_000);
    await Promise.all(added);
    expect(flushes).toEqual([{ at: 0, items: 256 }, { at: 400, items: 1_024 }]);
  });

  it("tells those of a failed flush alone, and goes on", async () => {
    const pool = aPool();
    fails = true;
    const failed = pool.add([1]).catch(String);
    await time.pass(105);
    const next = pool.add([2]);
    await time.pass(5);
    fails = false;
    await time.pass(200);
    expect([await failed, await next]).toEqual(["Error: the flush failed", undefined]);
  });

  it("has room for so many, those that are being flushed among them", async () => {
    takes = 100;
    const pool = aPool();
    const added = [pool.add(many(MOST_WAITING - 1))];
    expect([pool.takes(1), pool.takes(2)]).toEqual([true, false]);
    await time.pass(10);
    expect([flushes.length, pool.takes(1), pool.takes(2)]).toEqual([1, true, false]);
    await time.pass(200);
    await Promise.all(added);
    expect(pool.takes(MOST_WAITING)).toBe(true);
  });
});
