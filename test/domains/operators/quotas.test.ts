import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { upstashCounters } from "../../../src/adapters/redis/upstash.ts";
import { Quotas } from "../../../src/domains/operators/quotas.ts";
import { DEFAULT_TERMS } from "../../../src/check/terms.ts";
import { HOUR, MINUTE } from "../../../src/kernel/clock.ts";
import { nairobiDay } from "../../../src/kernel/periods.ts";
import { MemoryDirectory } from "../../support/operator-directory.ts";
import { NO_REDIS, RestRedis } from "../../support/redis.ts";

/** Noon of 2 October in Nairobi, which is three hours ahead, and when that day ends. */
const NOON = Date.UTC(2026, 9, 2, 9);
const MIDNIGHT = NOON + 12 * HOUR;

describe.skipIf(NO_REDIS)("daily quotas, with a redis-server", () => {
  const redis = new RestRedis();
  let directory: MemoryDirectory;
  let reports: string[];
  /** What was kept durably, by the day and the key, and the day it is. */
  let kept: Map<string, number>;
  let today = "2026-10-02";
  let quotas: Quotas;

  beforeAll(() => redis.start());
  afterAll(() => redis.stop());
  beforeEach(async () => {
    redis.answers = "given";
    await redis.run("FLUSHALL");
    reports = [];
    kept = new Map();
    directory = new MemoryDirectory();
    await directory.enrolOperator({ commandId: "e", fingerprint: "", name: "Kenbet", requiredKinds: [] });
    for (const hash of ["a", "b"]) {
      const terms = { ...DEFAULT_TERMS, perSecond: 50, perDay: 1_000 };
      await directory.issueKey({ commandId: hash, fingerprint: "", operator: "op10", hash, sealedReply: new Uint8Array(), terms });
    }
    quotas = new Quotas({
      counters: upstashCounters(redis),
      directory,
      spentToday: async (keyId) => kept.get(`${today} ${keyId}`) ?? 0,
      report: (what, error) => reports.push(`${what}: ${(error as Error).name}`),
    });
  });

  /** Checks were kept and are then counted, as origin does it. */
  async function spend(checks: number, now = NOON, keyId = "key1"): Promise<void> {
    today = nairobiDay(now).date;
    kept.set(`${today} ${keyId}`, (kept.get(`${today} ${keyId}`) ?? 0) + checks);
    await quotas.spend([{ keyId, checks }], now);
  }

  const pace = (keyId = "key1") => directory.allowances.get(keyId)?.perSecond;

  it("tell nobody anything below nine tenths, then the pace at which the rest lasts, then that nothing is left", async () => {
    await spend(899);
    expect(pace()).toBeUndefined();
    await spend(1);
    expect(directory.allowances.get("key1")).toEqual({ keyId: "key1", perSecond: 2 ** -9, until: MIDNIGHT });
    await spend(100);
    expect(pace()).toBe(0);
    expect(pace("key2")).toBeUndefined();
    expect(reports).toEqual([]);
  });

  it("tell Register only what changed", async () => {
    let told = 0;
    const { setAllowance } = MemoryDirectory.prototype;
    directory.setAllowance = (allowance) => (told++, setAllowance.call(directory, allowance));
    for (let n = 0; n < 20; n++) await spend(100, NOON + n);
    expect(told).toBe(2);
  });

  it("count several reports of a key as one, and keys apart", async () => {
    for (const keyId of ["key1", "key2"]) await spend(0, NOON, keyId);
    await quotas.spend([{ keyId: "key1", checks: 400 }, { keyId: "key2", checks: 5 }, { keyId: "key1", checks: 600 }], NOON);
    expect([pace(), pace("key2")]).toEqual([0, undefined]);
    expect(await redis.run("GET", "nser:checks:2026-10-02:key2")).toBe("5");
    expect(Number(await redis.run("TTL", "nser:checks:2026-10-02:key2"))).toBeGreaterThan(86_400);
  });

  it("begin anew at midnight in Nairobi, and not at that of Greenwich", async () => {
    await spend(600, Date.UTC(2026, 9, 1, 23, 59));
    await spend(300, Date.UTC(2026, 9, 2, 0, 1));
    expect(pace()).toBe(2 ** -10);
    await spend(600, MIDNIGHT - 1);
    expect(pace()).toBe(0);
    await spend(600, MIDNIGHT);
    expect(directory.allowances.get("key1")!.until).toBe(MIDNIGHT);
    await spend(400, MIDNIGHT + MINUTE);
    expect(directory.allowances.get("key1")).toMatchObject({ perSecond: 0, until: MIDNIGHT + 24 * HOUR });
  });

  it("leave the last allowance standing while Redis is killed, report it, and count anew from what was kept", async () => {
    await spend(950);
    const before = directory.allowances.get("key1");
    await redis.kill();
    await spend(30);
    expect(directory.allowances.get("key1")).toEqual(before);
    expect(reports).toHaveLength(1);
    await redis.start();
    await spend(20);
    expect(pace()).toBe(0);
    expect(await redis.run("GET", "nser:checks:2026-10-02:key1")).toBe("1000");
  });

  it.each([["lost", "TimeoutError"], ["cut", "TypeError"]] as const)("count once what was counted although the answer was %s", async (answers, error) => {
    await spend(100);
    redis.answers = answers;
    await spend(100);
    expect(reports).toEqual([`quotas: ${error}`]);
    expect(await redis.run("GET", "nser:checks:2026-10-02:key1")).toBe("200");
    redis.answers = "given";
    await spend(100);
    expect(await redis.run("GET", "nser:checks:2026-10-02:key1")).toBe("300");
    expect(reports).toHaveLength(1);
  });

  it("are told again when Register could not be", async () => {
    const { setAllowance } = directory;
    directory.setAllowance = async () => Promise.reject(new Error("gone"));
    await spend(1_000);
    expect([pace(), reports.length]).toEqual([undefined, 1]);
    directory.setAllowance = setAllowance;
    await spend(1);
    expect(pace()).toBe(0);
    expect(await redis.run("GET", "nser:checks:2026-10-02:key1")).toBe("1001");
  });

  it("are right again within the hour when somebody else's count was lost or came twice", async () => {
    await spend(100);
    await redis.run("SET", "nser:checks:2026-10-02:key1", "7");
    await spend(100, NOON + HOUR - 1);
    expect(await redis.run("GET", "nser:checks:2026-10-02:key1")).toBe("107");
    await spend(100, NOON + HOUR);
    expect(await redis.run("GET", "nser:checks:2026-10-02:key1")).toBe("300");
  });

  it("give the key its own pace back when what was kept says less", async () => {
    await spend(1_000);
    kept.set("2026-10-02 key1", 10);
    await quotas.reconcile(["key1"], NOON);
    expect(pace()).toBe(50);
  });

  it("refuse a wrong token", async () => {
    await expect(upstashCounters({ url: redis.url, token: "wrong" }).add("2026-10-02", [{ keyId: "k", checks: 1 }])).rejects.toThrow("WRONGPASS");
  });
});
