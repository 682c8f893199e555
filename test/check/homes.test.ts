import { beforeEach, describe, expect, it } from "vitest";
import { personOf, World } from "../support/world.ts";

/** Three people of one shard, of whom the last is not excluded. */
const [KNOWN, COMPANION, STRANGER] = Array.from({ length: 10_000 }, (_, n) => n + 10).filter((n) => personOf(n)[0] === 7) as [number, number, number];
const PEOPLE = [...Array.from({ length: 300 }, (_, n) => n + 20_000), KNOWN, COMPANION];

let world: World;

beforeEach(async () => {
  // Nothing is fetched that nobody asked for.
  world = new World(undefined, 0);
  for (const n of PEOPLE) world.exclude(n);
  await world.publish(PEOPLE);
});

/** Misses a person's shard, so that the loop fetches it from wherever it is to be had. */
async function fetchShard(n = KNOWN): Promise<void> {
  if (world.keeper.view.cold) await turn();
  world.keeper.want(0, personOf(n));
  await turn();
}

async function turn(): Promise<void> {
  world.now += 10_000;
  await world.settle();
  await world.keeper.refresh();
}

/** What the isolate says without asking anybody: from the shards it has. */
function fromMemory(n: number): string {
  const outcome = world.checker.fromMemory(world.caller(), { tokens: [world.token(n)], purpose: "login" });
  if (!outcome) return "unknown";
  return outcome.ok ? outcome.answer.decision : outcome.problem;
}

const damaged = (blobs: Map<string, Uint8Array>): Map<string, Uint8Array> =>
  new Map([...blobs].map(([hash, bytes]) => [hash, bytes.with(bytes.length - 1, bytes.at(-1)! ^ 1)]));

const fill = (blobs: Map<string, Uint8Array>, from: Map<string, Uint8Array>): void => {
  blobs.clear();
  for (const [hash, bytes] of from) blobs.set(hash, bytes);
};

describe("published bytes are read", () => {
  it("from the first home alone while it has them", async () => {
    fill(world.secondBlobs, world.blobs);
    await fetchShard();
    expect([fromMemory(KNOWN), world.secondReads, world.reports]).toEqual(["excluded", [], []]);
  });

  it.each<[string, string[], () => void]>([
    ["empty", [], () => world.blobs.clear()],
    ["damaged", ["published-damaged", "published-damaged"], () => fill(world.blobs, damaged(world.blobs))],
    ["down", ["home-failed", "home-failed"], () => world.homesDown.add("KV")],
  ])("from the second home when the first is %s", async (_, reports, harm) => {
    fill(world.secondBlobs, world.blobs);
    harm();
    await fetchShard();
    expect([fromMemory(KNOWN), fromMemory(STRANGER), world.reports]).toEqual(["excluded", "clear", reports]);
    expect(world.calls).not.toContain("shard");
  });

  it("again from a home that caches misses only after a minute, for the hashes it missed", async () => {
    fill(world.secondBlobs, world.blobs);
    const manifest = world.blobs.get(world.manifest!.hash)!;
    world.blobs.clear();
    world.blobs.set(world.manifest!.hash, manifest);
    await fetchShard();
    const [, missed] = world.reads;
    world.keeper.view.set(0).evict();
    await fetchShard();
    expect(world.reads.filter((hash) => hash === missed)).toHaveLength(1);
    world.keeper.view.set(0).evict();
    world.now += 60_000;
    await fetchShard();
    expect(world.reads.filter((hash) => hash === missed)).toHaveLength(2);
  });

  it("from a home that failed not again for five seconds", async () => {
    await fetchShard();
    fill(world.secondBlobs, world.blobs);
    world.homesDown.add("KV");
    world.reads = [];
    for (const n of PEOPLE.slice(0, 20)) world.keeper.want(0, personOf(n));
    const before = world.now;
    await world.settle();
    expect(world.reads.length).toBeLessThanOrEqual(4 + (world.now - before) / 5_000);
    expect(world.secondReads.length).toBeGreaterThan(10);
  });
});

describe("a shard that is in no home", () => {
  beforeEach(async () => {
    await fetchShard();
    world.blobs.clear();
    world.keeper.view.set(0).evict();
    world.reports = [];
  });

  it("comes from a Replica, with the log's rows over it, and is reported", async () => {
    world.exclude(1);
    world.release(KNOWN);
    await fetchShard();
    expect([fromMemory(KNOWN), fromMemory(COMPANION), fromMemory(1), fromMemory(STRANGER)]).toEqual(["clear", "excluded", "excluded", "clear"]);
    expect(world.reports).toEqual(["shard-in-no-home"]);
    await fetchShard();
    expect(world.calls.filter((call) => call === "shard")).toHaveLength(1);
  });

  it("stays until a snapshot after it, whose bytes take its place", async () => {
    await fetchShard();
    world.release(KNOWN);
    await world.publish(PEOPLE.filter((n) => n !== KNOWN));
    await fetchShard();
    expect([fromMemory(KNOWN), fromMemory(COMPANION), world.keeper.view.set(0).stale()]).toEqual(["clear", "excluded", []]);
    expect(world.calls.filter((call) => call === "shard")).toHaveLength(1);
  });

  it.each<[string, string[], () => void]>([
    ["has no time", [], () => (world.shardManner = () => null)],
    ["is unreachable", ["shard"], () => (world.shardManner = () => { throw new Error("unreachable"); })],
    ["is of another log", ["shard"], () => (world.shardManner = (shard) => ({ ...shard, logId: "log-2" }))],
    ["lost rows", ["shard"], () => (world.shardManner = (shard) => ({ ...shard, seq: 3, t: shard.t + 1_000 }))],
    ["holds less than the snapshot", ["shard-in-no-home"], () => (world.shardManner = (shard) => ({ ...shard, seq: 3, t: 0 }))],
    ["answers another shard", ["shard-in-no-home", "shard"], () => (world.shardManner = (shard) => ({ ...shard, bytes: shard.bytes.with(6, shard.bytes[6]! ^ 1) }))],
    ["answers half a shard", ["shard-in-no-home", "shard"], () => (world.shardManner = (shard) => ({ ...shard, bytes: shard.bytes.slice(0, -4) }))],
  ])("is nothing when the Replica %s: the answer is indeterminate, never clear", async (_, reports, harm) => {
    harm();
    await fetchShard();
    expect([fromMemory(KNOWN), world.reports]).toEqual(["unknown", reports]);
    world.failing = true;
    expect(await world.check(world.token(KNOWN))).toMatchObject({ problem: "indeterminate" });
  });
});
