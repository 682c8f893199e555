import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { ExclusionSet } from "../../../src/check/exclusion-set.ts";
import { Published, readManifest } from "../../../src/check/published.ts";
import { toHex } from "../../../src/kernel/bytes.ts";
import { DAY, HOUR } from "../../../src/kernel/clock.ts";
import { rowOf } from "../../../src/snapshot/row.ts";
import { Shard } from "../../../src/snapshot/shard.ts";
import { parseManifestKeys } from "../../../src/snapshot/signature.ts";
import { START } from "./doubles.ts";
import { aPublisher, person, publishAll, type Publisher, SETTLE } from "./publisher.ts";
import type { SecondHome } from "./replica-doubles.ts";

const keys = parseManifestKeys('{"1":"iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w"}');
const blob = async (hash: string): Promise<Uint8Array | null> => {
  const bytes = await env.SHARDS.get(hash, "arrayBuffer");
  return bytes && new Uint8Array(bytes);
};
const report = (_: string, error: unknown): never => {
  throw error;
};
const published = new Published({ homes: [{ name: "KV", read: blob }], clock: Date.now, report });

/** Who is excluded according to the store and the log since, as an isolate reads them. */
async function readSet({ register, announced }: Publisher, people: number[]): Promise<number[]> {
  const { logId, rows } = await register.api.poll(0);
  const manifest = await readManifest(published, keys, (await announced())!, logId);
  const set = new ExclusionSet(0, manifest.sets[0], manifest.sequence);
  for (const row of rows) if ("p" in row && row.seq > manifest.sequence) set.put(row.p, row.type === "excluded", row.seq);
  for (const n of people) {
    const wanted = set.wanted(person(n));
    if (wanted) set.install(wanted, new Shard((await blob(wanted.hash))!));
  }
  return people.filter((n) => set.has(person(n)));
}

const PEOPLE = Array.from({ length: 60 }, (_, n) => n);

test("a publication killed after each step goes on, and is whole although rows changed meanwhile", async () => {
  const publisher = aPublisher();
  const { stub, step, goTo, exclude, rows, announced } = publisher;
  await exclude(...PEOPLE.slice(0, 30));
  await goTo(START);
  await goTo(START + SETTLE);
  await exclude(...PEOPLE.slice(30, 33));
  let steps = 0;
  while ((await rows("select 1 from publication where state = 'settling'")).length === 0) {
    await step();
    await evictDurableObject(stub);
    await exclude(33 + steps++);
    await publisher.replica.poll(0);
  }
  expect(steps).toBeGreaterThan(3);
  expect(await announced()).toBeNull();
  await goTo(START + 2 * SETTLE - 1);
  await step();
  expect(await announced()).toBeNull();
  await goTo(START + 2 * SETTLE);
  await step();
  expect((await announced())!.sequence).toBeLessThan(33 + steps);
  expect(await readSet(publisher, PEOPLE)).toEqual(PEOPLE.slice(0, 33 + steps));
});

test("an unchanged shard keeps its hash and is not written again; what nobody needs is deleted after a day", async () => {
  const publisher = aPublisher();
  const { exclude, goTo, step, rows, announced } = publisher;
  await exclude(...PEOPLE.slice(0, 30));
  await publishAll(publisher, START);
  const shards = () => rows<{ hash: string }>("select hash from publishedShards where hash is not null order by shard");
  const [before, first] = [await shards(), (await announced())!];
  await exclude(50);
  await publishAll(publisher, START + HOUR);
  const [after, second] = [await shards(), (await announced())!];
  expect(second.sequence).toBeGreaterThan(first.sequence);
  const kept = before.filter(({ hash }) => after.some((one) => one.hash === hash));
  expect(kept.length).toBeGreaterThanOrEqual(before.length - 1);
  expect(await blob(first.hash)).not.toBeNull();
  await goTo(START + HOUR + 2 * SETTLE + DAY);
  await step();
  expect(await blob(first.hash)).toBeNull();
  expect(await blob(second.hash)).not.toBeNull();
  for (const { hash } of after) expect(toHex((await blob(hash))!).slice(0, 8)).toBe("4e534552");
});

describe("a second home", () => {
  /** Every hash that is needed: those the first home was given and nobody calls unused. */
  const needed = async ({ rows }: Publisher): Promise<string[]> =>
    (await rows<{ hash: string }>("select hash from blobs where unusedSince is null order by hash")).map(({ hash }) => hash);
  const second = async ({ replica }: Publisher): Promise<string[]> => (await replica.secondHashes()).toSorted();
  const isSettling = async ({ rows }: Publisher): Promise<boolean> =>
    (await rows("select 1 from publication where state = 'settling'")).length > 0;

  /** Begins with a second home that is as told, and writes everything into the first. */
  async function written(state: SecondHome): Promise<Publisher> {
    const publisher = aPublisher();
    await publisher.replica.setSecondHome(state);
    await publisher.exclude(...PEOPLE.slice(0, 20));
    await publisher.goTo(START);
    await publisher.goTo(START + SETTLE);
    while (!(await isSettling(publisher))) await publisher.step();
    return publisher;
  }

  test("has the same bytes before they are announced, though the object was lost after each step, and loses them with the first", async () => {
    const publisher = await written("up");
    const { stub, step, goTo, exclude, announced } = publisher;
    const hashes = await needed(publisher);
    for (let n = 0; (await second(publisher)).length < hashes.length; n++) {
      expect(n).toBeLessThan(hashes.length);
      await step();
      await evictDurableObject(stub);
    }
    expect([await second(publisher), await announced()]).toEqual([hashes, null]);
    await goTo(START + 2 * SETTLE);
    await step();
    expect(await announced()).not.toBeNull();
    await exclude(50);
    await publishAll(publisher, START + HOUR);
    await goTo(START + HOUR + 2 * SETTLE + DAY);
    for (let n = 0; n < 5; n++) await step();
    expect([await blob(hashes[0]!), await second(publisher)]).toEqual([await blob(hashes[0]!), await needed(publisher)]);
    expect((await second(publisher)).length).toBeLessThan(hashes.length + 3);
  });

  test("that is away holds an announcement up as long again as bytes settle, and gets them all when it is back", async () => {
    const publisher = await written("down");
    const { step, goTo, announced, replica } = publisher;
    for (const now of [START + 2 * SETTLE, START + 3 * SETTLE - 60_000]) {
      await goTo(now);
      await step();
    }
    expect([await announced(), await second(publisher)]).toEqual([null, []]);
    await goTo(START + 3 * SETTLE);
    await step();
    expect([await announced(), await second(publisher)]).toEqual([expect.anything(), []]);
    await replica.setSecondHome("up");
    await goTo(START + 4 * SETTLE);
    for (let n = 0; n < 10; n++) await step();
    expect(await second(publisher)).toEqual(await needed(publisher));
  });

  test("that comes to be configured later gets what is published already", async () => {
    const publisher = await written("none");
    await publisher.step();
    await publisher.replica.setSecondHome("up");
    await evictDurableObject(publisher.stub);
    await publisher.replica.poll(0);
    for (let n = 0; n < 10; n++) await publisher.step();
    expect(await second(publisher)).toEqual(await needed(publisher));
  });

  test("is given no bytes that the first has not as they were", async () => {
    const publisher = await written("up");
    const [damaged, ...hashes] = await needed(publisher);
    await env.SHARDS.put(damaged!, "other bytes");
    // What fails is tried again after ten seconds.
    for (let n = 0; n < 10; n++) {
      await publisher.goTo(START + SETTLE + n * 11_000);
      await publisher.step();
    }
    expect(await second(publisher)).toEqual(hashes);
  });
});

test("fifty thousand people, killed half-way: every one is in the shards, and a step reads no more than its share", async () => {
  const publisher = aPublisher();
  const { stub, step, goTo, exclude, rows, announced, register } = publisher;
  await exclude(1);
  await goTo(START);
  await rows(`insert into members select 0, randomblob(16) from
    (with recursive n(i) as (select 1 union all select i + 1 from n where i < 50000) select i from n) returning null`);
  await goTo(START + SETTLE);
  let steps = 0;
  while ((await rows("select 1 from publication where state = 'settling'")).length === 0) {
    await step();
    if (++steps === 3) await evictDurableObject(stub);
  }
  await goTo(START + 2 * SETTLE);
  await step();
  const { logId } = await register.api.poll(0);
  const { sets } = await readManifest(published, keys, (await announced())!, logId);
  let people = 0;
  for (const hash of sets[0]!.shards) people += hash ? new Shard((await blob(hash))!).count : 0;
  expect([people, steps]).toEqual([50_001, expect.closeTo(5, 0)]);
});

describe("a Replica's own shard", () => {
  const place = (n: number, shardBits: 8 | 10 = 8) => ({ rootEpoch: 0, shardBits, index: rowOf(person(n), shardBits).shard });
  const has = (bytes: Uint8Array, n: number, shardBits: 8 | 10 = 8): boolean => {
    const { high, low } = rowOf(person(n), shardBits);
    return new Shard(bytes).has(high, low);
  };

  test("is its set as of its newest row, in either width", async () => {
    const { replica, goTo, exclude } = aPublisher();
    await goTo(START);
    await exclude(1, 2);
    await goTo(START + 2_000);
    const { logId, seq } = await replica.poll(0);
    for (const bits of [8, 10] as const) {
      const shard = (await replica.shard(place(1, bits)))!;
      expect([shard.logId, shard.seq, has(shard.bytes, 1, bits), new Shard(shard.bytes).count]).toEqual([logId, seq, true, 1]);
    }
    expect(new Shard((await replica.shard({ rootEpoch: 0, shardBits: 8, index: place(1).index ^ 1 }))!.bytes).count).toBe(0);
  });

  test("is given ten times a second", async () => {
    const { replica, goTo, exclude } = aPublisher();
    await goTo(START);
    await exclude(1);
    const answers = async (): Promise<number> =>
      (await Promise.all(Array.from({ length: 15 }, () => replica.shard(place(1))))).filter((shard) => shard !== null).length;
    expect(await answers()).toBe(10);
    await goTo(START + 1_000);
    expect(await answers()).toBe(10);
  });
});
