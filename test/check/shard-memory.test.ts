import { beforeEach, describe, expect, it } from "vitest";
import { decisionOf, World } from "../support/world.ts";

let world: World;

beforeEach(() => {
  world = new World();
});

describe("memory", () => {
  const people = Array.from({ length: 500 }, (_, n) => n + 10);
  const shardReads = () => world.reads.filter((hash) => hash !== world.manifest!.hash);

  async function published(budget?: number): Promise<void> {
    world = new World(budget);
    for (const n of people) world.exclude(n);
    await world.publish(people);
  }

  it("fetches a shard once however many miss it, in two loops at the same time", async () => {
    await published();
    await world.check(world.token(11));
    await Promise.all([world.keeper.keepFresh(), world.keeper.keepFresh()]);
    await Promise.all(Array.from({ length: 100 }, () => world.check(world.token(11))));
    await Promise.all([world.keeper.keepFresh(), world.keeper.keepFresh()]);
    expect(shardReads().length).toBeGreaterThan(200);
    expect(new Set(shardReads()).size).toBe(shardReads().length);
  });

  it("tries a shard that is not to be had no more often than every ten seconds", async () => {
    await published();
    const [damaged] = [...world.blobs].find(([hash]) => hash !== world.manifest!.hash)!;
    world.blobs.delete(damaged);
    await world.warm();
    expect(world.reads.filter((hash) => hash === damaged).length).toBeLessThanOrEqual(3);
  });

  it("stays within its budget, and answers right whether a shard is in it or not", async () => {
    await published(1_000);
    await world.warm();
    for (let round = 0; round < 3; round++) {
      for (const n of [...people.slice(0, 100), 1, 2, 3]) {
        expect(decisionOf(await world.check(world.token(n)))).toBe(n >= 10 ? "excluded" : "clear");
      }
      await world.turn();
      expect(world.keeper.view.set(0).bytes).toBeGreaterThan(900);
      expect(world.keeper.view.set(0).bytes).toBeLessThanOrEqual(1_000);
    }
  });

  it("goes back to polling between fetches when very many shards are missed", async () => {
    await published();
    await world.keeper.keepFresh();
    const shards = new Set(shardReads());
    expect(shards.size).toBeGreaterThan(200);
    expect(shardReads()).toHaveLength(shards.size);
    expect(world.calls.length).toBeGreaterThan(shards.size / 32);
  });
});
