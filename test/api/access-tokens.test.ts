import { beforeAll, describe, expect, it } from "vitest";
import { DAY } from "../../src/kernel/clock.ts";
import type { Office } from "../../src/office/database.ts";
import { testApi } from "../support/api.ts";
import { testOffice } from "../support/office.ts";
import { bearing, holding, officeApi, somebody, type Somebody } from "../support/people.ts";

const test = testOffice();
let call: Awaited<ReturnType<typeof officeApi>>["call"];
const people = {} as Record<"root" | "admin" | "citizen", Somebody>;

beforeAll(async () => {
  ({ call } = await officeApi(test.office));
  people.root = await somebody(test.office, holding("super_admin"));
  people.admin = await somebody(test.office, holding("grak_admin"));
  people.citizen = await somebody(test.office, holding("citizen"));
});

const ahead = (ms: number): string => new Date(Date.now() + ms).toISOString();
const tokensOf = ({ userId }: { userId: string }) => `/v1/users/${userId}/access-tokens`;
const make = (by: Somebody, whose: { userId: string }, json: object = { label: "laptop", expiresAt: ahead(DAY) }, headers: object = by.headers()) =>
  call("POST", tokensOf(whose), { headers: headers as Record<string, string>, json });
const account = async (token: string) => call("GET", "/v1/account", { headers: bearing(token)() });

describe("an access token", () => {
  it("is made by anybody for themself, shown once, and lets in whose it is", async () => {
    const { citizen } = people;
    const made = await make(citizen, citizen);
    expect(made.response.status).toBe(201);
    expect((await account(made.body.token)).body).toEqual({ userId: citizen.userId, roles: holding("citizen") });
    const list = await call("GET", tokensOf(citizen), { headers: citizen.headers() });
    expect(list.body.items.map(({ label }: { label: string }) => label)).toEqual(["test", "laptop"]);
    expect(JSON.stringify(list.body)).not.toContain(made.body.token);
    expect(made.body.token).not.toContain(citizen.userId);
  });

  it("is the same for the same Idempotency-Key, which is no other's and for no other request", async () => {
    const { citizen, root } = people;
    const headers = citizen.headers();
    const json = { label: "again", expiresAt: ahead(DAY) };
    const [first, second] = [await make(citizen, citizen, json, headers), await make(citizen, citizen, json, headers)];
    expect(second.body).toEqual(first.body);
    const other = await make(citizen, citizen, { ...json, label: "other" }, headers);
    expect([other.response.status, other.body.type]).toEqual([422, "/problems/idempotency-key-reused"]);
    const roots = await make(root, citizen, json, { ...headers, authorization: root.headers().authorization });
    expect(roots.body.token).not.toBe(first.body.token);
    expect((await make(citizen, citizen, json, { authorization: headers.authorization })).body.type).toBe("/problems/idempotency-key-missing");
  });

  it("whose making failed is not there, and one whose answer alone was lost is given to whoever asks again", async () => {
    const { citizen } = people;
    const failing = (happens: boolean) => {
      const batch: Office["primary"]["$client"]["batch"] = async (...all) => {
        if (happens) await test.office.primary.$client.batch(...all);
        throw new Error("the connection broke");
      };
      const primary: Office["primary"] = Object.create(test.office.primary, { $client: { value: { batch } } });
      return officeApi({ ...test.office, primary });
    };
    const before = (await call("GET", tokensOf(citizen), { headers: citizen.headers() })).body.items.length;
    const request = { headers: citizen.headers(), json: { label: "broken", expiresAt: ahead(DAY) } };
    for (const happens of [false, true]) expect((await (await failing(happens)).call("POST", tokensOf(citizen), request)).response.status).toBe(503);
    const made = await call("POST", tokensOf(citizen), request);
    expect((await account(made.body.token)).response.status).toBe(200);
    expect((await call("GET", tokensOf(citizen), { headers: citizen.headers() })).body.items).toHaveLength(before + 1);
  });

  it("is never of the past, nor for more than ninety days, and needs a label", async () => {
    const { citizen } = people;
    const refused = [
      { label: "x", expiresAt: ahead(-1) }, { label: "x", expiresAt: ahead(90 * DAY + 60_000) }, { label: " ", expiresAt: ahead(DAY) }, { label: "x" },
      { label: "a\u0000b", expiresAt: ahead(DAY) }, { label: "\ud800", expiresAt: ahead(DAY) }, { label: "x", expiresAt: "soon" }, { label: "x".repeat(101), expiresAt: ahead(DAY) }, { label: "x", expiresAt: ahead(DAY), userId: "y" },
    ];
    for (const json of refused) expect((await make(citizen, citizen, json)).response.status).toBe(422);
    for (const label of ["💥", "<script>", "' OR 1=1 --", "\u202egnp", "__proto__"]) expect((await make(citizen, citizen, { label, expiresAt: ahead(90 * DAY) })).response.status).toBe(201);
  });

  it("of another is made, listed and revoked by who could give all they hold, and by nobody else", async () => {
    const { root, admin, citizen } = people;
    expect((await make(admin, citizen)).response.status).toBe(201);
    expect((await make(admin, root)).response.status).toBe(403);
    expect((await call("GET", tokensOf(root), { headers: admin.headers() })).response.status).toBe(403);
    expect((await call("DELETE", `${tokensOf(root)}/${root.tokenId}`, { headers: admin.headers() })).response.status).toBe(403);
    expect((await make(citizen, admin)).response.status).toBe(403);
    expect((await make(admin, { userId: crypto.randomUUID() })).response.status).toBe(404);
  });

  it("that is revoked holds no longer, at once; another's cannot be, by one's own path", async () => {
    const { citizen, admin } = people;
    const { body } = await make(citizen, citizen);
    const revoke = (whose: Somebody, id: string) => call("DELETE", `${tokensOf(whose)}/${id}`, { headers: citizen.headers() });
    expect((await revoke(citizen, admin.tokenId)).response.status).toBe(404);
    expect((await revoke(citizen, crypto.randomUUID())).response.status).toBe(404);
    expect((await account(admin.token)).response.status).toBe(200);
    expect((await revoke(citizen, body.id)).response.status).toBe(204);
    expect((await account(body.token)).response.status).toBe(401);
    expect((await revoke(citizen, body.id)).response.status).toBe(204);
  });
});

describe("whoever is not let in", () => {
  it("is told the same, whether the token is unknown, malformed, over, revoked, or its holder suspended or deleted", async () => {
    const { primary } = test.office;
    const [over, suspended, deleted] = await Promise.all([1, 2, 3].map(() => somebody(test.office, holding("super_admin"))));
    await primary.$client.execute({ sql: "update accessTokens set expiresAt = ? where id = ?", args: [Date.now(), over!.tokenId] });
    await primary.$client.execute({ sql: "update users set state = 'suspended' where id = ?", args: [suspended!.userId] });
    await primary.$client.execute({ sql: "update users set deletedAt = 1 where id = ?", args: [deleted!.userId] });
    const tokens = [over!.token, suspended!.token, deleted!.token, `nser_at_${"A".repeat(43)}`, "nser_at_", "", "sk_live_a_b", people.root.token.slice(0, -1), `${people.root.token} `];
    const told = await Promise.all(tokens.map(async (token) => {
      const { response, body } = await account(token);
      return [response.status, response.headers.get("www-authenticate"), body];
    }));
    expect(new Set(told.slice(0, -1).map((answer) => JSON.stringify(answer)))).toEqual(new Set([JSON.stringify(told[0])]));
    expect(told[0]![0]).toBe(401);
  });

  it("and whoever would be learn nothing while the office is down", async () => {
    const { call } = await testApi({ access: { principalOf: () => Promise.reject(new Error("the office is gone")) } });
    const { response } = await call("GET", "/v1/account", { headers: people.root.headers() });
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"]);
  });
});
