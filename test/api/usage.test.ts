import { describe, expect, it } from "vitest";
import type { UsagePeriod, UsageQuestion } from "../../src/domains/analytics/model.ts";
import { PURPOSES } from "../../src/check/question.ts";
import { admin, enrolled, testApi, usageOf } from "../support/api.ts";

const RANGE = "from=2026-10-20T00:00:00Z&to=2026-10-21T03:00:00%2B03:00";

const nothing = Object.fromEntries(PURPOSES.map((purpose) => [purpose, { clear: null, found: null }])) as UsagePeriod["purposes"];

describe("GET /v1/operators/{operator}/usage", () => {
  it("says what is known, as lower bounds, and null where nothing is", async () => {
    const asked: [string, UsageQuestion][] = [];
    const { call } = await testApi({
      usage: (operator) => usageOf(async (question) => {
        asked.push([operator, question]);
        const purposes = { ...nothing, login: { clear: 12, found: null } };
        return [{ from: 0, purposes, batchesLost: 2, answersDropped: 0 }, { from: 3_600_000, purposes: nothing, batchesLost: null, answersDropped: null }];
      }),
    });
    const { response, body } = await call("GET", `/v1/operators/acme01/usage?${RANGE}&by=hour`, { headers: admin() });
    expect(response.status).toBe(200);
    expect(asked).toEqual([["acme01", { from: Date.UTC(2026, 9, 20), to: Date.UTC(2026, 9, 21), by: "hour" }]]);
    const none = { clearAtLeast: null, foundAtLeast: null };
    expect(body).toMatchObject({
      operator: "acme01", by: "hour",
      periods: [
        { from: "1970-01-01T00:00:00.000Z", purposes: { login: { clearAtLeast: 12, foundAtLeast: null }, bet: none }, batchesLost: 2, answersDropped: 0 },
        { from: "1970-01-01T01:00:00.000Z", purposes: { login: none, bet: none }, batchesLost: null, answersDropped: null },
      ],
    });
  });

  it.each([
    "", "from=yesterday&to=today", "from=2026-10-20T00:00:00Z", "from=2026-10-20&to=2026-10-21", `${RANGE}&by=year`,
    "from=2026-10-20T00:00:00Z&to=2026-10-20T00:00:00Z", "from=2026-01-01T00:00:00Z&to=2026-02-02T00:00:00Z&by=hour",
    "from=2026-01-01T00:00:00Z&to=2026-04-04T00:00:00Z", "from=2026-13-01T00:00:00Z&to=2026-14-01T00:00:00Z",
  ])("refuses the question %j", async (query) => {
    const { call } = await testApi();
    const { response, body } = await call("GET", `/v1/operators/acme01/usage?${query}`, { headers: admin() });
    expect([response.status, body.type]).toEqual([422, "/problems/field-invalid"]);
  });

  it("refuses what is no operator's id, and everybody but the administrator", async () => {
    const { call } = await testApi();
    expect((await call("GET", `/v1/operators/Nobody!/usage?${RANGE}`, { headers: admin() })).response.status).toBe(422);
    expect((await call("GET", `/v1/operators/acme01/usage?${RANGE}`)).response.status).toBe(401);
  });

  it("answers 503 when the operator's object cannot be asked", async () => {
    const { call } = await testApi({ usage: () => usageOf(async () => Promise.reject(new Error("gone"))) });
    expect((await call("GET", `/v1/operators/acme01/usage?${RANGE}`, { headers: admin() })).response.status).toBe(503);
  });
});

describe("GET /v1/operators/{operator}/keys/{keyId}/usage", () => {
  const midnight = Date.UTC(2026, 9, 19, 21);

  it("says what is known of each day of a key, and when it was last used", async () => {
    const asked: unknown[] = [];
    const days = [{ from: midnight, checks: 9, purposes: { ...nothing, bet: { clear: 5, found: 1 } } }];
    const { call } = await testApi({
      usage: (operator) => usageOf(async () => [], { keyUsage: async (question) => (asked.push([operator, question]), days), keysUsed: async () => ({ key1: midnight }) }),
    });
    const { operator, key } = await enrolled(call);
    const { response, body } = await call("GET", `/v1/operators/${operator.id}/keys/${key.keyId}/usage?${RANGE}`, { headers: admin() });
    expect(asked).toEqual([[operator.id, { keyId: key.keyId, from: Date.UTC(2026, 9, 20), to: Date.UTC(2026, 9, 21) }]]);
    expect([response.status, body.publicId, body.lastUsedOn]).toEqual([200, key.publicId, "2026-10-20"]);
    expect(body.days).toMatchObject([{ day: "2026-10-20", checksAtLeast: 9, purposes: { bet: { clearAtLeast: 5, foundAtLeast: 1 }, login: { clearAtLeast: null, foundAtLeast: null } } }]);
  });

  it("refuses a key nobody has, a range that is none or too long, and answers 503 when nobody answers", async () => {
    const { call } = await testApi({ usage: () => usageOf(async () => [], { keysUsed: async () => Promise.reject(new Error("gone")) }) });
    const { operator, key } = await enrolled(call);
    const ask = async (keyId: string, query: string) => (await call("GET", `/v1/operators/${operator.id}/keys/${keyId}/usage?${query}`, { headers: admin() })).response.status;
    expect([await ask("none", RANGE), await ask(key.keyId, ""), await ask(key.keyId, "from=2026-01-01T00:00:00Z&to=2026-04-04T00:00:00Z"), await ask(key.keyId, RANGE)]).toEqual([404, 422, 422, 503]);
  });
});
