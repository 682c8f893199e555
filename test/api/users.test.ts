import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { users } from "../../src/domains/users/accounts/tables.ts";
import { by, fresh, type Somebody, status, testAccounts, told } from "../support/accounts.ts";
import { admin, testApi } from "../support/api.ts";

const { test, api, somebody, create, read, change, remove, lock, restore, profileOf, entriesOf } = testAccounts();

describe("an account", () => {
  it("is made, read, changed, deleted and restored, each with one entry of the log", async () => {
    const made = await create({ name: " Wanjiku Ng'ang'a ", email: "wanjiku@round.example.ke" });
    const { id } = made.body;
    expect([made.response.status, made.response.headers.get("etag")]).toEqual([201, '"1"']);
    expect(made.body).toMatchObject({ name: "W••• N•••", email: "w•••@•••.ke", state: "active", version: 1, createdBy: `user:${api.ada.id}`, deletion: null });
    expect((await read(id)).body).toEqual(made.body);
    const changed = await change(id, 1, { name: "Otieno" });
    expect([changed.response.headers.get("etag"), changed.body.name, changed.body.email]).toEqual(['"2"', "O•••", "w•••@•••.ke"]);
    expect(await profileOf(id)).toEqual({ name: "Otieno", email: "wanjiku@round.example.ke", phone: null, dateOfBirth: null });
    expect(await status(remove(id, 2))).toBe(204);
    expect((await read(id)).body).toMatchObject({ version: 3, deletion: { by: `user:${api.ada.id}`, reason: "left" } });
    const restored = await restore(id);
    expect([restored.response.headers.get("etag"), restored.body.deletion]).toEqual(['"4"', null]);
    expect((await read(id)).body).toEqual(restored.body);
    expect(await entriesOf(id)).toEqual([
      ["user.created", api.ada.id, {}], ["user.changed", api.ada.id, { fields: ["name"] }], ["user.deleted", api.ada.id, { reason: "left" }], ["user.restored", api.ada.id, {}],
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

describe("whoever is deleted or suspended", () => {
  it("is not let in, and is again once restored", async () => {
    const auditor = await somebody("grak_auditor");
    expect(await status(read(api.ada.id, auditor))).toBe(200);
    await remove(auditor.id);
    expect(await status(read(api.ada.id, auditor))).toBe(401);
    await restore(auditor.id);
    expect(await status(read(api.ada.id, auditor))).toBe(200);
    await lock(auditor.id);
    expect(await status(read(api.ada.id, auditor))).toBe(401);
  });
});

describe("the list", () => {
  it("is told newest first, by state and deletion", async () => {
    const made: string[] = [];
    for (let n = 0; n < 5; n++) made.unshift((await create({ name: "Listed", email: fresh() })).body.id);
    await lock(made[1]!);
    await remove(made[2]!);
    const ids = async (query: string): Promise<string[]> => {
      const { body } = await api.call("GET", `/v1/users?limit=200&${query}`, { headers: by(api.ada) });
      return body.items.map((item: { id: string }) => item.id).filter((id: string) => made.includes(id));
    };
    expect(await ids("")).toEqual([made[0], made[1], made[3], made[4]]);
    expect(await ids("deleted=true")).toEqual([made[2]]);
    expect(await ids("state=suspended")).toEqual([made[1]]);
    expect(await ids("deleted=true&state=suspended")).toEqual([]);
    const { body } = await api.call("GET", "/v1/users?limit=1", { headers: by(api.ada) });
    expect(body.items[0]).toMatchObject({ name: "L•••", email: expect.stringMatching(/^.•••@•••\.test$/) });
  });
});

describe("a request is refused", () => {
  it("without the version it changes", async () => {
    const { body: { id } } = await create({ name: "Versioned", email: fresh() });
    for (const tag of [undefined, "", "1", "*", '"x"', '"1", "2"', '"-1"']) {
      const headers = by(api.ada, tag === undefined ? {} : { "if-match": tag });
      expect(await status(api.call("PATCH", `/v1/users/${id}`, { headers, json: { name: "X" } }))).toBe(428);
      expect(await status(api.call("DELETE", `/v1/users/${id}?reason=left`, { headers }))).toBe(428);
    }
    expect(await told(change(id, 2, { name: "X" }))).toBe("It was changed meanwhile: read it again.");
    expect(await status(remove(id, 2))).toBe(409);
    // A network that compresses an answer weakens its tag.
    expect(await status(api.call("PATCH", `/v1/users/${id}`, { headers: by(api.ada, { "if-match": 'W/"1"' }), json: { name: "X" } }))).toBe(200);
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
      expect(await status(api.call("DELETE", `/v1/users/${id}${reason}`, { headers: by(api.ada, { "if-match": '"1"' }) }))).toBe(422);
    }
    expect(await status(api.call("GET", "/v1/users/1", { headers: by(api.ada) }))).toBe(422);
  });

  it("from whoever may not: an auditor reads only, an analyst does neither", async () => {
    const [auditor, analyst] = [await somebody("grak_auditor"), await somebody("bematore_analyst")];
    expect(await status(read(api.ada.id, auditor))).toBe(200);
    const writes = (who: Somebody) => [create({ name: "X", email: fresh() }, "k", who), change(analyst.id, 1, { name: "X" }, who), remove(analyst.id, 1, who), restore(analyst.id, who)];
    for (const who of [auditor, analyst]) expect(await Promise.all(writes(who).map(status))).toEqual([403, 403, 403, 403]);
    expect([await status(read(api.ada.id, analyst)), await status(api.call("GET", "/v1/users", { headers: by(analyst) }))]).toEqual([403, 403]);
    expect(await status(api.call("GET", "/v1/users"))).toBe(401);
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
