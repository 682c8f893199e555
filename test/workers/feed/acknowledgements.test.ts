import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { AcknowledgedState } from "../../../src/domains/operators/acknowledgements/model.ts";
import type { FeedApi } from "../../../src/domains/operators/feed/rpc.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../../src/kernel/clock.ts";
import { logOf } from "../audit/log.ts";
import { type ClockedFeed, START } from "./doubles.ts";

type Clocked = FeedApi & { world(set: Partial<ReturnType<ClockedFeed["getWorld"]>>): Promise<void>; append(...rows: object[]): Promise<void> };

const actor = { kind: "operator" as const, id: "op", origin: { network: null, agent: null, country: null, county: null } };
const person = (n: number) => new Uint8Array(16).fill(n);
const excluded = (n: number) => ({ type: "excluded", rootEpoch: 0, p: person(n), kind: "msisdn" });

let stub: DurableObjectStub;
let api: Clocked;
let commands: number;
let operator: string;

beforeEach(async () => {
  operator = `op${crypto.randomUUID().replaceAll("-", "").slice(0, 12)}`;
  stub = env.FEED.getByName(operator);
  api = stub as unknown as Clocked;
  commands = 0;
  await api.events(0, 1);
});

const say = (handledThrough: number | null, ...said: [n: number, state: AcknowledgedState, at: number][]) => api.acknowledge({
  commandId: `c${++commands}`, fingerprint: "f", actor, handledThrough, acknowledgements: said.map(([n, state, at]) => ({ ps: [person(n)], state, at })),
});

describe("an operator's feed", () => {
  it("keeps what the operator said, tells the audit log of it, and knows it after it was evicted", async () => {
    await api.append(excluded(1), excluded(2));
    await api.events(0, 10);
    await api.world({ now: START + MINUTE });
    const answer = await say(2, [1, "session_ended", START + 2 * SECOND], [9, "session_ended", START]);
    expect(answer).toEqual({ ok: true, taken: { handledThrough: 2, recorded: 1, unchanged: 0, notExcluded: [1] } });
    await runDurableObjectAlarm(stub);
    expect(logOf(operator).told).toContainEqual(expect.objectContaining({ action: "events.acknowledged", source: "feed" }));
    await evictDurableObject(stub);
    expect(await say(1, [1, "session_ended", START + 5 * SECOND])).toMatchObject({ taken: { handledThrough: 2, recorded: 0, unchanged: 1 } });
    expect(await api.propagated([person(1)], START, START + MINUTE)).toMatchObject({
      reachable: true, events: [{ sequence: 1, receivedAt: START, handledAt: START + MINUTE }], acknowledged: [{ state: "session_ended", at: START + 2 * SECOND }],
    });
  });

  it("hears of somebody who was excluded just now before it says that they are not; without a Replica it says nothing, and nothing is lost", async () => {
    await api.append(excluded(3));
    await api.world({ replica: false });
    expect(await say(null, [3, "session_ended", START]).then(() => "answered", () => "threw")).toBe("threw");
    expect(await api.overdue().then(() => "answered", () => "threw")).toBe("threw");
    await api.world({ replica: true });
    expect(await say(null, [3, "session_ended", START])).toMatchObject({ ok: true, taken: { recorded: 1, notExcluded: [] } });
  });

  it("takes a 2xx for receipt and nothing else, and keeps that it was received when the endpoint goes", async () => {
    const registered = await api.registerEndpoint({ commandId: "r", fingerprint: "r", url: "https://shop.example.co.ke/nser", description: "shop", actor: { ...actor, kind: "user" } });
    if (!registered.ok) throw new Error(registered.refusal);
    await api.append(excluded(1));
    await api.events(0, 0);
    for (let turn = 0; turn < 20; turn++) await scheduler.wait(1);
    await api.world({ now: START + HOUR });
    expect(await api.overdue()).toEqual([{ kind: "handled", count: 1, since: START + 5 * MINUTE }]);
    await api.removeEndpoint({ endpoint: registered.endpoint.id, actor: { ...actor, kind: "user" } });
    expect(await api.overdue()).toEqual([{ kind: "handled", count: 1, since: START + 5 * MINUTE }]);
    expect(await say(2)).toMatchObject({ ok: false, parts: [{ place: null, refusal: "not-received" }] });
    expect(await say(1)).toMatchObject({ ok: true });
    expect(await api.overdue()).toEqual([]);
    expect(await api.standing(START, START + HOUR)).toMatchObject({ events: 1, received: { count: 1, lateCount: 0 }, handled: { through: 1, head: 1, lateCount: 1 } });
  });

  it("forgets what was said of who is released, with the event that told of it", async () => {
    await api.append(excluded(1));
    await say(null, [1, "session_ended", START]);
    await api.append({ type: "released", rootEpoch: 0, p: person(1), kind: "msisdn" });
    await api.events(0, 10);
    const seen = async () => (await api.propagated([person(1)], START, START)).acknowledged.length;
    expect(await seen()).toBe(1);
    await api.world({ now: START + 32 * DAY });
    await api.append({ type: "manifest", manifest: { hash: "x", sequence: 1 } });
    await api.events(0, 1);
    for (let turn = 0; turn < 3; turn++) await runDurableObjectAlarm(stub);
    expect(await seen()).toBe(0);
  });
});
