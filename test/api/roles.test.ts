import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { random } from "../../src/objects/shell.ts";
import { accessBy } from "../../src/domains/authentication/access/access.ts";
import { users } from "../../src/domains/users/accounts/tables.ts";
import { DAY } from "../../src/kernel/clock.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { MemoryDirectory } from "../support/operator-directory.ts";
import { testOffice } from "../support/office.ts";
import { holding, officeApi, somebody, type Somebody } from "../support/people.ts";

const test = testOffice();
let call: Awaited<ReturnType<typeof officeApi>>["call"];
let root: Somebody;
let operator: string;

beforeAll(async () => {
  ({ call } = await officeApi(test.office));
  root = await somebody(test.office, holding("super_admin"));
  ({ body: { id: operator } } = await call("POST", "/v1/operators", { headers: root.headers(), json: { name: "Acme", requiredKinds: ["msisdn"] } }));
});

const add = (...held: Parameters<typeof holding>) => somebody(test.office, holding(...held));
const give = async (by: Somebody, to: { userId: string }, role: string, json?: object) =>
  (await call("PUT", `/v1/users/${to.userId}/roles/${role}`, { headers: by.headers(), ...(json && { json }) })).response.status;
const take = async (by: Somebody, from: { userId: string }, role: string, query = "") =>
  (await call("DELETE", `/v1/users/${from.userId}/roles/${role}${query}`, { headers: by.headers() })).response.status;
const principalOf = (somebody: Somebody) => accessBy(test.office, random).principalOf(somebody.token, Date.now());
const entries = () => test.office.primary.select().from(auditEntries).all();

it("a deleted account is nobody's: it gets no role, no token and no suspension, and loses nothing", async () => {
  const gone = await add("operator_user", operator);
  await test.office.primary.update(users).set({ deletedAt: 1, deletedBy: "system:test", deletionReason: "left" }).where(eq(users.id, gone.userId));
  const of = `/v1/operators/${operator}/users/${gone.userId}`;
  const json = { label: "x", expiresAt: new Date(Date.now() + DAY).toISOString() };
  const answers = [
    await give(root, gone, "grak_officer"), await take(root, gone, "operator_user", `?operator=${operator}`),
    (await call("POST", `${of}/access-tokens`, { headers: root.headers(), json })).response.status,
    (await call("PUT", `${of}/suspension`, { headers: root.headers() })).response.status,
  ];
  expect(answers).toEqual([404, 404, 404, 404]);
});

describe("giving a role", () => {
  it("is done once, with its entry in the audit, and ends the tokens made before", async () => {
    const citizen = await add("citizen");
    const before = (await entries()).length;
    expect([await give(root, citizen, "grak_officer"), await give(root, citizen, "grak_officer")]).toEqual([204, 204]);
    const added = (await entries()).slice(before);
    expect(added).toMatchObject([{ action: "user.role-assigned", actorKind: "user", actorId: root.userId, resource: `user/${citizen.userId}` }]);
    expect(JSON.parse(added[0]!.payload)).toEqual({ role: "grak_officer", operator: null, before: [{ role: "citizen", operator: null }] });
    expect(await principalOf(citizen)).toBeNull();
  });

  it("for an operator asks whether there is one, and is for an operator's roles", async () => {
    const citizen = await add("citizen");
    const statuses = [];
    for (const [role, json] of [["operator_admin", { operator }], ["operator_admin", { operator: "nobody" }], ["operator_admin", {}], ["grak_officer", { operator }], ["operator_user", undefined]] as const) {
      statuses.push(await give(root, citizen, role, json));
    }
    expect(statuses).toEqual([204, 422, 422, 422, 422]);
  });

  it("is refused to oneself, beyond what one holds, to nobody, and of no role", async () => {
    const admin = await add("grak_admin");
    const citizen = await add("citizen");
    expect(await give(root, root, "grak_officer")).toBe(403);
    expect(await give(admin, citizen, "super_admin")).toBe(403);
    expect(await give(admin, admin, "super_admin")).toBe(403);
    expect(await give(await add("operator_admin", operator), citizen, "operator_user", { operator })).toBe(403);
    expect(await give(root, { userId: crypto.randomUUID() }, "citizen")).toBe(404);
    expect(await give(root, citizen, "god")).toBe(422);
    expect(await give(root, { userId: "' OR 1=1 --" }, "citizen")).toBe(422);
    expect(await give(root, citizen, "citizen", { operator: 1 })).toBe(422);
    expect(await principalOf(citizen)).toMatchObject({ assignments: holding("citizen") });
  });

  it("by two at once is done by one of them", async () => {
    const citizen = await add("citizen");
    const statuses = await Promise.all(["grak_officer", "grak_auditor", "bematore_analyst"].map((role) => give(root, citizen, role)));
    expect(statuses).toContain(204);
    expect(statuses.filter((status) => status !== 204 && status !== 409)).toEqual([]);
    const { version } = (await test.office.primary.select().from(users).all()).find(({ id }) => id === citizen.userId)!;
    expect(version).toBe(1 + statuses.filter((status) => status === 204).length);
  });

  it("answers 503 when the register cannot say whether the operator is there, and gives nothing", async () => {
    const directory = new MemoryDirectory();
    directory.epochsOf = () => Promise.reject(new Error("gone"));
    const { call } = await officeApi(test.office, { directory });
    const citizen = await add("citizen");
    const { response } = await call("PUT", `/v1/users/${citizen.userId}/roles/operator_user`, { headers: root.headers(), json: { operator } });
    expect(response.status).toBe(503);
    expect(await principalOf(citizen)).toMatchObject({ assignments: holding("citizen") });
  });
});

describe("taking a role", () => {
  it("holds at once, for the one operator it is taken for", async () => {
    const staff = await somebody(test.office, [{ role: "operator_user", operator }, { role: "operator_user", operator: "other" }]);
    expect(await take(root, staff, "operator_user", `?operator=${operator}`)).toBe(204);
    expect(await principalOf(staff)).toMatchObject({ assignments: [{ role: "operator_user", operator: "other" }] });
    expect(await take(root, staff, "operator_user", `?operator=${operator}`)).toBe(204);
    expect(await take(root, staff, "operator_user")).toBe(422);
  });

  it("is refused beyond what one holds, and of nobody", async () => {
    const admin = await add("grak_admin");
    expect(await take(admin, root, "super_admin")).toBe(403);
    expect(await take(root, { userId: crypto.randomUUID() }, "citizen")).toBe(404);
  });

  it("leaves the last administrator, and of two who take it from each other at once one", async () => {
    const last = await call("DELETE", `/v1/users/${root.userId}/roles/super_admin`, { headers: root.headers() });
    expect([last.response.status, last.body.detail]).toEqual([409, "The last administrator stays."]);
    const second = await add("super_admin");
    expect((await Promise.all([take(root, second, "super_admin"), take(second, root, "super_admin")])).toSorted()).toEqual([204, 409]);
    const left = await Promise.all([root, second].map(principalOf));
    expect(left.filter((principal) => principal?.assignments.some(({ role }) => role === "super_admin"))).toHaveLength(1);
    // Who is suspended administers nothing: they do not count.
    const still = left[0]?.assignments.length ? root : second;
    const asleep = await add("super_admin");
    await test.office.primary.$client.execute({ sql: "update users set state = 'suspended' where id = ?", args: [asleep.userId] });
    expect(await take(still, still, "super_admin")).toBe(409);
  });
});
