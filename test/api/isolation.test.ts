import { beforeAll, describe, expect, it } from "vitest";
import { ROLES } from "../../src/domains/authentication/capabilities.ts";
import { testOffice } from "../support/office.ts";
import { holding, officeApi, somebody, type Somebody } from "../support/people.ts";
import { enrolled, usageOf } from "../support/api.ts";

/** What the existing systems let through, and this one does not. */
const test = testOffice();
type Api = Awaited<ReturnType<typeof officeApi>>;
let { api, call, directory } = {} as Api;
type Operator = Awaited<ReturnType<typeof enrolled>>;
const operators = {} as Record<"ours" | "theirs", Operator>;
let boss: Somebody;
const asked: string[] = [];

const PHONE = { type: "msisdn", value: "0712345678" };
const DAY = "from=2026-10-20T00:00:00Z&to=2026-10-21T00:00:00Z";

beforeAll(async () => {
  ({ api, call, directory } = await officeApi(test.office, { usage: (operator) => usageOf(async () => (asked.push(operator), [])) }));
  const root = await somebody(test.office, holding("super_admin"));
  operators.ours = await enrolled(call, "Ours", root.headers);
  operators.theirs = await enrolled(call, "Theirs", root.headers);
  boss = await somebody(test.office, holding("operator_admin", operators.ours.operator.id));
});

/** The answer to the administrator of one operator, asked about another and about one that nobody enrolled. */
async function toStrangers(method: string, path: (operator: string) => string, json?: object) {
  const answers = await Promise.all([operators.theirs.operator.id, "op0000none"].map((operator) => call(method, path(operator), { headers: boss.headers(), ...(json && { json }) })));
  expect(answers[0]!.body).toEqual(answers[1]!.body);
  expect([...answers[0]!.response.headers.keys()]).toEqual([...answers[1]!.response.headers.keys()]);
  return answers.map(({ response }) => response.status);
}

describe("an operator", () => {
  it("reads nothing of another's usage, and its object is not even asked", async () => {
    expect(await toStrangers("GET", (operator) => `/v1/operators/${operator}/usage?${DAY}`)).toEqual([403, 403]);
    expect(await toStrangers("GET", (operator) => `/v1/operators/${operator}/keys/${operators.theirs.key.keyId}/usage?${DAY}`)).toEqual([403, 403]);
    expect(asked).toEqual([]);
    const own = await call("GET", `/v1/operators/${operators.ours.operator.id}/usage?${DAY}`, { headers: boss.headers() });
    expect([own.response.status, asked]).toEqual([200, [operators.ours.operator.id]]);
  });

  it("gives itself no key of another's and revokes none, by whichever path", async () => {
    expect(await toStrangers("POST", (operator) => `/v1/operators/${operator}/keys`)).toEqual([403, 403]);
    expect(await toStrangers("DELETE", (operator) => `/v1/operators/${operator}/keys/${operators.theirs.key.keyId}`)).toEqual([403, 403]);
    expect(await toStrangers("POST", (operator) => `/v1/operators/${operator}/keys/${operators.theirs.key.keyId}/rotations`, { overlapHours: 1 })).toEqual([403, 403]);
    const own = operators.ours.operator.id;
    for (const [method, path, json] of [["POST", "rotations", { overlapHours: 0 }], ["GET", `usage?${DAY}`, undefined]] as const) {
      const answers = await Promise.all([operators.theirs.key.keyId, crypto.randomUUID()].map((id) => call(method, `/v1/operators/${own}/keys/${id}/${path}`, { headers: boss.headers(), ...(json && { json }) })));
      expect(answers.map(({ response, body }) => [response.status, body.type])).toEqual([[404, "/problems/not-found"], [404, "/problems/not-found"]]);
    }
    const [known, unknown] = await Promise.all([operators.theirs.key.keyId, crypto.randomUUID()].map((id) => call("DELETE", `/v1/operators/${own}/keys/${id}`, { headers: boss.headers() })));
    expect([known!.response.status, known!.body]).toEqual([404, unknown!.body]);
    const still = await call("POST", "/v1/tokens", { headers: operators.theirs.bearer, json: { identifiers: [PHONE] } });
    expect(still.response.status).toBe(200);
  });

  it("moves no epoch, another's nor its own, and retires nobody's token", async () => {
    const before = structuredClone(directory.epochs);
    expect(await toStrangers("POST", (operator) => `/v1/operators/${operator}/epochs`, {})).toEqual([403, 403]);
    expect((await call("POST", `/v1/operators/${operators.ours.operator.id}/epochs`, { headers: boss.headers(), json: {} })).response.status).toBe(403);
    const { body } = await call("POST", "/v1/tokens", { headers: operators.theirs.bearer, json: { identifiers: [PHONE] } });
    expect(await toStrangers("POST", (operator) => `/v1/operators/${operator}/tokens/deactivate`, { token: body.tokens[0].token, reason: "stolen" })).toEqual([403, 403]);
    expect([directory.epochs, directory.generations]).toEqual([before, []]);
  });

  it("has no customer's token from another's, and a key opens no office", async () => {
    const tokens = await Promise.all(Object.values(operators).map(async ({ bearer }) => (await call("POST", "/v1/tokens", { headers: bearer, json: { identifiers: [PHONE] } })).body.tokens[0].token));
    expect(tokens[0]).not.toBe(tokens[1]);
    expect((await call("GET", "/v1/account", { headers: operators.ours.bearer })).response.status).toBe(401);
    expect((await call("POST", "/v1/tokens", { headers: boss.headers(), json: { identifiers: [PHONE] } })).response.status).toBe(401);
  });
});

describe("a path or a method that is not there", () => {
  it("is told to everybody alike, and before who they are", async () => {
    const callers = [{}, boss.headers(), operators.ours.bearer, ...(await Promise.all(ROLES.map(async (role) => (await somebody(test.office, holding(role))).headers())))];
    for (const [method, path, status] of [["GET", "/v1/users/x/roles", 404], ["PATCH", "/v1/account", 405], ["GET", "/v1/bootstrap", 405], ["POST", "/v1/Account", 404], ["GET", "/v1/account/", 404]] as const) {
      const told = await Promise.all(callers.map(async (headers) => {
        const response = await api.request(path, { method, headers: headers as Record<string, string> });
        return JSON.stringify([response.status, await response.text()]);
      }));
      expect(new Set(told).size, path).toBe(1);
      expect(JSON.parse(told[0]!)[0], path).toBe(status);
    }
  });

  it("reaches no operator's route by a written-out or doubled name", async () => {
    const own = operators.ours.operator.id;
    const theirs = operators.theirs.operator.id;
    for (const name of [`${own}/../${theirs}`, `${own}%2f..%2f${theirs}`, `${theirs}%00`, ` ${own}`, own.toUpperCase(), `${own}%20`, "%2e%2e"]) {
      const response = await api.request(`/v1/operators/${name}/usage?${DAY}`, { headers: boss.headers() });
      expect([403, 404, 422], name).toContain(response.status);
    }
    expect(asked).toEqual([own]);
  });
});
