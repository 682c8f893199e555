import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { random } from "../../src/objects/shell.ts";
import { DAY } from "../../src/kernel/clock.ts";
import { roleAssignments, users } from "../../src/domains/users/accounts/tables.ts";
import { accessBy } from "../../src/domains/authentication/access/access.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { testOffice, unheard } from "../support/office.ts";
import { bearing, holding, officeApi, somebody, type Somebody } from "../support/people.ts";

const test = testOffice();
let call: Awaited<ReturnType<typeof officeApi>>["call"];
const people = {} as Record<"root" | "officer" | "boss" | "otherBoss" | "citizen", Somebody>;
let [own, other] = ["", ""];

beforeAll(async () => {
  // The replica may be a moment behind what was just written.
  ({ call } = await officeApi({ ...test.office, nearest: test.office.primary }));
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
const reads = () => test.office.primary.select().from(auditEntries).where(eq(auditEntries.action, "identity.read")).orderBy(auditEntries.position).all();
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

  it("are named to their own administrator, under one entry of the log a page, that names the accounts and not who they are", async () => {
    const { boss, root } = people;
    const fresh = (await call("POST", "/v1/operators", { headers: root.headers(), json: { name: "Named", requiredKinds: ["msisdn"] } })).body.id;
    const headers = (await somebody(test.office, holding("operator_admin", fresh), { name: "Njeri", email: "njeri@named.test" })).headers;
    const both = await somebody(test.office, [...holding("operator_user", fresh), ...holding("api_user", fresh), ...holding("operator_user", other)], { name: "Otieno", email: "otieno@named.test" });
    const before = await reads();
    const { body } = await call("GET", path(fresh), { headers: headers() });
    const told = body.items.map(({ name, email, role }: Record<string, string>) => [name, email, role]);
    // Who holds two roles was given them in one instant.
    expect(told.toSorted()).toEqual([["Njeri", "njeri@named.test", "operator_admin"], ["Otieno", "otieno@named.test", "api_user"], ["Otieno", "otieno@named.test", "operator_user"]]);
    const [entry, ...more] = (await reads()).slice(before.length);
    expect([entry!.resource, more]).toEqual([`operator/${fresh}`, []]);
    const { accounts, role, fields } = JSON.parse(entry!.payload) as { accounts: string[]; role: string; fields: string[] };
    expect([accounts, role, fields]).toEqual([[...new Set(body.items.map(({ userId }: { userId: string }) => userId))], "operator_admin", ["name", "email"]]);
    expect(accounts).toContain(both.userId);
    expect(entry!.payload).not.toMatch(/Njeri|Otieno|@/);
    const second = (await call("GET", path(fresh, "?limit=1"), { headers: headers() })).body;
    expect(JSON.parse((await reads()).at(-1)!.payload).accounts).toEqual([second.items[0].userId]);
    // To their other operator's administrator they are known as well, and to nobody else's.
    expect((await call("GET", path(other), { headers: people.otherBoss.headers() })).body.items.map(({ name }: { name: string }) => name)).toContain("Otieno");
    expect((await call("GET", path(fresh), { headers: boss.headers() })).response.status).toBe(403);
    expect((await reads()).length).toBe(before.length + 3);
  });

  it("are named neither to another operator's nor to those who may list everybody's, nor is anything noted", async () => {
    const { root, officer, citizen, otherBoss } = people;
    const auditor = await somebody(test.office, holding("grak_auditor"));
    const user = await somebody(test.office, holding("operator_user", own));
    const before = (await reads()).length;
    for (const by of [root, officer, auditor]) {
      const { body } = await call("GET", path(own), { headers: by.headers() });
      for (const { name, email } of body.items) expect([name, email]).toEqual([expect.stringContaining("•••"), expect.stringContaining("•••")]);
    }
    for (const by of [otherBoss, citizen, user]) expect((await call("GET", path(own), { headers: by.headers() })).response.status).toBe(403);
    expect((await reads()).length).toBe(before);
    // Whoever is the operator's administrator beside that reads by being it.
    const twice = await somebody(test.office, [...holding("grak_officer"), ...holding("operator_admin", own)], { name: "Twice" });
    expect((await call("GET", path(own), { headers: twice.headers() })).body.items.map(({ name }: { name: string }) => name)).toContain("Twice");
    expect(JSON.parse((await reads()).at(-1)!.payload).role).toBe("operator_admin");
  });

  it("are shown without a name once erased, and not at all when nobody can say that the read was noted", async () => {
    const { boss } = people;
    const gone = await somebody(test.office, holding("operator_user", own));
    await test.office.primary.update(users).set({ dataKey: null, sealedProfile: null, emailKey: null }).where(eq(users.id, gone.userId));
    const found = (await call("GET", path(own), { headers: boss.headers() })).body.items.find(({ userId }: { userId: string }) => userId === gone.userId);
    expect(found).toMatchObject({ name: null, email: null, state: "active" });
    const deaf = await officeApi(test.office, { access: accessBy(test.office, random), parts: { office: unheard(test.office) } });
    const before = (await reads()).length;
    const answer = await deaf.call("GET", path(own), { headers: boss.headers() });
    expect([answer.response.status, (await reads()).length]).toEqual([503, before + 1]);
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
