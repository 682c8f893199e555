import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { AskedBatch, MetBatch, TokenGuardApi } from "../../../src/domains/tokens/guard/rpc.ts";
import { DAY, HOUR, type Instant } from "../../../src/kernel/clock.ts";
import { START } from "./doubles.ts";

type Clocked = TokenGuardApi & { setNow(now: Instant): Promise<void>; setAway(away: boolean): Promise<void>; told(): Promise<{ quarantines: string[]; meetings: string[] }> };

let operator: string;
let stub: DurableObjectStub;
let api: Clocked;

beforeEach(() => {
  operator = `op${crypto.randomUUID().replaceAll("-", "").slice(0, 12)}`;
  stub = env.USAGE.getByName(operator);
  api = stub as unknown as Clocked;
});

const rows = (query: string) => runInDurableObject(stub, (_, state) => state.storage.sql.exec(query).toArray());
const audited = async () => (await rows("SELECT action, channel, payload, actor FROM audit ORDER BY position")).map(({ action, channel, payload, actor }) =>
  ({ action, channel, payload: JSON.parse(String(payload)), by: JSON.parse(String(actor)).id }));

const QUOTA = { perDay: 10, initial: 5 };
const ask = (count: number, over: Partial<AskedBatch> = {}): AskedBatch => ({ operator, keyId: "k1", door: "direct", count, quota: QUOTA, ...over });
const met = (count: number, over: Partial<MetBatch> = {}): MetBatch => ({ operator, keyId: "k1", door: "direct", count, excluded: 0, expectedShare: 0.02, canaries: [], ...over });
const phones = (count: number) => Array.from({ length: count }, (_, n) => ({ kind: "msisdn" as const, value: `+2547${String(n).padStart(8, "0")}` }));
const HUGE = { perDay: 1_000_000, initial: 0 };
/** The next midnight in Nairobi after 09:00. */
const MIDNIGHT = START + 15 * HOUR;

describe("an operator's quota", () => {
  it("is exact, however many ask at once, and ends with Nairobi's day; the allowance for the beginning does not come again", async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => api.admitTokens(ask(1))));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(15);
    expect(answers.find(({ ok }) => !ok)).toEqual({ ok: false, refusal: "quota-exhausted", until: MIDNIGHT });
    await api.setNow(MIDNIGHT - 1);
    expect((await api.admitTokens(ask(1))).ok).toBe(false);
    await api.setNow(MIDNIGHT);
    expect((await api.admitTokens(ask(11))).ok).toBe(false);
    expect((await api.admitTokens(ask(10))).ok).toBe(true);
    expect((await api.admitTokens(ask(1))).ok).toBe(false);
  });

  it("is each door's own", async () => {
    for (const door of ["direct", "blind", "trade"] as const) expect(await api.admitTokens(ask(15, { door }))).toEqual({ ok: true });
    for (const door of ["direct", "blind", "trade"] as const) expect((await api.admitTokens(ask(1, { door }))).ok).toBe(false);
  });

  it("used up on seven days of fourteen quarantines from the next request on; on three it is noted once", async () => {
    for (let day = 0; day < 7; day++) {
      await api.setNow(START + day * DAY);
      expect(await api.admitTokens(ask(1_000))).toMatchObject({ refusal: "quota-exhausted" });
    }
    expect(await api.admitTokens(ask(1))).toMatchObject({ refusal: "quarantined", reason: expect.stringContaining("7 of 14 days") });
    const actions = (await audited()).map(({ action }) => action);
    expect(actions.filter((action) => action === "tokens.anomaly-warned")).toHaveLength(4);
    expect(actions.filter((action) => action === "tokens.quarantined")).toHaveLength(1);
  });
});

describe("each batch", () => {
  it("leaves an entry of key, door, count and outcome, the denied too, and nothing of whom", async () => {
    await api.admitTokens(ask(2, { identifiers: phones(2) }));
    await api.admitTokens(ask(20, { keyId: "k2", door: "trade" }));
    expect(await audited()).toEqual([
      { action: "tokens.batch", channel: "direct", payload: { count: 2, outcome: "admitted" }, by: "k1" },
      { action: "tokens.batch", channel: "trade", payload: { count: 20, outcome: "quota-exhausted" }, by: "k2" },
    ]);
    const everything = JSON.stringify(await Promise.all(["audit", "tokenDays", "tokenSpent", "tokenCounts"].map((table) => rows(`SELECT * FROM ${table}`))));
    expect(everything).not.toContain("+2547");
  });

  it("is counted by what became of it, day by day, and a day without one is no data", async () => {
    await api.admitTokens(ask(2));
    await api.metTokens(met(2));
    await api.admitTokens(ask(3, { door: "blind" }));
    await api.admitTokens(ask(99));
    await api.countTokens("validated", 7);
    await api.setNow(START + DAY);
    await api.metTokens(met(4, { door: "trade" }));
    expect(await api.tokenDays("2099-12-31", "2100-01-03")).toEqual([
      { date: "2099-12-31", acts: {} },
      { date: "2100-01-01", acts: { "issued": 2, "evaluated-blind": 3, "denied": 99, "validated": 7 } },
      { date: "2100-01-02", acts: { issued: 4 } },
    ]);
  });
});

describe("an operator that tries numbers one after the other", () => {
  it("is quarantined from the next request on, by whatever door, with the figures; the office is told once it is there", async () => {
    await api.setAway(true);
    expect(await api.admitTokens(ask(1_000, { quota: HUGE, identifiers: phones(1_000) }))).toEqual({ ok: true });
    for (const door of ["direct", "blind", "trade"] as const) expect(await api.admitTokens(ask(1, { door, quota: HUGE }))).toMatchObject({ ok: false, refusal: "quarantined", since: START });
    const quarantine = (await api.quarantine())!;
    expect(quarantine).toMatchObject({ rule: "runs-of-numbers", evidence: { longestRun: 1_000 }, by: "system:token-guard" });
    await runDurableObjectAlarm(stub);
    expect((await api.told()).quarantines).toEqual([]);
    await api.setAway(false);
    await api.setNow(START + HOUR);
    await runDurableObjectAlarm(stub);
    await api.metByCheck({ operator, canary: "c", answerId: "a", purpose: "bet", at: START });
    await runDurableObjectAlarm(stub);
    expect((await api.told()).quarantines).toEqual([`${operator} ${quarantine.id} runs-of-numbers`]);
  });

  it("is quarantined for blocks filled from many small batches too", async () => {
    const quota = { perDay: 10_000, initial: 0 };
    const even = Array.from({ length: 1_000 }, (_, n) => ({ kind: "msisdn" as const, value: `+2547${String(2 * n).padStart(8, "0")}` }));
    for (let at = 0; at < even.length; at += 100) await api.admitTokens(ask(100, { quota, identifiers: even.slice(at, at + 100) }));
    expect(await api.quarantine()).toMatchObject({ rule: "sequential-identifiers", evidence: { blocks: expect.any(Number), blockSize: 100, oneBlockIn: 1 } });
  });

  it("is not quarantined again, once that is lifted, for what it was quarantined for", async () => {
    await api.admitTokens(ask(1_000, { quota: HUGE, identifiers: phones(1_000) }));
    await api.liftQuarantine({ operator, id: (await api.quarantine())!.id, by: "user:1", at: START });
    for (let time = 0; time < 2; time++) expect(await api.admitTokens(ask(1, { quota: HUGE, identifiers: phones(1) }))).toEqual({ ok: true });
    await api.admitTokens(ask(1_000, { quota: HUGE, identifiers: phones(1_000) }));
    expect(await api.quarantine()).toMatchObject({ rule: "runs-of-numbers" });
  });

  it("is let in again when it is lifted, once, and tried anew by what it does then", async () => {
    const order = { operator, id: "q1", reason: "asked for by the board", by: "user:1" };
    expect(await api.putQuarantine(order)).toMatchObject({ id: "q1", rule: "by-hand", reason: order.reason });
    expect(await api.putQuarantine({ ...order, id: "q2" })).toMatchObject({ id: "q1" });
    const lift = { operator, id: "q1", by: "user:2", at: START };
    await api.liftQuarantine(lift);
    await api.liftQuarantine(lift);
    expect(await api.quarantine()).toBeNull();
    expect(await api.putQuarantine(order)).toMatchObject({ id: "q1" });
    expect(await api.quarantine()).toBeNull();
    expect((await api.admitTokens(ask(1))).ok).toBe(true);
    expect((await audited()).filter(({ action }) => action === "tokens.quarantine-lifted")).toHaveLength(1);
  });

  it("leaves nothing behind when the day is over: no salt, no bits", async () => {
    await api.admitTokens(ask(3, { identifiers: phones(3) }));
    const salt = async () => (await rows("SELECT hex(salt) AS salt FROM tokenDays"))[0]?.salt;
    const first = await salt();
    await api.setNow(MIDNIGHT);
    await runDurableObjectAlarm(stub);
    expect(await salt()).toBeUndefined();
    await api.admitTokens(ask(3, { identifiers: phones(3) }));
    expect(await salt()).not.toBe(first);
  });
});

describe("an operator that finds far too many excluded people", () => {
  it("is given what was admitted, and quarantined from the next request on", async () => {
    expect(await api.metTokens(met(100, { excluded: 60 }))).toEqual({ ok: true });
    expect(await api.admitTokens(ask(1))).toMatchObject({ refusal: "quarantined", reason: expect.stringContaining("60 of 100") });
  });

  it("is left alone with what its customers can be", async () => {
    expect(await api.metTokens(met(1_000, { excluded: 30 }))).toEqual({ ok: true });
    expect((await api.admitTokens(ask(1))).ok).toBe(true);
  });
});

describe("an identifier that is nobody's", () => {
  it("is not handed out: its operator is quarantined at once, and the office told", async () => {
    expect(await api.metTokens(met(5, { canaries: ["c1"] }))).toMatchObject({ ok: false, refusal: "quarantined", since: START });
    expect(await api.admitTokens(ask(1))).toMatchObject({ refusal: "quarantined" });
    await runDurableObjectAlarm(stub);
    const { quarantines, meetings } = await api.told();
    expect([quarantines.length, meetings]).toEqual([1, [`${operator} c1 tokenised null`]]);
    expect((await api.tokenDays("2100-01-01", "2100-01-02"))[0]!.acts).toEqual({ denied: 6 });
  });

  it("checked raises one alarm for each answer, however often its evidence comes", async () => {
    const check = { operator, canary: "c1", answerId: "a1", purpose: "bet" as const, at: START };
    for (const answerId of ["a1", "a1", "a2"]) await api.metByCheck({ ...check, answerId });
    await runDurableObjectAlarm(stub);
    expect((await api.told()).meetings).toEqual([1, 2].map(() => `${operator} c1 checked bet`));
  });
});
