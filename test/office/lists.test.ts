import { beforeAll, describe, expect, it } from "vitest";
import type { Principal } from "../../src/domains/authentication/capabilities.ts";
import { project } from "../../src/domains/exclusions/office/project.ts";
import { DAY } from "../../src/kernel/clock.ts";
import { admin, testApi } from "../support/api.ts";
import { testOffice } from "../support/office.ts";
import { RegisterHere } from "../support/register.ts";

const test = testOffice();
const register = new RegisterHere();
const references: string[] = [];
let [mine, other, key]: string[] = [];

/** Whoever this is may do what the role allows. */
const only = (role: Principal["assignments"][number]["role"], operator: string | null) => ({
  principalOf: async () => ({ userId: "00000000-0000-7000-8000-000000000002", assignments: [{ role, operator }] }),
});

async function get(path: string, access?: ReturnType<typeof only>) {
  const { call } = await testApi({ office: test.office, projection: register, ...(access && { access }) });
  const { response, body } = await call("GET", path, { headers: admin() });
  return { status: response.status, body };
}

const listed = async (query: string): Promise<string[]> => (await get(`/v1/exclusions?${query}`)).body.items.map((item: { reference: string }) => item.reference);

beforeAll(async () => {
  for (const [n, policy] of (["24h", "1y", "24h", "permanent", "1y"] as const).entries()) {
    references.push(register.register(n, policy, n));
    if (n % 2 === 1) register.wait(DAY);
  }
  [mine, other] = [register.enrol("Zuri"), register.enrol("Amani")];
  key = register.issueKey(mine);
  for (let n = 0; n < 4; n++) register.issueKey(mine);
  register.revokeKey(mine, key);
  await project({ office: test.office, register, clock: Date.now });
  while (((await get("/v1/exclusions")).body.asOf) === null) await new Promise((resolve) => setTimeout(resolve, 20));
});

describe("the list of exclusions", () => {
  it("is filtered by person, state, policy and when they began", async () => {
    expect(await listed("state=ended")).toEqual(expect.arrayContaining([references[0], references[2]]));
    expect((await listed("state=active&policy=1y")).toSorted()).toEqual([references[1]!, references[4]!].toSorted());
    expect(await listed("state=ended&policy=1y")).toEqual([]);
    const { personId } = (await get(`/v1/exclusions/${references[1]}`)).body;
    expect(await listed(`personId=${personId}`)).toEqual([references[1]]);
    expect(await listed(`personId=${personId}&state=active&policy=1y`)).toEqual([references[1]]);
    expect(await listed(`personId=${personId}&state=ended`)).toEqual([]);
    const began = new Date(Date.UTC(2100, 0, 2, 6)).toISOString();
    expect((await listed(`from=${began}`)).length + (await listed(`to=${began}`)).length).toBe(5);
    expect(await listed(`to=${began}`)).toEqual(expect.arrayContaining(references.slice(0, 2)));
  });

  it.each(["state=waiting", "policy=2y", "from=yesterday", "from=2100-01-02T00:00:00Z&to=2100-01-01T00:00:00Z"])("refuses %s", async (query) => {
    expect((await get(`/v1/exclusions?${query}`)).status).toBe(422);
  });

  it("is for the regulator's people, and for no operator's", async () => {
    expect((await get("/v1/exclusions", only("grak_officer", null))).status).toBe(200);
    for (const role of ["operator_admin", "operator_user", "api_user"] as const) expect((await get("/v1/exclusions", only(role, mine!))).status).toBe(403);
    expect((await get("/v1/projection", only("grak_officer", null))).status).toBe(403);
  });
});

describe("one exclusion", () => {
  it("is found however its reference is written, with what happened to it", async () => {
    const written = references[0]!.toLowerCase().replace("-", " ").replaceAll("0", "o");
    const { status, body } = await get(`/v1/exclusions/${encodeURIComponent(written)}`);
    expect([status, body.reference, body.state]).toEqual([200, references[0], "ended"]);
    expect(body.identifiers).toMatchObject([{ kind: "msisdn", standing: "firm" }, { kind: "national_id", standing: "dropped" }]);
    expect(body.changes.map(({ action, sequence }: { action: string; sequence: number }) => [action, typeof sequence])).toEqual([
      ["exclusion.ended", "number"], ["exclusion.registered", "number"],
    ]);
  });

  it("whose reference is mistyped is told apart from one that nobody has", async () => {
    const [first] = references;
    const wrong = first!.slice(0, -1) + (first!.endsWith("A") ? "B" : "A");
    expect(await get(`/v1/exclusions/${wrong}`)).toMatchObject({ status: 422, body: { detail: expect.stringContaining("mistyped") } });
    for (const text of ["x", "%00", "%F0%9F%92%A9", "NSER-", "' or 1=1 --"]) expect((await get(`/v1/exclusions/${text}`)).status).toBe(422);
    const nobodys = new RegisterHere().register(1, "1y");
    expect((await get(`/v1/exclusions/${nobodys}`)).status).toBe(404);
  });
});

describe("operators", () => {
  it("are listed by name and by state, each with its changes and its keys", async () => {
    const both = [{ id: other, name: "Amani", requiredKinds: ["msisdn"] }, { id: mine, name: "Zuri" }];
    expect((await get("/v1/operators")).body).toMatchObject({ items: both, next: null });
    expect((await get("/v1/operators?state=active")).body.items).toMatchObject(both);
    expect((await get("/v1/operators?state=suspended")).body.items).toEqual([]);
    expect((await get(`/v1/operators/${mine}`)).body.changes).toHaveLength(7);
    const keys = async (query = "") => (await get(`/v1/operators/${mine}/keys${query}`)).body.items.map(({ keyId }: { keyId: string }) => keyId);
    expect(await keys()).toHaveLength(5);
    expect(await keys("?state=revoked")).toEqual([key]);
    expect(await keys("?state=active")).not.toContain(key);
  });

  it("see themselves, and nobody else", async () => {
    const own = only("operator_admin", mine!);
    expect((await get(`/v1/operators/${mine}`, own)).status).toBe(200);
    expect((await get(`/v1/operators/${mine}/keys`, own)).status).toBe(200);
    for (const path of [`/v1/operators/${other}`, `/v1/operators/${other}/keys`, "/v1/operators"]) expect((await get(path, own)).status).toBe(403);
  });

  it.each(["nobody", "%00", "%F0%9F%92%A9", "' or 1=1 --", "a".repeat(3_000)])("that are not there: %s", async (id) => {
    expect((await get(`/v1/operators/${encodeURIComponent(id)}`)).status).toBe(404);
    expect((await get(`/v1/operators/${encodeURIComponent(id)}/keys`)).status).toBe(404);
  });
});
