import { describe, expect, it, test } from "vitest";
import { checkLog } from "../support/check-log.ts";
import { entries, FAULTS, LogWorld, Writes } from "../support/log-world.ts";

/** Two drains at once, one of which brings entries that were brought before, and a restart between two that are alike. */
async function story(writes: Writes): Promise<{ world: LogWorld; acknowledged: Map<string, number> }> {
  const world = new LogWorld();
  world.writes = writes;
  const [first, second, third] = [entries(3), entries(250), entries(9)];
  const batches = [[first], [[...first.slice(1), ...second.slice(0, 100)], second], [third]];
  const acknowledged = new Map<string, number>();
  for (const batch of batches) {
    const indexes = await Promise.all(batch.map((some) => world.appended(some)));
    batch.forEach((some, at) => some.forEach(({ id }, place) => {
      expect(acknowledged.get(id) ?? indexes[at]![place]).toBe(indexes[at]![place]);
      acknowledged.set(id, indexes[at]![place]!);
    }));
    await world.published();
  }
  world.restart();
  expect(await world.appended(third)).toEqual(third.map(({ id }) => acknowledged.get(id)));
  return { world, acknowledged };
}

/** Whatever went wrong: each entry has one place, the one that was acknowledged, and outsiders derive the same tree. */
async function check({ world, acknowledged }: Awaited<ReturnType<typeof story>>): Promise<void> {
  const { size, leaves } = await checkLog(world.bucket.read, await world.policy());
  expect(size).toBe(acknowledged.size);
  expect(leaves.map(({ id }, place) => [id, place])).toEqual([...acknowledged].toSorted(([, a], [, b]) => a - b));
  const log = await world.log();
  expect(await log.status()).toMatchObject({ size, uploaded: size, published: size, halted: null });
  expect(world.bucket.objects.get("checkpoint")!.bytes).toEqual(new TextEncoder().encode((await log.checkpoint())!));
  expect(world.reports.filter((line) => line.includes("halted"))).toEqual([]);
  expect(world.storage.rows("select count(*) from tail")).toEqual([[size % 256]]);
}

const whole = new Writes();
await check(await story(whole));

describe.each(FAULTS)("a write that %s leaves nothing lost, doubled or moved:", (fault) => {
  test.each(whole.done.map((what, at) => [at, what] as const))("%i, %s", async (at) => {
    const writes = new Writes(at, fault);
    await check(await story(writes));
    expect(writes.done.length).toBeGreaterThan(at);
  });
});

it("knows each of its writes", () => {
  expect([...new Set(whole.done.map((what) => what.replace(/[/]\d.*$/, "")))].toSorted()).toEqual([
    "a transaction", "checkpoint", "delete due", "full/genesis", "full/tile", "full/tile/entries", "insert published", "insert tree", "partial/tile", "partial/tile/entries",
  ]);
});
