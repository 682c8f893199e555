import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { CountedBatch } from "../../../src/domains/analytics/model.ts";
import type { UsageApi } from "../../../src/domains/analytics/rpc.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../../../src/kernel/clock.ts";
import { START } from "./doubles.ts";

const ROOT = "ab".repeat(32);

function aUsage() {
  const stub = env.USAGE.getByName(crypto.randomUUID());
  const api = stub as unknown as UsageApi & { setNow(now: Instant): Promise<void> };
  const rows = (query: string) => runInDurableObject(stub, (_, state) => state.storage.sql.exec(query).toArray());
  const hour = async (from: Instant) => (await api.usage({ from, to: from + HOUR, by: "hour" }))[0]!;
  return { stub, api, rows, hour };
}

/** A batch with one count of 10 logins. */
const aBatch = (batch: number, over: Partial<CountedBatch> = {}): CountedBatch => ({
  operator: "acme01", isolate: "one", batch, dropped: 0, found: [], spent: [{ keyId: "k1", checks: 12 }],
  clear: [{ minute: START, purpose: "login", count: 10, root: ROOT }], ...over,
});

describe("an operator's usage", () => {
  it("counts a batch once, however often it comes", async () => {
    const { api, hour } = aUsage();
    const batch = aBatch(1, { dropped: 3, found: [{ hour: START, purpose: "bet", count: 2 }] });
    expect(await Promise.all([api.record(batch, START), api.record(batch, START)])).toEqual([true, false]);
    expect(await api.record(batch, START + HOUR)).toBe(false);
    const { purposes, batchesLost, answersDropped } = await hour(START);
    expect([purposes.login, purposes.bet]).toEqual([{ clear: 10, found: null }, { clear: null, found: 2 }]);
    expect([batchesLost, answersDropped, await api.spentToday("k1"), await api.spentToday("k2")]).toEqual([0, 3, 12, 0]);
    expect(await api.committed(START, START + MINUTE)).toEqual([
      { minute: START, purpose: "login", count: 10, root: ROOT, isolate: "one", batch: 1 },
    ]);
    expect(await api.committed(START + MINUTE, START + HOUR)).toEqual([]);
  });

  it("keeps isolates apart that count the same numbers", async () => {
    const { api, hour } = aUsage();
    expect([await api.record(aBatch(1), START), await api.record(aBatch(1, { isolate: "two" }), START)]).toEqual([true, true]);
    expect((await hour(START)).purposes.login.clear).toBe(20);
  });

  it("shows a batch that never came once it is late, and takes it should it come after all", async () => {
    const { api, hour } = aUsage();
    await api.record(aBatch(2), START);
    await api.record(aBatch(5), START);
    expect((await hour(START)).batchesLost).toBe(0);
    await api.setNow(START + 5 * MINUTE);
    expect((await hour(START)).batchesLost).toBe(3);
    expect([await api.record(aBatch(4), START), await api.record(aBatch(4), START), await api.record(aBatch(1), START)]).toEqual([true, false, true]);
    expect(await hour(START)).toMatchObject({ batchesLost: 1, purposes: { login: { clear: 40 } } });
  });

  it("is what it was after the object was restarted", async () => {
    const { api, stub, hour } = aUsage();
    await api.record(aBatch(1), START);
    await evictDurableObject(stub);
    expect(await api.record(aBatch(1), START)).toBe(false);
    expect((await hour(START)).purposes.login.clear).toBe(10);
  });

  it("counts a key's day in Nairobi by when its checks were sent on", async () => {
    const { api } = aUsage();
    const midnight = START + 15 * HOUR;
    await api.record(aBatch(1), midnight - 1);
    await api.record(aBatch(2), midnight);
    await api.record(aBatch(3), midnight);
    await api.setNow(midnight);
    expect(await api.spentToday("k1")).toBe(24);
  });

  it("forgets after 90 days, and not before", async () => {
    const { api, stub, rows } = aUsage();
    await api.record(aBatch(2, { dropped: 1, found: [{ hour: START, purpose: "bet", count: 1 }] }), START);
    const tables = ["counts", "hours", "dropped", "gaps", "spent", "isolates"];
    const left = async () => (await Promise.all(tables.map((table) => rows(`SELECT * FROM ${table}`)))).map(({ length }) => length);
    await api.setNow(START + 90 * DAY);
    await runDurableObjectAlarm(stub);
    // The day its checks were spent on began before.
    expect(await left()).toEqual([1, 2, 1, 1, 0, 1]);
    await api.setNow(START + 91 * DAY);
    await runDurableObjectAlarm(stub);
    expect(await left()).toEqual([0, 0, 0, 0, 0, 0]);
    expect(await rows("SELECT task FROM due")).toEqual([{ task: "forget" }]);
  });
});
