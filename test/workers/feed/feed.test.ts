import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { FeedApi } from "../../../src/domains/operators/feed/rpc.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../../src/kernel/clock.ts";
import { type ClockedFeed, START } from "./doubles.ts";

type World = ReturnType<ClockedFeed["getWorld"]>;
type Clocked = FeedApi & { getWorld(): Promise<World>; world(set: Partial<World>): Promise<void>; append(...rows: object[]): Promise<void> };

const HERE = "https://shop.example.co.ke/nser";
const OTHER = "https://other.example.co.ke:8443/nser";
const actor = { kind: "user" as const, id: "u1", origin: { network: null, agent: null, country: null, county: null } as never };

let stub: DurableObjectStub;
let api: Clocked;
let operator: string;

beforeEach(() => {
  operator = `op${crypto.randomUUID().replaceAll("-", "").slice(0, 12)}`;
  stub = env.FEED.getByName(operator);
  api = stub as unknown as Clocked;
});

const person = (n: number) => new Uint8Array(16).fill(n);
const excluded = (n: number) => ({ type: "excluded", rootEpoch: 0, p: person(n), kind: "msisdn" });
const register = async (url = HERE, commandId: string = crypto.randomUUID()) => {
  const answer = await api.registerEndpoint({ commandId, fingerprint: url, url, description: "shop", actor });
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return answer;
};
const at = (now: number) => api.world({ now });
/** Lets everything that was begun come to its end, and what is due be begun. */
const alarm = async () => {
  await runDurableObjectAlarm(stub);
  await settled();
};
const settled = async () => {
  for (let turn = 0; turn < 20; turn++) await scheduler.wait(1);
};
const poke = async () => {
  const { rows, logId, now } = await api.getWorld();
  await api.poke({ logId, seq: rows.length, t: now, from: 0, rows });
  await settled();
};
const events = async (url = HERE) => (await api.getWorld()).got.filter((got) => got.url === url).map(({ id, body }) => ({ id, ...JSON.parse(body) })).filter(({ type }) => type === "nser.events");
const numbers = async (url = HERE) => (await events(url)).flatMap(({ data }) => data.events.map(({ sequence }: { sequence: number }) => sequence));

describe("an operator's feed", () => {
  it("is fetched page by page, in numbers without a gap, in the operator's tokens", async () => {
    expect(await api.events(0, 10)).toMatchObject({ events: [], next: 0, head: 0 });
    await api.append(excluded(1), excluded(2), { ...excluded(2), news: "extended" }, { type: "released", rootEpoch: 0, p: person(1), kind: "msisdn" });
    const page = await api.events(0, 3);
    expect(page.events.map(({ sequence, type }) => [sequence, type])).toEqual([[1, "exclusion.started"], [2, "exclusion.started"], [3, "exclusion.extended"]]);
    expect(page).toMatchObject({ next: 3, head: 4, from: 1, through: START });
    expect(page.events[1]!.tokens).toEqual(page.events[2]!.tokens);
    expect(page.events[0]!.tokens).toEqual([expect.stringMatching(/^BST-3/)]);
    expect((await api.events(3, 10)).events[0]!.tokens).toEqual(page.events[0]!.tokens);
  });

  it("answers what it has while no Replica is there, and nothing while the tokens cannot be made", async () => {
    await api.events(0, 1);
    await api.append(excluded(1));
    await api.events(0, 1);
    await api.world({ replica: false });
    expect((await api.events(0, 1)).events).toHaveLength(1);
    await api.world({ register: false });
    expect((await api.events(0, 1)).events).toHaveLength(1);
    await evictDurableObject(stub);
    expect(await api.events(0, 1).then(() => "answered", () => "threw")).toBe("threw");
    expect((await api.receivedOf([person(1)]))[0]).toMatchObject({ sequence: 1, pulled: START });
  });

  it("has a digest of each day, the same for good once it is over, and forgets events after 30 days", async () => {
    await api.events(0, 1);
    await api.append(excluded(1), excluded(2));
    expect(await api.digest("2099-12-31")).toBeNull();
    const open = await api.digest("2100-01-01");
    expect(open).toMatchObject({ first: 1, last: 2, count: 2, complete: false });
    await at(START + DAY);
    expect(await api.digest("2100-01-01")).toEqual({ ...open, complete: true });
    await alarm();
    await at(START + 32 * DAY);
    await api.events(0, 1);
    await alarm();
    expect(await api.events(0, 10)).toMatchObject({ events: [], from: 3, head: 2 });
    expect(await api.digest("2100-01-01")).toEqual({ ...open, complete: true });
    expect(await api.digest("2100-01-02")).toMatchObject({ first: null, count: 0, complete: true });
  });

  it("goes on after it was killed, and numbers nothing twice", async () => {
    await api.events(0, 1);
    for (let n = 1; n <= 5; n++) {
      await api.append(excluded(n));
      await api.events(0, 100);
      await evictDurableObject(stub);
    }
    const { events: all } = await api.events(0, 100);
    expect(all.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(all.map(({ id }) => id)).size).toBe(5);
  });
});

describe("an endpoint", () => {
  it("is registered once it answers the challenge, and told from then on, in order and signed", async () => {
    await api.events(0, 1);
    await api.append(excluded(1));
    const { endpoint, secret } = await register();
    expect(secret).toMatch(/^whsec_/);
    expect(endpoint).toMatchObject({ url: HERE, state: "active", cursor: 1, head: 1, breaker: "closed" });
    await api.append(excluded(2), excluded(3));
    await poke();
    expect(await numbers()).toEqual([2, 3]);
    const [message] = await events();
    expect(message.id).toBe(`msg_${operator}_${endpoint.id}_2_3`);
    expect(message.data.operator).toBe(operator);
    expect((await api.deliveries(endpoint.id, 1_000, 10))![0]).toMatchObject({ outcome: "received", first: 2, last: 3, status: 200 });
    expect((await api.getWorld()).listening.at(-1) ?? "join").toContain("join");
  });

  it("is not registered where nobody answers the challenge, and the same command again answers the same", async () => {
    for (const manner of ["mute", "hangs", "redirects", "closes", "floods", "500"] as const) {
      await api.world({ manners: { [HERE]: manner } });
      expect(await api.registerEndpoint({ commandId: crypto.randomUUID(), fingerprint: "x", url: HERE, description: "shop", actor })).toMatchObject({ ok: false, refusal: "unproven" });
    }
    await api.world({ manners: {} });
    const [once, again] = [await register(HERE, "c1"), await register(HERE, "c1")];
    expect(again).toEqual(once);
    expect(await api.endpoints()).toHaveLength(1);
    expect(await api.registerEndpoint({ commandId: "c1", fingerprint: "other", url: OTHER, description: "", actor })).toMatchObject({ refusal: "command-reused" });
  });

  it("that fails is tried again as it was, later each time, and the regulator sees the ninth failure", async () => {
    const { endpoint } = await register();
    await api.world({ manners: { [HERE]: "500" } });
    await api.append(excluded(1));
    await poke();
    let now = START;
    for (let failures = 1; failures <= 10; failures++) {
      const [stands] = await api.endpoints();
      const usual = failures <= 8 ? Math.min(2 ** failures, 256) * SECOND : 15 * MINUTE;
      expect(stands).toMatchObject({ failures, breaker: "open" });
      expect(stands!.nextAt! - now).toBeGreaterThanOrEqual(0.8 * usual);
      expect(stands!.nextAt! - now).toBeLessThanOrEqual(1.2 * usual);
      expect(stands!.escalatedAt === null).toBe(failures < 9);
      now = stands!.nextAt!;
      await at(now - 1);
      await alarm();
      expect((await api.endpoints())[0]!.failures).toBe(failures);
      await at(now);
      await api.append(excluded(failures + 1));
      await alarm();
    }
    await api.world({ manners: {}, now: (await api.endpoints())[0]!.nextAt! });
    await alarm();
    expect(await numbers()).toEqual(Array.from({ length: 11 }, (_, n) => n + 1));
    expect((await events())[0].id).toBe(`msg_${operator}_${endpoint.id}_1_1`);
    expect((await api.endpoints())[0]).toMatchObject({ failures: 0, escalatedAt: null, breaker: "closed", cursor: 11 });
    expect((await api.getWorld()).cries.filter((cry) => cry.includes("for long"))).toHaveLength(1);
  });

  it("that took a message whose answer was lost gets the same one again, under the same id", async () => {
    await register();
    await api.world({ manners: { [HERE]: "lost" } });
    await api.append(excluded(1));
    await poke();
    await api.append(excluded(2));
    await api.world({ manners: {}, now: START + MINUTE });
    await alarm();
    const [first, second, third] = await events();
    expect(second.id).toBe(first.id);
    expect([first, second, third].map(({ data }) => data.events.length)).toEqual([1, 1, 1]);
    expect(third.data.events[0].sequence).toBe(2);
  });

  it("that hangs, drips, floods, redirects or closes holds up nobody, not even its operator's other one", async () => {
    const { endpoint } = await register();
    await register(OTHER);
    let told = 0;
    for (const [manner, outcome] of [["hangs", "late"], ["redirects", "redirected"], ["closes", "unreachable"], ["drips", "refused"], ["503", "refused"]] as const) {
      await api.world({ manners: { [HERE]: manner }, now: (await api.getWorld()).now + HOUR });
      await api.append(excluded(++told));
      await poke();
      await alarm();
      expect((await numbers(OTHER)).at(-1)).toBe(told);
      if (manner === "hangs" || manner === "drips") await scheduler.wait(200);
      expect((await api.deliveries(endpoint.id, 1_000, 1))![0]).toMatchObject({ outcome });
      expect(await numbers()).toEqual([]);
    }
    expect((await api.deliveries(endpoint.id, 1_000, 10))!.find(({ status }) => status === 500)!.excerpt).toBe("wait <b>for</b> it");
  });

  it("is left alone for as long as it asks, up to an hour; one that says it is gone is disabled", async () => {
    const { endpoint } = await register();
    for (const [manner, wait] of [["429 after 120", 120 * SECOND], ["503 after 99999", HOUR]] as const) {
      await api.world({ manners: { [HERE]: manner } });
      await api.append(excluded(1));
      await poke();
      const { now } = await api.getWorld();
      expect((await api.endpoints())[0]!.nextAt! - now).toBe(wait);
      await at(now + wait);
    }
    await api.world({ manners: { [HERE]: "410" } });
    await alarm();
    expect((await api.endpoints())[0]).toMatchObject({ state: "disabled", disabledWhy: "gone", nextAt: null });
    expect((await api.getWorld()).cries.some((cry) => cry.includes("gone"))).toBe(true);
    await api.world({ manners: {} });
    const { version } = (await api.endpoints())[0]!;
    await api.changeEndpoint({ endpoint: endpoint.id, version, state: "active", actor });
    await settled();
    expect(await numbers()).toEqual([1, 2]);
  });

  it("killed between any two steps loses nothing", async () => {
    await register();
    await api.append(excluded(1));
    await poke();
    // Sent, and killed before it was written down: the lease runs out, and the same message goes again.
    await api.world({ manners: { [HERE]: "hangs" } });
    await api.append(excluded(2));
    await poke();
    await evictDurableObject(stub);
    await api.world({ manners: {}, now: START + MINUTE });
    await alarm();
    expect(await numbers()).toEqual([1, 2]);
    // Numbered, and killed before anything was sent.
    await api.world({ register: false });
    await api.append(excluded(3));
    await poke();
    await evictDurableObject(stub);
    await api.world({ register: true, now: START + 2 * MINUTE });
    await alarm();
    expect(await numbers()).toEqual([1, 2, 3]);
  });

  it("has a secret that is replaced with two signatures meanwhile, messages to try it by, and events again from a number on", async () => {
    const { endpoint, secret } = await register();
    await api.append(excluded(1), excluded(2));
    await poke();
    const rotated = await api.rotateSecret({ commandId: "r1", fingerprint: "f", endpoint: endpoint.id, overlapHours: 1, actor });
    expect(rotated.ok && rotated.secret !== secret).toBe(true);
    expect(await api.testEndpoint({ endpoint: endpoint.id, actor })).toMatchObject({ ok: true, attempt: { outcome: "received" } });
    const last = async () => (await api.getWorld()).got.at(-1)!;
    expect((await last()).signature.split(" ")).toHaveLength(2);
    await at(START + HOUR);
    await api.testEndpoint({ endpoint: endpoint.id, actor });
    expect((await last()).signature.split(" ")).toHaveLength(1);
    expect(await api.replay({ endpoint: endpoint.id, from: 9, actor })).toMatchObject({ refusal: "beyond-kept" });
    await api.replay({ endpoint: endpoint.id, from: 2, actor });
    await settled();
    expect(await numbers()).toEqual([1, 2, 2]);
    expect(await api.changeEndpoint({ endpoint: endpoint.id, version: 1, description: "x", actor })).toMatchObject({ refusal: "changed-meanwhile" });
    expect(await api.removeEndpoint({ endpoint: endpoint.id, actor })).toEqual({ ok: true });
    expect(await api.endpoints()).toEqual([]);
    const entries = await runInDurableObject(stub, (_, state) => state.storage.sql.exec("SELECT action, actor FROM audit ORDER BY position").toArray());
    expect(entries.map(({ action }) => action)).toEqual(["webhook.registered", "webhook.secret-rotated", "webhook.tested", "webhook.tested", "webhook.replayed", "webhook.removed"]);
    expect(entries.every((entry) => JSON.parse(String(entry.actor)).id === "u1")).toBe(true);
  });

  it("that moves has to answer there, and what is done to it is in the audit", async () => {
    const { endpoint } = await register();
    await api.world({ manners: { [OTHER]: "mute" } });
    const change = (url: string) => api.changeEndpoint({ endpoint: endpoint.id, version: 1, url, actor });
    expect(await change(OTHER)).toMatchObject({ refusal: "unproven", outcome: "wrong-answer" });
    expect(await change("https://10.0.0.1/")).toMatchObject({ refusal: "address" });
    await api.world({ manners: {} });
    expect(await change(OTHER)).toMatchObject({ ok: true, endpoint: { url: OTHER, version: 2 } });
    await api.append(excluded(1));
    await poke();
    expect([await numbers(HERE), await numbers(OTHER)]).toEqual([[], [1]]);
    const entries = await runInDurableObject(stub, (_, state) => state.storage.sql.exec("SELECT action FROM audit ORDER BY position").toArray());
    expect(entries.map(({ action }) => action)).toEqual(["webhook.registered", "webhook.changed"]);
  });

  it("that was away for longer than events are kept hears that it missed something, and so does everybody", async () => {
    await register();
    await api.world({ manners: { [HERE]: "500" } });
    await api.append(excluded(1));
    await poke();
    await at(START + 40 * DAY);
    await api.append(excluded(2));
    await api.events(0, 1);
    await alarm();
    await api.world({ manners: {}, now: START + 41 * DAY });
    await alarm();
    expect((await events()).flatMap(({ data }) => data.events.map(({ sequence, type }: any) => `${sequence} ${type}`))).toEqual(["3 feed.reset"]);
  });
});
