import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { unstable_readConfig } from "wrangler";
import { CALLS, type CallerClass, Limits } from "../../src/api/limits.ts";
import { EDGE_ROUTES } from "../../src/api/edge-document.ts";
import { admin, enrolled, restorer, testApi } from "../support/api.ts";

const AT = 1_000_000 * 60_000 + 15_000;

/** Limits under a clock that is set, with a data centre that says what it is told to. */
function world(answer: () => Promise<boolean> = async () => true) {
  const state = { now: AT, answer, failures: 0, asked: [] as string[] };
  const limits = new Limits({
    count: (by, caller) => (state.asked.push(`${by} ${caller}`), state.answer()),
    clock: () => state.now,
    failed: () => void state.failures++,
  });
  return { state, limits };
}

describe("a caller", () => {
  it("has the number of its class in a minute, and is told what is left", async () => {
    const { state, limits } = world();
    const standings = [];
    for (let call = 0; call <= CALLS.anonymous; call++) standings.push(await limits.admit("anonymous", "a"));
    expect(standings[0]).toEqual({ by: "anonymous", admitted: true, remaining: 99, seconds: 45 });
    expect(standings.at(-2)).toMatchObject({ admitted: true, remaining: 0 });
    expect(standings.at(-1)).toEqual({ by: "anonymous", admitted: false, remaining: 0, seconds: 45 });
    expect((await limits.admit("anonymous", "b")).admitted).toBe(true);
    expect((await limits.admit("user", "a")).admitted).toBe(true);
    state.now += 45_000;
    expect(await limits.admit("anonymous", "a")).toMatchObject({ admitted: true, remaining: 99, seconds: 60 });
  });

  it("is refused when the data centre has counted enough, though this isolate has not", async () => {
    const { limits } = world(async () => false);
    expect(await limits.admit("user", "u")).toEqual({ by: "user", admitted: false, remaining: 0, seconds: 45 });
  });

  it("passes while the data centre cannot be asked, which is reported, and the isolate keeps the number alone", async () => {
    const { state, limits } = world(() => Promise.reject(new Error("away")));
    for (let call = 0; call < CALLS.user; call++) expect((await limits.admit("user", "u")).admitted).toBe(true);
    expect((await limits.admit("user", "u")).admitted).toBe(false);
    expect(state.failures).toBe(CALLS.user);
  });
});

describe("the API", () => {
  it("counts addresses, IPv6 by its /64, users, and operators' keys", async () => {
    const { state, limits } = world();
    const { api, call } = await testApi({ limits });
    const { key, bearer } = await enrolled(call);
    state.asked.length = 0;
    const from = (address: string, headers = {}) => api.request("/problems/internal", { headers: { "cf-connecting-ip": address, ...headers } });
    for (const address of ["192.0.2.1", "2001:db8::1", "2001:db8:0:0:9::1", "2001:db8:0:1::1", "nonsense"]) await from(address, { "x-forwarded-for": "192.0.2.99" });
    await api.request("/v1/account", { headers: admin() });
    await call("POST", "/v1/tokens", { headers: bearer, json: { identifiers: [{ type: "msisdn", value: "0712345678" }] } });
    await call("GET", "/v1/recovery", { headers: restorer() });
    expect(state.asked).toEqual([
      "anonymous c0000201", "anonymous 20010db800000000", "anonymous 20010db800000000", "anonymous 20010db800000001", "anonymous unknown",
      "user 00000000-0000-7000-8000-000000000001", `operator ${key.keyId}`, "operator deployment",
    ]);
  });

  it("counts whom nobody vouches for by address, so that guessing ends", async () => {
    const { api } = await testApi({ limits: world().limits });
    const guess = () => api.request("/v1/account", { headers: { authorization: `Bearer nser_at_${"x".repeat(43)}`, "cf-connecting-ip": "192.0.2.7" } });
    const statuses = [];
    for (let call = 0; call <= CALLS.anonymous; call++) statuses.push((await guess()).status);
    expect([statuses.at(-2), statuses.at(-1)]).toEqual([401, 429]);
    expect((await api.request("/v1/account", { headers: { ...admin(), "cf-connecting-ip": "192.0.2.7" } })).status).toBe(200);
  });

  it("says 429 with the fields, and does nothing, when the calls are used up", async () => {
    const { state, limits } = world();
    const { call, directory } = await testApi({ limits });
    state.answer = async () => false;
    const json = { name: "Kenbet", requiredKinds: ["msisdn"] };
    const { response, body } = await call("POST", "/v1/operators", { headers: admin("k"), json });
    expect(body.type).toBe("/problems/rate-limited");
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "retry-after": "45", "ratelimit-policy": '"user";q=200;w=60', "ratelimit": '"user";r=0;t=45', "cache-control": "no-store",
    });
    expect(directory.operators.size).toBe(0);
  });

  it("limits every route, each answer saying how, with and without a credential", async () => {
    const { api, document } = await testApi({ limits: world().limits });
    const ofEdge = new Set(EDGE_ROUTES.map(({ path }) => path));
    const routes = Object.entries<Record<string, { responses: object }>>(document.paths).filter(([path]) => !ofEdge.has(path));
    expect(routes.length).toBeGreaterThan(8);
    const fields = /^"(anonymous|user|operator|reader)";r=\d+;t=\d+$/;
    for (const [path, operations] of routes) {
      for (const [method, { responses }] of Object.entries(operations)) {
        expect(Object.keys(responses), `${method} ${path}`).toContain("429");
        for (const headers of [{}, admin("k"), restorer()]) {
          const response = await api.request(path, { method: method.toUpperCase(), headers });
          expect(response.headers.get("ratelimit"), `${method} ${path}`).toMatch(fields);
          expect(response.headers.has("ratelimit-policy")).toBe(true);
        }
      }
    }
    for (const path of ["/openapi.json", "/nowhere", "/v1/operators/"]) expect((await api.request(path)).headers.get("ratelimit")).toMatch(fields);
  });
});

it("each class has a counter of the platform's with its number and window", () => {
  const config = unstable_readConfig({ config: join(import.meta.dirname, "../../workers/origin/wrangler.toml") }) as unknown as {
    ratelimits: { name: string; namespace_id: string; simple: object }[];
  };
  const counters = Object.fromEntries(config.ratelimits.map(({ name, simple }) => [name, simple]));
  for (const by of Object.keys(CALLS) as CallerClass[]) expect(counters[`CALLS_${by.toUpperCase()}`]).toEqual({ limit: CALLS[by], period: 60 });
});
