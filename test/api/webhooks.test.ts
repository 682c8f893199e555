import { beforeEach, describe, expect, it } from "vitest";
import { take } from "../../src/domains/operators/feed/take.ts";
import { random } from "../../src/objects/shell.ts";
import { admin, enrolled, testApi } from "../support/api.ts";
import { endpointsApi } from "../support/feeds.ts";

const HERE = "https://shop.example.co.ke/nser";
const START = Date.UTC(2027, 0, 1);

let call: Awaited<ReturnType<typeof testApi>>["call"];
let operator: string;
let manner: "ok" | "mute" | number;
let feed: ReturnType<typeof endpointsApi>;

beforeEach(async () => {
  manner = "ok";
  const feeds = new Map<string, typeof feed>();
  const receive = async (_: string, { body }: RequestInit) =>
    typeof manner === "number" ? new Response("no", { status: manner }) : Response.json(manner === "ok" ? { challenge: JSON.parse(String(body)).data.challenge } : {});
  const of = (id: string) => feeds.get(id) ?? feeds.set(id, endpointsApi(id, () => START, receive)).get(id)!;
  ({ call } = await testApi({ parts: { feed: of as never } }));
  operator = (await enrolled(call)).operator.id;
  feed = of(operator);
});

const path = (rest = "") => `/v1/operators/${operator}/webhooks${rest}`;
const create = (json: object, key: string = crypto.randomUUID()) => call("POST", path(), { headers: admin(key), json });
const patch = (id: string, json: object, tag?: string) => call("PATCH", path(`/${id}`), { headers: { ...admin(), ...(tag && { "if-match": tag }) }, json });
const created = async () => (await create({ url: HERE, description: "Shop" })).body.webhook as { id: string; version: number };

describe("webhooks", () => {
  it("are registered with a secret that is shown once, listed, changed under their version, disabled, enabled and deleted", async () => {
    const { response, body } = await create({ url: HERE, description: "Shop" });
    expect([response.status, body.secret]).toEqual([201, expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/)]);
    const { webhook } = body;
    const { body: listed } = await call("GET", path(), { headers: admin() });
    expect(listed.webhooks).toEqual([webhook]);
    expect(JSON.stringify(listed)).not.toContain("whsec_");
    const changed = await patch(webhook.id, { description: "Counter", state: "disabled" }, '"1"');
    expect([changed.response.status, changed.response.headers.get("etag"), changed.body]).toEqual([200, '"2"', expect.objectContaining({ description: "Counter", state: "disabled", disabledWhy: "asked" })]);
    expect((await patch(webhook.id, { state: "active" }, '"1"')).response.status).toBe(409);
    expect((await patch(webhook.id, { state: "active" })).response.status).toBe(428);
    expect((await patch(webhook.id, { state: "active" }, '"2"')).body).toMatchObject({ state: "active", disabledWhy: null });
    expect((await call("DELETE", path(`/${webhook.id}`), { headers: admin() })).response.status).toBe(204);
    expect((await call("DELETE", path(`/${webhook.id}`), { headers: admin() })).response.status).toBe(404);
  });

  it("are registered once for one Idempotency-Key, and five at most", async () => {
    const [once, again] = [await create({ url: HERE }, "k"), await create({ url: HERE }, "k")];
    expect(again.body).toEqual(once.body);
    expect((await create({ url: `${HERE}/other` }, "k")).body.type).toBe("/problems/idempotency-key-reused");
    for (let n = 0; n < 4; n++) expect((await create({ url: `${HERE}/${n}` })).response.status).toBe(201);
    expect((await create({ url: `${HERE}/5` })).response.status).toBe(409);
  });

  it.each([
    ["http://shop.example.co.ke/", "must begin with https://"], ["https://10.0.0.1/", "must name a host, not a number"], ["https://2130706433/", "must name a host, not a number"],
    ["https://u:p@shop.example.co.ke/", "must not have credentials"], ["https://shop.example.co.ke:22/", "must use port 443 or 8443"], ["https://printer.local/", "must not name a host that only a private network knows"],
    ["https://nser.example.go.ke/", "must not be the register's own"], ["\u0000", expect.stringContaining("must")],
  ])("are refused at %j, which points to the field", async (url, detail) => {
    const { response, body } = await create({ url });
    expect([response.status, body.errors]).toEqual([422, [{ pointer: "/url", detail }]]);
    const { id } = await created();
    expect((await patch(id, { url }, '"1"')).body.errors).toEqual([{ pointer: "/url", detail }]);
  });

  it.each([["mute", "the address answered something else than the challenge (200)"], [302, "the address redirects, which is not followed (302)"], [500, "the address refused the challenge (500)"]] as const)(
    "are refused where the challenge comes back as %s", async (how, detail) => {
      manner = how;
      expect((await create({ url: HERE })).body.errors).toEqual([{ pointer: "/url", detail }]);
      expect((await call("GET", path(), { headers: admin() })).body.webhooks).toEqual([]);
    });

  it.each([{}, { url: 7 }, { url: "" }, { url: HERE, more: 1 }, { url: HERE, description: "" }, { url: HERE, description: "a\nb" }, { url: HERE, description: "\ud800" }, { url: HERE, description: "x".repeat(201) }])(
    "are refused as %j", async (json) => expect((await create(json)).response.status).toBe(422));

  it("get another secret, a message to try them, and events again", async () => {
    const { id } = await created();
    take(feed.database, operator, { logId: "log-1", seq: 2, t: START, from: 0, rows: [1, 2].map((seq) => ({ seq, t: START, type: "excluded" as const, rootEpoch: 0, p: new Uint8Array(16).fill(seq) })) }, random);
    const rotated = await call("POST", path(`/${id}/secrets`), { headers: admin("r"), json: { overlapHours: 2 } });
    expect(rotated.body.webhook.oldSecretUntil).toBe(new Date(START + 7_200_000).toISOString());
    manner = 503;
    expect((await call("POST", path(`/${id}/tests`), { headers: admin() })).body).toMatchObject({ outcome: "refused", status: 503, excerpt: "no" });
    const { body: log } = await call("GET", path(`/${id}/deliveries?limit=1`), { headers: admin() });
    expect(log).toMatchObject({ deliveries: [{ what: "test", outcome: "refused" }], next: expect.any(Number) });
    expect((await call("GET", path(`/${id}/deliveries?before=${log.next}`), { headers: admin() })).body).toEqual({ deliveries: [], next: null });
    expect((await call("POST", path(`/${id}/replays`), { headers: admin(), json: { from: 1 } })).body).toMatchObject({ received: 0, head: 2 });
    expect((await call("POST", path(`/${id}/replays`), { headers: admin(), json: { from: 2 } })).body.errors[0].pointer).toBe("/from");
  });

  it("of nobody are nobody's: an operator that is not enrolled has none, and no feed comes to be", async () => {
    expect((await call("GET", "/v1/operators/op0000none/webhooks", { headers: admin() })).response.status).toBe(404);
    expect((await call("GET", path("/none/deliveries"), { headers: admin() })).response.status).toBe(404);
  });
});

describe("the feed over the API", () => {
  it("takes a key with the scope events, and page by page whole numbers", async () => {
    const keyOf = async (scopes: string[]) => (await call("POST", `/v1/operators/${operator}/keys`, { headers: admin(crypto.randomUUID()), json: { scopes } })).body.key as string;
    const get = async (key: string, query = "") => (await call("GET", `/v1/events${query}`, { headers: { authorization: `Bearer ${key}` } })).response.status;
    const asked: unknown[] = [];
    const answering = { events: async (...page: unknown[]) => (asked.push(page), { events: [], next: 0, head: 0, from: 1, through: START }), digest: async () => null };
    ({ call } = await testApi({ parts: { feed: () => answering as never } }));
    operator = (await enrolled(call)).operator.id;
    const [events, checks] = [await keyOf(["events"]), await keyOf(["checks"])];
    expect([await get(events), await get(checks), await get("wrong")]).toEqual([200, 403, 401]);
    for (const query of ["?after=-1", "?after=1.5", "?after=x", "?limit=0", "?limit=1001", "?after=1e99"]) expect(await get(events, query)).toBe(422);
    expect(await get(events, "?after=7&limit=1000")).toBe(200);
    expect(asked).toEqual([[0, 100], [7, 1_000]]);
    const day = async (text: string) => (await call("GET", `/v1/events/digests/${text}`, { headers: { authorization: `Bearer ${events}` } })).response.status;
    expect([await day("2027-02-28"), await day("2027-02-30"), await day("yesterday")]).toEqual([404, 422, 422]);
  });
});
