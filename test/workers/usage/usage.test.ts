import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { CountedBatch } from "../../../src/domains/analytics/model.ts";
import type { UsageApi } from "../../../src/domains/analytics/rpc.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../../../src/kernel/clock.ts";
import { fromHex, toHex } from "../../../src/kernel/bytes.ts";
import { leafHash, rootOf } from "../../../src/tlog/merkle.ts";
import { verifyInclusion } from "../../../src/tlog/proofs.ts";
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

describe("the audit of an operator's checks", () => {
  const counted = async (rows: (query: string) => Promise<Record<string, unknown>[]>) =>
    (await rows("SELECT * FROM audit ORDER BY position")).map(({ id, action, resource, payload }) => ({ id, action, resource, ...JSON.parse(String(payload)) }));
  const root = (n: number) => n.toString(16).padStart(2, "0").repeat(32);
  const count = (n: number, purpose: "login" | "bet" = "login", minute = START) => ({ minute, purpose, count: n, root: root(n) });
  const over = START + MINUTE + 90_000;

  it("has each minute once it is over for a while: its counts in the order they came, under a root that proves each batch's", async () => {
    const { api, rows, stub } = aUsage();
    await api.record(aBatch(1, { clear: [count(3), count(4, "bet"), count(5, "login", START + MINUTE)] }), START);
    await api.record(aBatch(1, { isolate: "two", clear: [count(6)] }), START);
    await api.record(aBatch(2, { clear: [count(7)] }), START);
    await api.setNow(over - 1);
    await runDurableObjectAlarm(stub);
    expect(await counted(rows)).toEqual([]);
    await api.setNow(over);
    await runDurableObjectAlarm(stub);
    const leaves = [3, 6, 7].map((n) => leafHash(fromHex(root(n))));
    const [entry, ...more] = await counted(rows);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ action: "checks.counted", resource: `operator/${stub.name}`, minute: new Date(START).toISOString() });
    expect(entry!.purposes).toEqual([
      { purpose: "login", count: 16, root: toHex(rootOf(leaves)), batches: [
        { isolate: "one", batch: 1, count: 3, root: root(3) }, { isolate: "two", batch: 1, count: 6, root: root(6) }, { isolate: "one", batch: 2, count: 7, root: root(7) },
      ] },
      { purpose: "bet", count: 4, root: toHex(leafHash(fromHex(root(4)))), batches: [{ isolate: "one", batch: 1, count: 4, root: root(4) }] },
    ]);
    expect(verifyInclusion(leaves[1]!, 1n, [leaves[0]!, leaves[2]!], { size: 3n, root: fromHex(entry!.purposes[0].root) })).toBe(true);
    expect((await api.committed(START, over)).map(({ entry: of }) => of === entry!.id)).toEqual([true, true, true, true, false]);
    await api.setNow(over + MINUTE);
    await runDurableObjectAlarm(stub);
    expect((await counted(rows)).map(({ minute }) => minute)).toEqual([START, START + MINUTE].map((at) => new Date(at).toISOString()));
  });

  it("has what comes late in an entry of its own, and nothing twice, whatever comes again and wherever it was stopped", async () => {
    const { api, rows, stub } = aUsage();
    await api.record(aBatch(1, { clear: [count(3)] }), START);
    await api.setNow(over);
    await runDurableObjectAlarm(stub);
    await api.record(aBatch(3, { clear: [count(9)] }), START);
    await api.record(aBatch(1, { clear: [count(3)] }), START);
    await evictDurableObject(stub);
    await api.setNow(over + 60_000);
    await runDurableObjectAlarm(stub);
    expect(await counted(rows)).toHaveLength(1);
    await api.record(aBatch(2, { clear: [count(8)] }), START);
    await api.setNow(over + 90_000);
    await runDurableObjectAlarm(stub);
    await runDurableObjectAlarm(stub);
    const entries = await counted(rows);
    expect(entries.map(({ purposes }) => purposes.map((one: { count: number }) => one.count))).toEqual([[3], [17]]);
    expect(new Set(entries.map(({ minute }) => minute)).size).toBe(1);
  });

  it("goes on where a turn ended, and in further entries where one holds no more", async () => {
    const { api, rows, stub } = aUsage();
    const minutes = Array.from({ length: 120 }, (_, at) => count(1, "login", START + at * MINUTE));
    await api.record(aBatch(1, { clear: minutes }), START);
    for (let batch = 2; batch <= 22; batch++) await api.record(aBatch(batch, { clear: Array.from({ length: 100 }, () => count(1)) }), START);
    await api.setNow(START + DAY / 2);
    for (let turn = 0; turn < 4; turn++) await runDurableObjectAlarm(stub);
    const entries = await counted(rows);
    expect(entries).toHaveLength(121);
    expect(entries.slice(0, 2).map(({ purposes: [login] }) => login.count)).toEqual([2_000, 101]);
  });
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
      { minute: START, purpose: "login", count: 10, root: ROOT, isolate: "one", batch: 1, entry: null },
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

  it("says what each key was answered by day and purpose, and when it last asked; of a batch of the release before how often alone", async () => {
    const { api } = aUsage();
    const midnight = START + 15 * HOUR;
    await api.record(aBatch(1, { clear: [], spent: [{ keyId: "k1", checks: 9, clear: { login: 4, bet: 1 }, excluded: { login: 2 } }, { keyId: "t1", checks: 3, clear: { login: 1 } }] }), START);
    await api.record(aBatch(2, { clear: [], spent: [{ keyId: "k1", checks: 2, clear: { login: 2 } }] }), START);
    await api.record(aBatch(3, { clear: [], spent: [{ keyId: "k1", checks: 5 }] }), midnight);
    const days = await api.keyUsage({ keyId: "k1", from: START, to: midnight + DAY });
    const none = { clear: null, found: null };
    expect(days).toMatchObject([
      { from: midnight - DAY, checks: 11, purposes: { login: { clear: 6, found: 2 }, bet: { clear: 1, found: null }, payout: none } },
      { from: midnight, checks: 5, purposes: { login: none } },
    ]);
    expect(await api.keyUsage({ keyId: "nobody", from: START, to: START + 1 })).toMatchObject([{ checks: null }]);
    expect(await api.keysUsed()).toEqual({ k1: midnight, t1: midnight - DAY });
    expect((await api.usage({ from: START, to: START + HOUR, by: "hour" }))[0]!.purposes.login.clear).toBeNull();
  });

  it("forgets after 90 days, and not before", async () => {
    const { api, stub, rows } = aUsage();
    const spent = [{ keyId: "k1", checks: 12, clear: { login: 10 } }];
    await api.record(aBatch(2, { dropped: 1, spent, found: [{ hour: START, purpose: "bet", count: 1 }] }), START);
    const tables = ["counts", "hours", "dropped", "gaps", "spent", "isolates", "keyAnswers"];
    const left = async () => (await Promise.all(tables.map((table) => rows(`SELECT * FROM ${table}`)))).map(({ length }) => length);
    await api.setNow(START + 90 * DAY);
    await runDurableObjectAlarm(stub);
    // The day its checks were spent on began before.
    expect(await left()).toEqual([1, 2, 1, 1, 0, 1, 0]);
    await api.setNow(START + 91 * DAY);
    await runDurableObjectAlarm(stub);
    expect(await left()).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(await rows("SELECT task FROM due")).toEqual([{ task: "forget" }]);
  });
});
