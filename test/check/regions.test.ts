import { beforeEach, describe, expect, it } from "vitest";
import { chosenBy, parseRegions, publisherOf } from "../../src/check/places.ts";
import { type Named, regionalFeed } from "../../src/check/regions.ts";
import type { Feed } from "../../src/check/keeper.ts";
import { TokenBucket } from "../../src/kernel/token-bucket.ts";
import { World } from "../support/world.ts";

describe("regions in configuration", () => {
  it("have one Replica or as many as they say, under names of their own, and one publishes", () => {
    const regions = parseRegions("weur:2,eeur,me:1");
    expect(regions.flat()).toEqual([
      { name: "weur/1", region: "weur" }, { name: "weur/2", region: "weur" }, { name: "eeur/1", region: "eeur" }, { name: "me/1", region: "me" },
    ]);
    expect(publisherOf(regions)).toEqual({ name: "weur/1", region: "weur" });
    expect([parseRegions(""), publisherOf([])]).toEqual([[], undefined]);
  });

  it("give an isolate one Replica each, by its draw", () => {
    const regions = parseRegions("weur:2,eeur:3");
    const names = (draw: number) => chosenBy(draw, regions).map(({ name }) => name);
    expect([0, 0.49, 0.5, 0.999].map(names)).toEqual([
      ["weur/1", "eeur/1"], ["weur/1", "eeur/2"], ["weur/2", "eeur/2"], ["weur/2", "eeur/3"],
    ]);
  });

  it.each(["weur:0", "weur:-1", "weur:x", "weur:100", "weur:1.5", "weur, eeur", "WEUR", "weur,weur:2", ":2"])("refuse %j", (text) => {
    expect(() => parseRegions(text)).toThrow(RangeError);
  });
});

describe("admission", () => {
  it("is for so many a second, whatever the clock does", () => {
    const bucket = new TokenBucket(50);
    const admitted = (now: number) => Array.from({ length: 200 }, () => bucket.take(now)).filter(Boolean).length;
    expect([1_000, 1_000, 1_100, 3_600_000, 1_000, 1_020].map(admitted)).toEqual([50, 0, 5, 50, 0, 1]);
  });
});

type Manner = "answers" | "dead" | "hangs" | ((answer: object) => unknown);

let world: World;
let now: number;
let asked: string[];
let told: string[];
let manners: Record<string, Manner>;
let feed: Feed;

/** One that may be asked, and answers as its manner is. */
function source(name: string): Named<Feed> {
  const behave = async <T extends object>(answer: () => T): Promise<T> => {
    asked.push(name);
    const manner = manners[name] ?? "answers";
    if (manner === "dead") throw new Error("unreachable");
    if (manner === "hangs") return new Promise(() => undefined);
    return manner === "answers" ? answer() : (manner(answer()) as T);
  };
  return { name, poll: (after) => behave(() => world.poll(after)), first: (question) => behave(() => world.first(question)), shard: (place) => behave(() => world.shard(place)!) };
}

beforeEach(() => {
  world = new World();
  [now, asked, told, manners] = [1_000_000, [], [], {}];
  feed = regionalFeed({
    replicas: ["near", "next", "far"].map(source),
    lastResort: source("Register"),
    clock: () => now,
    wait: async (ms) => {
      if (!Object.values(manners).includes("hangs")) return new Promise(() => undefined);
      now += ms;
    },
    failed: (name) => told.push(name),
  });
});

/** Who was asked by one poll; "none" is added when nobody answered. */
async function pollAsks(): Promise<string> {
  asked = [];
  const answered = await feed.poll(0).then(() => "", () => " none");
  return asked.join(" ") + answered;
}

describe("an isolate asks", () => {
  it("the nearest Replica, and nobody else while it answers", async () => {
    expect(await pollAsks()).toBe("near");
  });

  it("the next when it is dead, which it is not asked again for five seconds; then traffic returns to it", async () => {
    manners.near = "dead";
    expect([await pollAsks(), await pollAsks()]).toEqual(["near next", "next"]);
    manners.near = "answers";
    now += 4_000;
    expect(await pollAsks()).toBe("next");
    now += 5_000;
    expect(await pollAsks()).toBe("near");
    expect(told).toEqual(["near"]);
  });

  it("Register when two Replicas fail, and all of them again in vain within 1.5 s when that refuses too", async () => {
    manners = { near: "dead", next: "dead" };
    expect(await pollAsks()).toBe("near next Register");
    manners.far = "dead";
    expect([await pollAsks(), await pollAsks()]).toEqual(["far Register", "Register"]);
    manners.Register = "dead";
    expect(await pollAsks()).toBe("Register near next none");
  });

  it("no longer than 1.5 s when everybody hangs, of which the nearest costs its share", async () => {
    manners = { near: "hangs", next: "hangs", far: "hangs", Register: "hangs" };
    const from = now;
    expect(await pollAsks()).toBe("near next Register none");
    expect(now - from).toBe(1_500);
  });

  it("Replicas alone when it is cold", async () => {
    manners = { near: "dead", next: "dead", far: "dead" };
    await expect(feed.first({ keyHash: "", operator: "", asked: [] })).rejects.toThrow("unreachable");
    expect(asked).toEqual(["near", "next", "far"]);
  });
});

describe("a Replica that lies is no answer", () => {
  const rows = (change: (rows: Record<string, unknown>[]) => unknown) => (answer: object) =>
    ({ ...answer, rows: change((answer as { rows: Record<string, unknown>[] }).rows) });

  it.each<[string, Manner]>([
    ["nothing", () => null],
    ["a negative age", (answer) => ({ ...answer, age: -1 })],
    ["an age that is no number", (answer) => ({ ...answer, age: Number.NaN })],
    ["an age without end", (answer) => ({ ...answer, age: Number.POSITIVE_INFINITY })],
    ["an age beyond the bound", (answer) => ({ ...answer, age: 5_001 })],
    ["an age as text", (answer) => ({ ...answer, age: "0" })],
    ["a time no calendar has", (answer) => ({ ...answer, t: 9e15 })],
    ["half a row number", (answer) => ({ ...answer, seq: 3.5 })],
    ["no log", (answer) => ({ ...answer, logId: "" })],
    ["fewer rows than its head", (answer) => ({ ...answer, rows: [] })],
    ["rows beyond its head", (answer) => ({ ...answer, seq: 2 })],
    ["a gap", rows(([one, , three]) => [one, three])],
    ["rows in disorder", rows((all) => all.toReversed())],
    ["a row of a kind not known", rows(([one, two, three]) => [one, two, { ...three, type: "toString" }])],
    ["a row about nobody", rows(([one, two, three]) => [one, two, { ...three, type: "excluded", rootEpoch: 0, p: new Uint8Array(8) }])],
    ["a key without state", rows(([one, two, three]) => [one, { ...two, key: {} }, three])],
  ])("when it says %s", async (_, manner) => {
    manners.near = manner;
    expect(await pollAsks()).toBe("near next");
  });

  it.each<[string, Manner]>([
    ["a verdict too few", (answer) => ({ ...answer, excluded: [] })],
    ["a verdict that is text", (answer) => ({ ...answer, excluded: ["false"] })],
    ["no directory", (answer) => ({ ...answer, directory: null })],
    ["a manifest without hash", (answer) => ({ ...answer, manifest: {} })],
  ])("when its first answer has %s", async (_, manner) => {
    manners.near = manner;
    const question = { keyHash: world.key().hash, operator: "acme01", asked: [{ epoch: 0, p: new Uint8Array(16) }] };
    expect(await feed.first(question)).toMatchObject({ excluded: [false] });
    expect(asked).toEqual(["near", "next"]);
  });

  it.each<[string, Manner]>([
    ["no bytes", (answer) => ({ ...answer, bytes: null })],
    ["text for bytes", (answer) => ({ ...answer, bytes: "NSER" })],
    ["an age beyond the bound", (answer) => ({ ...answer, age: 5_001 })],
    ["no log", (answer) => ({ ...answer, logId: "" })],
  ])("when its shard has %s", async (_, manner) => {
    manners.near = manner;
    expect(await feed.shard({ rootEpoch: 0, shardBits: 8, index: 3 })).toMatchObject({ logId: "log-1" });
    expect(asked).toEqual(["near", "next"]);
  });
});

it("a Replica that has no time for a shard is not asked again, and nobody is in its place", async () => {
  manners.near = () => null;
  expect([await feed.shard({ rootEpoch: 0, shardBits: 8, index: 3 }), asked]).toEqual([null, ["near"]]);
  manners = {};
  expect(await pollAsks()).toBe("near");
});
