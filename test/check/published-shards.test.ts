import { beforeEach, describe, expect, it } from "vitest";
import { View } from "../../src/check/view.ts";
import { decisionOf, World } from "../support/world.ts";

let world: World;

beforeEach(() => {
  world = new World();
});

describe("published shards", () => {
  const people = Array.from({ length: 500 }, (_, n) => n + 10);

  beforeEach(async () => {
    for (const n of people) world.exclude(n);
    await world.publish(people);
    world.exclude(1);
    world.release(10);
  });

  it("are asked under the deltas since", async () => {
    await world.warm();
    expect(decisionOf(await world.check(world.token(11)))).toBe("excluded");
    expect(decisionOf(await world.check(world.token(10)))).toBe("clear");
    expect(decisionOf(await world.check(world.token(1)))).toBe("excluded");
    expect(decisionOf(await world.check(world.token(2)))).toBe("clear");
  });

  it("are fetched after the first answer, which a Replica gives, and before anybody asks for them", async () => {
    expect(decisionOf(await world.check(world.token(11)))).toBe("excluded");
    expect([world.calls, world.reads]).toEqual([["first"], []]);
    await world.settle();
    await world.keeper.refresh();
    world.calls = [];
    expect(decisionOf(await world.check(world.token(11)))).toBe("excluded");
    expect(world.calls).toEqual([]);
  });

  it("that are damaged or missing are not believed: a Replica is asked instead", async () => {
    for (const [hash, bytes] of world.blobs) if (hash !== world.manifest!.hash) world.blobs.set(hash, bytes.with(20, 1));
    world.shardManner = () => null;
    await world.warm();
    expect(decisionOf(await world.check(world.token(11)))).toBe("excluded");
    world.now += 10_000;
    await world.settle();
    expect(world.reports).toContain("published-damaged");
    world.failing = true;
    expect(decisionOf(await world.check(world.token(11)))).toBe("indeterminate");
  });

  it("let an isolate begin that next asks a copy which lags behind them", () => {
    const first = world.first({ keyHash: "", operator: "", asked: [] });
    const set = { rootEpoch: 0, shardBits: 8 as const, shards: Array<null>(256).fill(null) };
    const view = new View();
    view.begin(first, { logId: world.logId, sequence: 503, sets: [set] });
    const when = { sentAt: world.now, receivedAt: world.now };
    const lagging = { logId: world.logId, seq: 300, t: first.t - 2_000, age: 2_050, from: 1, rows: [] };
    expect(view.apply(lagging, when)).not.toBe("log-went-back");
    expect(view.apply({ ...lagging, t: first.t + 1 }, when)).toBe("log-went-back");
  });

  it("give way to newer ones, and the deltas they hold are dropped", async () => {
    await world.warm();
    await world.check(people.slice(0, 8).map((n) => world.token(n)));
    world.now += 10_000;
    await world.settle();
    const before = world.keeper.view.set(0).overlaySize;
    await world.publish([...people.filter((n) => n !== 10), 1]);
    await world.keeper.refresh();
    await world.turn();
    expect([before, world.keeper.view.set(0).overlaySize]).toEqual([2, 0]);
    for (const [n, word] of [[1, "excluded"], [10, "clear"], [11, "excluded"], [2, "clear"]] as const) {
      expect(decisionOf(await world.check(world.token(n)))).toBe(word);
    }
  });
});
