import { beforeAll, describe, expect, it } from "vitest";
import { DAY } from "../../src/kernel/clock.ts";
import { roleAssignments, users } from "../../src/domains/users/accounts/tables.ts";
import { testOffice } from "../support/office.ts";
import { bearing, holding, officeApi, somebody, type Somebody } from "../support/people.ts";

const test = testOffice();
let call: Awaited<ReturnType<typeof officeApi>>["call"];
const people = {} as Record<"root" | "officer" | "boss" | "otherBoss" | "citizen", Somebody>;
let [own, other] = ["", ""];

beforeAll(async () => {
  ({ call } = await officeApi(test.office));
  people.root = await somebody(test.office, holding("super_admin"));
  const enrol = async (name: string) => (await call("POST", "/v1/operators", { headers: people.root.headers(), json: { name, requiredKinds: ["msisdn"] } })).body.id;
  [own, other] = [await enrol("Own"), await enrol("Other")];
  people.officer = await somebody(test.office, holding("grak_officer"), { email: "officer@regulator.test" });
  people.citizen = await somebody(test.office, holding("citizen"), { email: "citizen@example.test" });
  people.boss = await somebody(test.office, holding("operator_admin", own));
  people.otherBoss = await somebody(test.office, holding("operator_admin", other), { email: "boss@other.test" });
});

const path = (operator: string, rest = "") => `/v1/operators/${operator}/users${rest}`;
const add = (by: Somebody, operator: string, json: object, headers: Record<string, string> = by.headers()) =>
  call("POST", path(operator), { headers, json: { name: "Otieno", email: "otieno@own.test", role: "operator_user", ...json } });
const rowsOf = (userId: string) => Promise.all([
  test.office.primary.select().from(users).all().then((rows) => rows.find(({ id }) => id === userId)),
  test.office.primary.select().from(roleAssignments).all().then((rows) => rows.filter((row) => row.userId === userId)),
]);

describe("an operator's people", () => {
  it("get accounts from their administrator, tokens too, and see what is their operator's", async () => {
    const { boss } = people;
    const added = await add(boss, own, {});
    expect(added.response.status).toBe(201);
    const json = { label: "office", expiresAt: new Date(Date.now() + DAY).toISOString() };
    const made = await call("POST", path(own, `/${added.body.userId}/access-tokens`), { headers: boss.headers(), json });
    expect(made.response.status).toBe(201);
    const account = await call("GET", "/v1/account", { headers: bearing(made.body.token)() });
    expect(account.body).toEqual({ userId: added.body.userId, roles: [{ role: "operator_user", operator: own }] });
  });

  it("are made once for an Idempotency-Key", async () => {
    const headers = people.boss.headers();
    const [first, again] = [await add(people.boss, own, {}, headers), await add(people.boss, own, {}, headers)];
    expect(again.body).toEqual(first.body);
    expect((await add(people.boss, own, { name: "Else" }, headers)).body.type).toBe("/problems/idempotency-key-reused");
  });

  it("are not made with more than their administrator may give, nor for an operator nobody enrolled", async () => {
    const { boss, root } = people;
    expect((await add(boss, own, { role: "operator_admin" })).response.status).toBe(403);
    expect((await add(boss, other, {})).response.status).toBe(403);
    expect((await add(boss, own, { role: "super_admin" })).response.status).toBe(422);
    expect((await add(root, own, { role: "operator_admin" })).response.status).toBe(201);
    expect((await add(root, "nobody", {})).response.status).toBe(404);
    for (const json of [{ name: "" }, { name: "a\u0000" }, { name: "\ud800" }, { email: "x" }, { email: "a@b\u0000.test" }, { extra: 1 }]) expect((await add(boss, own, json)).response.status).toBe(422);
  });

  it("with an address that belongs to somebody else touch nothing of theirs and tell nobody of it", async () => {
    const { boss, officer, citizen, otherBoss } = people;
    const somebodys = [[officer, "officer@regulator.test"], [citizen, "Citizen@Example.test"], [otherBoss, "boss@other.test"]] as const;
    const unknown = await add(boss, own, { email: "unknown@own.test" });
    for (const [whose, email] of somebodys) {
      const before = await rowsOf(whose.userId);
      const added = await add(boss, own, { email });
      expect([added.response.status, Object.keys(added.body)]).toEqual([201, Object.keys(unknown.body)]);
      expect([...added.response.headers.keys()]).toEqual([...unknown.response.headers.keys()]);
      expect(await rowsOf(whose.userId)).toEqual(before);
      expect(added.body.userId).not.toBe(whose.userId);
      // Nor is the new account found by it: the address is not theirs.
      expect((await rowsOf(added.body.userId))[0]!.emailKey).toBeNull();
    }
  });

  it("are listed for their own operator alone, by role and by whether they are let in", async () => {
    const { boss, root } = people;
    const all = (await call("GET", path(own), { headers: boss.headers() })).body.items as { userId: string; role: string }[];
    expect(all.map(({ userId }) => userId)).toContain(boss.userId);
    expect(all.map(({ userId }) => userId)).not.toContain(people.otherBoss.userId);
    const only = async (query: string) => (await call("GET", path(own, query), { headers: boss.headers() })).body.items;
    expect(await only("?role=operator_admin")).toEqual(all.filter(({ role }) => role === "operator_admin"));
    expect(await only("?state=active&role=operator_user")).toEqual(all.filter(({ role }) => role === "operator_user"));
    expect(await only("?state=suspended")).toEqual([]);
    expect((await call("GET", path(other), { headers: boss.headers() })).response.status).toBe(403);
    expect((await call("GET", path("nobody"), { headers: root.headers() })).body).toEqual({ items: [], next: null });
  });

  it("are kept out at once by their administrator, who reaches nobody else", async () => {
    const { boss, otherBoss, officer, citizen } = people;
    const suspend = async (userId: string, by = boss) => (await call("PUT", path(own, `/${userId}/suspension`), { headers: by.headers() })).response.status;
    const staff = await somebody(test.office, holding("operator_user", own));
    expect((await call("GET", "/v1/account", { headers: staff.headers() })).response.status).toBe(200);
    expect([await suspend(staff.userId), await suspend(staff.userId)]).toEqual([204, 204]);
    expect((await call("GET", "/v1/account", { headers: staff.headers() })).response.status).toBe(401);
    for (const { userId } of [otherBoss, officer, citizen]) expect(await suspend(userId)).toBe(404);
    expect(await suspend(crypto.randomUUID())).toBe(404);
    expect(await suspend(boss.userId)).toBe(403);
    const regulators = await somebody(test.office, [{ role: "operator_user", operator: own }, { role: "grak_officer", operator: null }]);
    expect(await suspend(regulators.userId)).toBe(403);
    expect((await call("GET", "/v1/account", { headers: regulators.headers() })).response.status).toBe(200);
  });

  it("of another operator get no tokens here, and neither do its administrators", async () => {
    const { boss, otherBoss } = people;
    const json = { label: "x", expiresAt: new Date(Date.now() + DAY).toISOString() };
    const forUser = async (userId: string) => (await call("POST", path(own, `/${userId}/access-tokens`), { headers: boss.headers(), json })).response.status;
    expect(await forUser(otherBoss.userId)).toBe(404);
    expect(await forUser(crypto.randomUUID())).toBe(404);
    expect(await forUser(boss.userId)).toBe(403);
  });
});
