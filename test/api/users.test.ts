import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { accessBy } from "../../src/domains/authentication/access/access.ts";
import type { Role } from "../../src/domains/authentication/capabilities.ts";
import { refusalToChange } from "../../src/domains/users/accounts/rules.ts";
import { accountOf, updateUser } from "../../src/domains/users/accounts/store.ts";
import { users } from "../../src/domains/users/accounts/tables.ts";
import { Accounts } from "../../src/domains/users/index.ts";
import { systemActor } from "../../src/kernel/actor.ts";
import { random } from "../../src/objects/shell.ts";
import { commit } from "../../src/office/commit.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { admin, ENVELOPE, PAIR_KEY, testApi } from "../support/api.ts";
import { testOffice } from "../support/office.ts";
import { holding, somebody as somebodyHolding } from "../support/people.ts";

const test = testOffice();
type Call = Awaited<ReturnType<typeof testApi>>["call"];
let call: Call;
let accounts: Accounts;

beforeAll(async () => {
  const { primary } = test.office;
  accounts = new Accounts({ database: primary, envelope: ENVELOPE, lookupKey: PAIR_KEY, random });
  // The replica may be a moment behind what was just written.
  const office = { primary, nearest: primary };
  ({ call } = await testApi({ office, access: accessBy(office), parts: { accounts } }));
  ada = await somebody("super_admin");
});

interface Somebody {
  id: string;
  token: string;
}
let ada: Somebody;

/** An account with a token, and a role if one is named. */
async function somebody(role?: Role): Promise<Somebody> {
  const { userId: id, token } = await somebodyHolding(test.office, role ? holding(role) : []);
  return { id, token };
}

const by = ({ token }: Somebody, more: Record<string, string> = {}) => ({ authorization: `Bearer ${token}`, ...more });
const fresh = () => `${crypto.randomUUID()}@example.test`;
const create = (json: object, key: string = crypto.randomUUID(), who = ada) => call("POST", "/v1/users", { headers: by(who, { "idempotency-key": key }), json });
const read = (id: string, who = ada) => call("GET", `/v1/users/${id}`, { headers: by(who) });
const change = (id: string, version: number, json: object, who = ada) => call("PATCH", `/v1/users/${id}`, { headers: by(who, { "if-match": `"${version}"` }), json });
const remove = (id: string, version = 1, who = ada) => call("DELETE", `/v1/users/${id}?reason=left`, { headers: by(who, { "if-match": `"${version}"` }) });
const lock = (id: string, who = ada) => call("POST", `/v1/users/${id}/lock`, { headers: by(who), json: { reason: "misused" } });
const restore = (id: string, who = ada) => call("POST", `/v1/users/${id}/restore`, { headers: by(who) });
const status = async (answer: ReturnType<Call>) => (await answer).response.status;
const told = async (answer: ReturnType<Call>) => ((await answer).body as { detail: string }).detail;

const entriesOf = async (id: string) => {
  const rows = await test.office.primary.select().from(auditEntries).where(eq(auditEntries.resource, `user/${id}`)).all();
  return rows.map(({ action, actorId, payload }) => [action, actorId, JSON.parse(payload)]);
};
const profileOf = async (id: string) => accounts.profileOf((await test.office.primary.select().from(users).where(eq(users.id, id)).get())!);

describe("an account", () => {
  it("is made, read, changed, deleted and restored, each with one entry of the log", async () => {
    const made = await create({ name: " Wanjiku Ng'ang'a ", email: "wanjiku@round.example.ke" });
    const { id } = made.body;
    expect([made.response.status, made.response.headers.get("etag")]).toEqual([201, '"1"']);
    expect(made.body).toMatchObject({ name: "W••• N•••", email: "w•••@•••.ke", state: "active", version: 1, createdBy: `user:${ada.id}`, deletion: null });
    expect((await read(id)).body).toEqual(made.body);
    const changed = await change(id, 1, { name: "Otieno" });
    expect([changed.response.headers.get("etag"), changed.body.name, changed.body.email]).toEqual(['"2"', "O•••", "w•••@•••.ke"]);
    expect(await profileOf(id)).toEqual({ name: "Otieno", email: "wanjiku@round.example.ke", phone: null, dateOfBirth: null });
    expect(await status(remove(id, 2))).toBe(204);
    expect((await read(id)).body).toMatchObject({ version: 3, deletion: { by: `user:${ada.id}`, reason: "left" } });
    const restored = await restore(id);
    expect([restored.response.headers.get("etag"), restored.body.deletion]).toEqual(['"4"', null]);
    expect((await read(id)).body).toEqual(restored.body);
    expect(await entriesOf(id)).toEqual([
      ["user.created", ada.id, {}], ["user.changed", ada.id, { fields: ["name"] }], ["user.deleted", ada.id, { reason: "left" }], ["user.restored", ada.id, {}],
    ]);
  });

  it("is made once for one Idempotency-Key, which is refused with another body", async () => {
    const json = { name: "Once", email: fresh() };
    const first = await create(json, "once");
    expect((await create(json, "once")).body).toEqual(first.body);
    expect((await create({ ...json, name: "Other" }, "once")).body.type).toBe("/problems/idempotency-key-reused");
    expect(await entriesOf(first.body.id)).toHaveLength(1);
  });

  it("changed by two at once is changed by one", async () => {
    const { body: { id } } = await create({ name: "Two", email: fresh() });
    const answers = await Promise.all(["A", "B"].map((name) => status(change(id, 1, { name }))));
    expect(answers.toSorted()).toEqual([200, 409]);
    expect((await read(id)).body.version).toBe(2);
    expect(await entriesOf(id)).toHaveLength(2);
  });

  it("that is so already is left as it is", async () => {
    const json = { name: "Same", email: fresh() };
    const { body } = await create(json);
    const again = await change(body.id, 1, json);
    expect(again.body).toEqual(body);
    expect(await entriesOf(body.id)).toHaveLength(1);
  });

  it("whose address is taken is refused, without a word on whose it is, also by a deleted one", async () => {
    const [first, second] = [fresh(), fresh()];
    const { body: { id } } = await create({ name: "First", email: first });
    const { body: other } = await create({ name: "Second", email: second });
    const taken = { type: "/problems/conflict", title: "The state does not allow this", status: 409, detail: "The e-mail address is taken." };
    expect((await create({ name: "Third", email: first.toUpperCase() })).body).toEqual(taken);
    expect((await change(other.id, 1, { email: first })).body).toEqual(taken);
    await remove(id);
    expect((await create({ name: "Third", email: first })).body).toEqual(taken);
    // One who moves to another address leaves theirs free.
    expect(await status(change(other.id, 1, { email: fresh() }))).toBe(200);
    expect(await status(create({ name: "Third", email: second }))).toBe(201);
  });

  it("that was erased is shown without a name, and gets none", async () => {
    const { body: { id } } = await create({ name: "Erased", email: fresh() });
    await test.office.primary.update(users).set({ dataKey: null, sealedProfile: null, emailKey: null }).where(eq(users.id, id));
    expect((await read(id)).body).toMatchObject({ name: null, email: null });
    expect(await told(change(id, 1, { name: "Anew" }))).toBe("Who it was is erased.");
    expect(await status(lock(id))).toBe(200);
  });
});

describe("a name", () => {
  it.each(["Wanjikũ Ng'ang'a", "محمد عبد الله", "O'Brien\"; DROP TABLE users;--", "👩🏾‍⚖️ Judge", "李", "%s ${x} <b>", "x".repeat(100)])("of any kind is kept: %s", async (name) => {
    const { response, body } = await create({ name, email: fresh() });
    expect(response.status).toBe(201);
    expect(await profileOf(body.id)).toMatchObject({ name });
    expect(body.name).toContain("•••");
  });

  it.each(["", "   ", "x".repeat(101), "x".repeat(10_000), "a\0b", "a\nb", "a\u001bb", "\ud800", 7, null])("that is none is refused: %j", async (name) => {
    const refused = await create({ name, email: fresh() });
    expect([refused.response.status, refused.body.errors?.[0].pointer]).toEqual([422, "/name"]);
  });

  it.each(["", "a", "a@", "@b.test", "a b@example.test", "محمد@example.test", "a\0@example.test", "👩@example.test", `${"a".repeat(10_000)}@example.test`, "a@example.test\nBcc: b@example.test"])(
    "and an address that is none: %j", async (email) => {
      const refused = await create({ name: "Somebody", email });
      expect([refused.response.status, refused.body.errors?.[0].pointer]).toEqual([422, "/email"]);
    });

  it("and an address with an apostrophe is one", async () => expect(await status(create({ name: "O'Brien", email: `o'brien+${crypto.randomUUID()}@example.test` }))).toBe(201));

  it("stands in no column of any table, whatever was done", async () => {
    const [name, email] = ["Zanzibarina Quuxworth", "quuxworth@zanzibar.example.ke"];
    const { body: { id } } = await create({ name, email });
    await change(id, 1, { name: `${name}-Jones`, email: `jones.${email}` });
    await remove(id, 2);
    await restore(id);
    const { $client } = test.office.primary;
    const { rows: tables } = await $client.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'libsql_%'");
    const dumps = await Promise.all(tables.map(async ({ name: table }) => (await $client.execute(`SELECT * FROM "${String(table)}"`)).rows));
    const text = dumps.flat().flatMap((row) => Object.values(row).map((value) => (value instanceof ArrayBuffer ? Buffer.from(value).toString("latin1") : String(value)))).join("\n").toLowerCase();
    expect(text).toContain(id);
    for (const part of ["zanzibar", "quuxworth", "jones"]) expect(text).not.toContain(part);
  });
});

describe("whoever is deleted or suspended", () => {
  it("is not let in, and is again once restored", async () => {
    const auditor = await somebody("grak_auditor");
    expect(await status(read(ada.id, auditor))).toBe(200);
    await remove(auditor.id);
    expect(await status(read(ada.id, auditor))).toBe(401);
    await restore(auditor.id);
    expect(await status(read(ada.id, auditor))).toBe(200);
    await lock(auditor.id);
    expect(await status(read(ada.id, auditor))).toBe(401);
  });
});

describe("an administrator", () => {
  const target = { id: "t", version: 1, deletedAt: null, assignments: [{ role: "super_admin", operator: null }], otherAdministrators: 0 } as const;
  const principal = { userId: "a", assignments: target.assignments };

  it("that is the last is kept, by whomever", () => {
    expect(refusalToChange(principal, target, 1, true)).toBe("last-administrator");
    expect(refusalToChange(principal, target, 1, false)).toBeNull();
    expect(refusalToChange(principal, { ...target, otherAdministrators: 1 }, 1, true)).toBeNull();
    expect(refusalToChange(principal, { ...target, assignments: [] }, 1, true)).toBeNull();
  });

  it("does neither suspend nor delete themself, and may change the rest", async () => {
    const bo = await somebody("super_admin");
    expect(await told(remove(bo.id, 1, bo))).toBe("Nobody locks, verifies or deletes themself.");
    expect(await status(lock(bo.id, bo))).toBe(403);
    expect(await status(change(bo.id, 1, { name: "Bo" }, bo))).toBe(200);
    expect(await status(remove(bo.id, 2))).toBe(204);
  });

  it("is not touched by others than administrators", async () => {
    const grak = await somebody("grak_admin");
    const bo = await somebody("super_admin");
    expect([await status(remove(bo.id, 1, grak)), await status(change(bo.id, 1, { email: fresh() }, grak))]).toEqual([403, 403]);
    await remove(bo.id);
    expect(await status(restore(bo.id, grak))).toBe(403);
  });

  it("is left when two delete each other at once", async () => {
    const bo = await somebody("super_admin");
    const answers = await Promise.all([status(remove(bo.id)), status(remove(ada.id, 1, bo))]);
    expect(answers.filter((one) => one === 204)).toHaveLength(1);
    // Whoever is left goes on.
    if (answers[1] === 204) ada = bo;
  });

  it("is left when both were judged before either was deleted", async () => {
    const { office } = test;
    const bo = await somebody("super_admin");
    const judged = await Promise.all([ada, bo].map(async ({ id }) => (await accountOf(office, id))!));
    expect(judged.map(({ otherAdministrators }) => otherAdministrators)).toEqual([1, 1]);
    const deleting = (account: (typeof judged)[number]) => {
      const rows = [{ exactlyOne: updateUser(office.primary, account, { deletedAt: 1, deletedBy: "system:test", deletionReason: "left" }, true) }];
      return commit(office, { actor: systemActor("test"), rows, audit: { action: "user.deleted", resource: `user/${account.id}`, payload: {} }, answer: {} }, { now: 1, random });
    };
    expect(await deleting(judged[1]!)).toMatchObject({ ok: true });
    expect(await deleting(judged[0]!)).toEqual({ ok: false, refusal: "conflict" });
  });
});

describe("the list", () => {
  it("is told newest first, by state and deletion", async () => {
    const made: string[] = [];
    for (let n = 0; n < 5; n++) made.unshift((await create({ name: "Listed", email: fresh() })).body.id);
    await lock(made[1]!);
    await remove(made[2]!);
    const ids = async (query: string): Promise<string[]> => {
      const { body } = await call("GET", `/v1/users?limit=200&${query}`, { headers: by(ada) });
      return body.items.map((item: { id: string }) => item.id).filter((id: string) => made.includes(id));
    };
    expect(await ids("")).toEqual([made[0], made[1], made[3], made[4]]);
    expect(await ids("deleted=true")).toEqual([made[2]]);
    expect(await ids("state=suspended")).toEqual([made[1]]);
    expect(await ids("deleted=true&state=suspended")).toEqual([]);
    const { body } = await call("GET", "/v1/users?limit=1", { headers: by(ada) });
    expect(body.items[0]).toMatchObject({ name: "L•••", email: expect.stringMatching(/^.•••@•••\.test$/) });
  });
});

describe("a request is refused", () => {
  it("without the version it changes", async () => {
    const { body: { id } } = await create({ name: "Versioned", email: fresh() });
    for (const tag of [undefined, "", "1", "*", '"x"', '"1", "2"', '"-1"']) {
      const headers = by(ada, tag === undefined ? {} : { "if-match": tag });
      expect(await status(call("PATCH", `/v1/users/${id}`, { headers, json: { name: "X" } }))).toBe(428);
      expect(await status(call("DELETE", `/v1/users/${id}?reason=left`, { headers }))).toBe(428);
    }
    expect(await told(change(id, 2, { name: "X" }))).toBe("It was changed meanwhile: read it again.");
    expect(await status(remove(id, 2))).toBe(409);
    // A network that compresses an answer weakens its tag.
    expect(await status(call("PATCH", `/v1/users/${id}`, { headers: by(ada, { "if-match": 'W/"1"' }), json: { name: "X" } }))).toBe(200);
  });

  it("for nobody's account, and where it is not in the state for it", async () => {
    const nobody = crypto.randomUUID();
    expect(await Promise.all([read(nobody), change(nobody, 1, { name: "X" }), remove(nobody), restore(nobody)].map(status))).toEqual([404, 404, 404, 404]);
    const { body: { id } } = await create({ name: "Gone", email: fresh() });
    expect(await told(restore(id))).toBe("It is not deleted.");
    await remove(id);
    expect(await told(change(id, 2, { name: "X" }))).toBe("It is deleted: restore it first.");
    expect(await told(remove(id, 2))).toBe("It is deleted: restore it first.");
  });

  it("that asks for nothing, too much, or without a reason known here", async () => {
    const { body: { id } } = await create({ name: "Asked", email: fresh() });
    for (const json of [{}, { state: "deleted" }, { name: null }, { phone: "+254700000000" }]) expect(await status(change(id, 1, json))).toBe(422);
    expect(await status(create({ name: "Asked", email: fresh(), phone: "+254700000000" }))).toBe(422);
    for (const reason of ["", "?reason=", "?reason=Wanjiku"]) {
      expect(await status(call("DELETE", `/v1/users/${id}${reason}`, { headers: by(ada, { "if-match": '"1"' }) }))).toBe(422);
    }
    expect(await status(call("GET", "/v1/users/1", { headers: by(ada) }))).toBe(422);
  });

  it("from whoever may not: an auditor reads only, an analyst does neither", async () => {
    const [auditor, analyst] = [await somebody("grak_auditor"), await somebody("bematore_analyst")];
    expect(await status(read(ada.id, auditor))).toBe(200);
    const writes = (who: Somebody) => [create({ name: "X", email: fresh() }, "k", who), change(analyst.id, 1, { name: "X" }, who), remove(analyst.id, 1, who), restore(analyst.id, who)];
    for (const who of [auditor, analyst]) expect(await Promise.all(writes(who).map(status))).toEqual([403, 403, 403, 403]);
    expect([await status(read(ada.id, analyst)), await status(call("GET", "/v1/users", { headers: by(analyst) }))]).toEqual([403, 403]);
    expect(await status(call("GET", "/v1/users"))).toBe(401);
  });
});

describe("with the office down", () => {
  it("nothing is told or done, and it may be tried again", async () => {
    const { call: ask } = await testApi();
    const id = crypto.randomUUID();
    const headers = { ...admin("k"), "if-match": '"1"' };
    const answers = [
      ask("POST", "/v1/users", { headers, json: { name: "X", email: fresh() } }), ask("GET", "/v1/users", { headers }), ask("GET", `/v1/users/${id}`, { headers }),
      ask("PATCH", `/v1/users/${id}`, { headers, json: { name: "X" } }), ask("DELETE", `/v1/users/${id}?reason=left`, { headers }), ask("POST", `/v1/users/${id}/restore`, { headers }),
    ];
    expect(await Promise.all(answers.map(status))).toEqual([503, 503, 503, 503, 503, 503]);
  });
});
