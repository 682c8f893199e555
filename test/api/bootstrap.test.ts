import { describe, expect, it } from "vitest";
import { accessTokens, bootstraps } from "../../src/domains/authentication/access/tables.ts";
import { users } from "../../src/domains/users/accounts/tables.ts";
import { MINUTE } from "../../src/kernel/clock.ts";
import { beginner, testApi } from "../support/api.ts";
import { testOffice } from "../support/office.ts";
import { bearing, officeApi } from "../support/people.ts";

const test = testOffice();
const json = { name: "Wanjiku Ng'ang'a", email: "w@example.test" };
let elapsed = 0;
let api: ReturnType<typeof officeApi> | undefined;
const begin = async (headers: Record<string, string>, body: unknown = json) => {
  const { call } = await (api ??= officeApi(test.office, { parts: { clock: () => Date.now() + elapsed } }));
  return call("POST", "/v1/bootstrap", { headers, json: body });
};
const counted = async () => {
  const { primary } = test.office;
  return [await primary.$count(users), await primary.$count(bootstraps), await primary.$count(accessTokens)];
};

describe("the one-time secret", () => {
  it("makes nobody of a name or an address that cannot be one, and without the secret", async () => {
    const names = ["", " ", "a\u0000b", "\ud800", "x".repeat(101), 7, null];
    for (const name of names) expect((await begin(beginner("k"), { ...json, name })).response.status, JSON.stringify(name)).toBe(422);
    for (const email of ["", "w", "w@", "a@b\u0000.test", `${"x".repeat(250)}@example.test`, "' OR 1=1 --"]) expect((await begin(beginner("k"), { ...json, email })).response.status).toBe(422);
    expect((await begin(beginner("k"), { ...json, role: "super_admin" })).response.status).toBe(422);
    expect((await begin(beginner())).body.type).toBe("/problems/idempotency-key-missing");
    for (const authorization of ["", "Bearer ", "Bearer x", `${beginner().authorization}x`]) expect((await begin({ authorization, "idempotency-key": "k" })).response.status).toBe(401);
    expect(await counted()).toEqual([0, 0, 0]);
  });

  it("does nothing while the office is down, and says so", async () => {
    const { call } = await testApi();
    const { response } = await call("POST", "/v1/bootstrap", { headers: beginner("k"), json });
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"]);
  });

  it("makes one administrator of any number who use it at once", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, (_, at) => begin(beginner(`k${at}`), { ...json, email: `w${at}@example.test` })));
    expect(answers.map(({ response }) => response.status).toSorted()).toEqual([201, ...Array.from({ length: 7 }, () => 409)]);
    expect(await counted()).toEqual([1, 1, 1]);
  });
});

describe("the secret once it was used", () => {
  const whatever = [json, { ...json, email: "other@example.test" }, {}, { name: "" }, [], "x"];

  it("answers a lost answer again to the same request, for a quarter of an hour; then the same to everything", async () => {
    await test.office.primary.$client.batch(["bootstraps", "accessTokens", "passwordLinks", "roleAssignments", "users", "commands"].map((table) => `delete from ${table}`), "write");
    const first = await begin(beginner("lost"));
    expect(first.response.status).toBe(201);
    expect((await begin(beginner("lost"))).body).toEqual(first.body);
    expect((await begin(beginner("lost"), { ...json, name: "Else" })).body.type).toBe("/problems/idempotency-key-reused");
    expect((await begin(beginner("another"))).response.status).toBe(409);

    elapsed = 15 * MINUTE;
    const told = await Promise.all([beginner("lost"), beginner("fresh"), beginner(), beginner("é")].flatMap((headers) => whatever.map((body) => begin(headers, body))));
    expect(new Set(told.map(({ response, body }) => JSON.stringify([response.status, body]))).size).toBe(1);
    expect(told[0]!.response.status).toBe(409);
    expect(await counted()).toEqual([1, 1, 1]);
    // What it made goes on, and a wrong secret is told what it always was.
    const { call } = await officeApi(test.office);
    expect((await call("GET", "/v1/account", { headers: bearing(first.body.token)() })).response.status).toBe(200);
    expect((await begin({ "authorization": "Bearer wrong", "idempotency-key": "lost" })).response.status).toBe(401);
  });
});
