import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { upstashCounters } from "../../src/adapters/redis/upstash.ts";
import { Quotas } from "../../src/domains/operators/quotas.ts";
import { nairobiDay } from "../../src/kernel/periods.ts";
import { conforms } from "../support/conforms.ts";
import { NO_REDIS, RestRedis } from "../support/redis.ts";
import { wholeSystem } from "../support/system.ts";

const whole = wholeSystem();
let document: Record<string, unknown>;
let token: string;
let issued = 0;

beforeAll(async () => {
  document = (await (await fetch(`${whole.system.url}/openapi.json`)).json()) as typeof document;
  token = await whole.server.tokenize("0712345678");
});

const post = (path: string, bearer: string, json: unknown, headers: Record<string, string> = {}) =>
  fetch(`${whole.system.url}${path}`, {
    method: "POST",
    headers: { "authorization": `Bearer ${bearer}`, "content-type": "application/json", ...headers },
    body: JSON.stringify(json),
  });

/** What the administrator does for the operator under test. */
const administer = async (what: string, json: unknown) =>
  post(`/v1/operators/${whole.access.id}/${what}`, await whole.system.administrator(), json, { "idempotency-key": `limits-${issued++}` });

async function keyWith(terms: object): Promise<{ keyId: string; key: string }> {
  const response = await administer("keys", terms);
  expect(response.status).toBe(201);
  return (await response.json()) as { keyId: string; key: string };
}

/** A check's status, held against the served document, with its headers and body. */
async function check(key: string, headers: Record<string, string> = {}, asked = token) {
  const response = await post("/v1/checks", key, { token: asked, purpose: "login" }, headers);
  const body = await conforms(document, "post", "/v1/checks", response);
  return { status: response.status, headers: response.headers, body };
}

const status = async (key: string, headers?: Record<string, string>): Promise<number> => (await check(key, headers)).status;
const BOUND = { timeout: 5_000, interval: 50 };

describe("a key", () => {
  it("that expires stops at that moment", async () => {
    const { key } = await keyWith({ expiresAt: new Date(Date.now() + 2_000).toISOString() });
    await expect.poll(() => status(key), BOUND).toBe(200);
    await expect.poll(() => status(key), BOUND).toBe(401);
  });

  it("that is bound to networks is good from there alone", async () => {
    const { key } = await keyWith({ networks: ["192.0.2.0/24"] });
    const home = { "cf-connecting-ip": "192.0.2.77" };
    await expect.poll(() => status(key, home), BOUND).toBe(200);
    expect([await status(key, { "cf-connecting-ip": "198.51.100.1" }), await status(key)]).toEqual([403, 403]);
    expect((await check(key)).body).toEqual({
      type: "/problems/forbidden", title: expect.any(String), status: 403, detail: expect.stringMatching(/^The key pk_live_\w+ may not be used from this network address\.$/),
    });
  });

  it("that is not for checks makes none, and one that is not for tokens makes none of those", async () => {
    const [makes, asks] = await Promise.all([keyWith({ scopes: ["tokens"] }), keyWith({ scopes: ["checks"] })]);
    await expect.poll(() => status(makes.key), BOUND).toBe(403);
    await expect.poll(() => status(asks.key), BOUND).toBe(200);
    const identifiers = [{ type: "msisdn", value: "0712345678" }];
    const statuses = await Promise.all([makes, asks].map(async ({ key }) => (await post("/v1/tokens", key, { identifiers })).status));
    expect(statuses).toEqual([200, 403]);
  });

  it("that asks too fast is held back, told the limits, and answered again a second later", async () => {
    const { key } = await keyWith({ perSecond: 5, perDay: 1_000 });
    await expect.poll(() => status(key), BOUND).toBe(200);
    const answers = await Promise.all(Array.from({ length: 30 }, () => check(key)));
    const refused = answers.filter((answer) => answer.status === 429);
    expect(refused.length).toBeGreaterThan(15);
    expect(answers.every((answer) => [200, 429].includes(answer.status))).toBe(true);
    const { headers, body } = refused[0]!;
    expect(Object.fromEntries(headers)).toMatchObject({
      "retry-after": "1", "ratelimit": '"persecond";r=0;t=1', "ratelimit-policy": '"persecond";q=5;w=1, "perday";q=1000;w=86400',
    });
    expect(JSON.stringify(body)).not.toMatch(/clear|excluded/);
    await expect.poll(() => status(key), BOUND).toBe(200);
  });
});

describe("an operator's tokens", () => {
  it("of one epoch are answered with those of the next, and one retired by itself is not answered for", async () => {
    const { key } = await keyWith({});
    await expect.poll(() => status(key), BOUND).toBe(200);
    expect((await administer("epochs", {})).status).toBe(201);
    await expect.poll(async () => (await check(key)).body.nextToken, BOUND).toMatch(/^BST-3/);
    const { nextToken } = (await check(key)).body;
    expect(nextToken).toBe(await whole.server.tokenize("0712345678"));
    expect((await check(key, {}, nextToken)).body).not.toHaveProperty("nextToken");
    expect((await administer("tokens/deactivate", { token: nextToken, reason: "precaution" })).status).toBe(204);
    await expect.poll(async () => (await check(key, {}, nextToken)).status, BOUND).toBe(409);
    expect(await status(key)).toBe(409);
    const fresh = await whole.server.tokenize("0712345678");
    expect([fresh === nextToken, (await check(key, {}, fresh)).status]).toEqual([false, 200]);
    token = fresh;
  });

  it("that the operator rotates itself are answered for by the new one alone, and their history says so", async () => {
    const { key } = await keyWith({});
    await expect.poll(() => status(key), BOUND).toBe(200);
    const own = async (verb: string, body: object) => (await (await post(`/v1/tokens/${verb}`, key, body)).json()) as Record<string, any>;
    const { token: next } = await own("rotate", { token });
    expect(await own("rotate", { token: token.toLowerCase() })).toEqual({ token: next });
    await expect.poll(() => status(key), BOUND).toBe(409);
    expect((await check(key, {}, next)).status).toBe(200);
    expect((await own("validate", { tokens: [token, next] })).tokens).toMatchObject([{ state: "retired" }, { state: "current" }]);
    expect((await own("renew", { tokens: [next] })).tokens).toEqual([{ token: next }]);
    expect((await own("history", { token })).steps.map(({ event }: Record<string, string>) => event)).toEqual(["epoch-began", "epoch-began", "deactivated", "rotated"]);
    token = next;
  });
});

describe("a caller of origin's API", () => {
  it("is refused by the platform's counter after its class's number, alone, and told when to come again", async () => {
    // Within one window of the counter.
    if (Date.now() % 60_000 > 50_000) await new Promise((resolve) => setTimeout(resolve, 60_000 - (Date.now() % 60_000)));
    const from = (address: string) => fetch(`${whole.system.url}/problems/internal`, { headers: { "cf-connecting-ip": address } });
    const answers = [];
    for (let call = 0; call <= 100; call++) answers.push(await from("198.51.100.9"));
    expect(answers.slice(0, 100).every(({ status }) => status === 200)).toBe(true);
    const last = answers[100]!;
    await conforms(document, "get", "/problems/internal", last);
    const seconds = last.headers.get("retry-after");
    expect([last.status, last.headers.get("ratelimit-policy"), last.headers.get("ratelimit")]).toEqual([
      429, '"anonymous";q=100;w=60', `"anonymous";r=0;t=${seconds}`,
    ]);
    expect((await from("198.51.100.10")).status).toBe(200);
  }, 90_000);
});

describe.skipIf(NO_REDIS)("a day's quota, with a redis-server", () => {
  const redis = new RestRedis();
  beforeAll(() => redis.start());
  afterAll(() => redis.stop());

  it("that is used up stops the key at the edge within the bound, until midnight in Nairobi", async () => {
    const { key, keyId } = await keyWith({ perDay: 1_000 });
    await expect.poll(() => status(key), BOUND).toBe(200);
    const reports: unknown[] = [];
    let kept = 1_000;
    const quotas = new Quotas({
      counters: upstashCounters(redis), directory: await whole.system.quotas(), spentToday: async () => kept, report: (_, error) => reports.push(error),
    });
    await quotas.spend([{ keyId, checks: 1_000 }], Date.now());
    expect(reports).toEqual([]);
    await expect.poll(() => status(key), BOUND).toBe(429);
    const { headers } = await check(key);
    const seconds = Number(headers.get("retry-after"));
    expect(Math.abs(seconds - (nairobiDay(Date.now()).endsAt - Date.now()) / 1_000)).toBeLessThan(5);
    expect(headers.get("ratelimit")).toBe(`"perday";r=0;t=${seconds}`);
    kept = 0;
    await quotas.reconcile([keyId], Date.now());
    await expect.poll(() => status(key), BOUND).toBe(200);
  });
});

it("no check above left an error in the log", () => {
  expect(whole.alarms).toEqual([]);
});
