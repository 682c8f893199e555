import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { ExclusionSet } from "../../../src/check/exclusion-set.ts";
import { readManifest } from "../../../src/check/published.ts";
import { toHex } from "../../../src/kernel/bytes.ts";
import { DAY, HOUR } from "../../../src/kernel/clock.ts";
import { Shard } from "../../../src/snapshot/shard.ts";
import { parseManifestKeys } from "../../../src/snapshot/signature.ts";
import { START } from "./doubles.ts";
import { aPublisher, person, publishAll, type Publisher, SETTLE } from "./publisher.ts";

const keys = parseManifestKeys('{"1":"iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w"}');
const blob = async (hash: string): Promise<Uint8Array | null> => {
  const bytes = await env.SHARDS.get(hash, "arrayBuffer");
  return bytes && new Uint8Array(bytes);
};

/** Who is excluded according to the store and the log since, as an isolate reads them. */
async function readSet({ register, announced }: Publisher, people: number[]): Promise<number[]> {
  const { logId, rows } = await register.api.poll(0);
  const manifest = await readManifest(blob, keys, (await announced())!, logId);
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
