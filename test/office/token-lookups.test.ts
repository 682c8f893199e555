import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import type { Statement } from "../../src/domains/exclusions/who-rpc.ts";
import { expireLookups } from "../../src/domains/tokens/lookups/expire.ts";
import type { LookupParts } from "../../src/domains/tokens/lookups/parts.ts";
import { readLookup } from "../../src/domains/tokens/lookups/read.ts";
import { tokenLookups } from "../../src/domains/tokens/lookups/tables.ts";
import { tokenOf } from "../../src/domains/tokens/seal.ts";
import type { EpochRow } from "../../src/check/directory.ts";
import { DAY, HOUR } from "../../src/kernel/clock.ts";
import { random } from "../../src/objects/shell.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { KEYRING, PAIR_KEY } from "../support/api.ts";
import { testOffice, unheard } from "../support/office.ts";
import { holding, officeApi, type Somebody, somebody } from "../support/people.ts";

const test = testOffice();
const P = new Uint8Array(16).fill(9);
const REASON = "a court asks in its order of last week";
const epochOf = (operator: string): EpochRow => ({ operator, epoch: 1, pairKeyId: "pair", rootEpoch: 0, state: "current", until: null });
const TOKEN = tokenOf(KEYRING, epochOf("opa"), "msisdn", 0, P);
const statement = (personId: string, standing: Statement["standing"]): Statement =>
  ({ personId, reference: `NSER-${personId}`, state: "active", evidence: standing === "firm" ? "code" : "typed", standing, addedAt: 1 });

const world = { now: Date.now(), statements: [] as Statement[], told: [] as unknown[], asked: 0, breaks: null as "register" | "vault" | null };
const parts = (): LookupParts => ({
  office: test.office, keyring: KEYRING, lookupKey: PAIR_KEY, clock: () => world.now, random,
  register: {
    epochsOf: async (operator) => (["opa", "opb"].includes(operator) ? [epochOf(operator)] : []),
    excludedBy: async ({ p }) => {
      if (world.breaks === "register") throw new Error("gone");
      world.asked += 1;
      return Buffer.from(p).equals(P) ? world.statements : [];
    },
  },
  person: (personId) => ({
    lookedUp: async (read) => {
      if (world.breaks === "vault") throw new Error("gone");
      world.told.push({ personId, ...read });
    },
  }),
});

let call: Awaited<ReturnType<typeof officeApi>>["call"];
let [one, other, auditor] = [] as unknown as [Somebody, Somebody, Somebody];

beforeEach(async () => {
  Object.assign(world, { now: Date.now(), statements: [], told: [], asked: 0, breaks: null });
  ({ call } = await officeApi(test.office, { parts: { lookups: parts() } }));
  [one, other, auditor] = [await somebody(test.office, holding("grak_officer")), await somebody(test.office, holding("grak_admin")), await somebody(test.office, holding("grak_auditor"))];
});

const ask = (who: Somebody, more = {}, headers = who.headers()) => call("POST", "/v1/token-lookups", { headers, json: { operator: "opa", token: TOKEN, reason: REASON, ...more } });
const decide = (who: Somebody, id: string, more = {}) =>
  call("POST", `/v1/token-lookups/${id}/decision`, { headers: who.headers(), json: { approve: true, reason: REASON, version: 1, ...more } });
const read = (who: Somebody, id: string, token = TOKEN) => call("POST", `/v1/token-lookups/${id}/result`, { headers: who.headers(), json: { token } });
const asked = async (who = one): Promise<string> => (await ask(who)).body.id;
const approved = async (): Promise<string> => {
  const id = await asked();
  expect((await decide(other, id)).response.status).toBe(200);
  return id;
};
const entries = async (id: string) => (await test.office.primary.select().from(auditEntries).all()).filter(({ resource }) => resource === `token-lookup/${id}`).map(({ action }) => action);

describe("whose a token is", () => {
  it("is read once by who asked, after another officer approved; who it is proven to belong to is shown it, and who only typed it is not", async () => {
    world.statements = [statement("anna", "firm"), statement("boris", "provisional")];
    const id = await asked();
    expect((await read(one, id)).body).toMatchObject({ status: 409 });
    expect((await decide(other, id)).body).toMatchObject({ state: "approved", requestedBy: `user:${one.userId}`, decidedBy: `user:${other.userId}`, until: new Date(world.now + 24 * HOUR).toISOString() });
    expect(world.asked).toBe(0);
    expect((await read(one, id)).body).toEqual({ excluded: true, exclusions: [
      { reference: "NSER-anna", evidence: "code", standing: "firm" }, { reference: "NSER-boris", evidence: "typed", standing: "provisional" },
    ] });
    expect(world.told).toEqual([{ personId: "anna", id, at: world.now, role: "grak_officer", reason: REASON }]);
    expect((await read(one, id)).body).toMatchObject({ status: 409, detail: "Its state does not know this step." });
    expect(await entries(id)).toEqual(["token-lookup.requested", "token-lookup.approved", "token-lookup.read", "token-lookup.answered"]);
  });

  it("says of somebody who is not excluded that nobody is, and tells nobody", async () => {
    expect((await read(one, await approved())).body).toEqual({ excluded: false, exclusions: [] });
    expect(world.told).toEqual([]);
  });

  it("leaves the token nowhere, while it waits and afterwards", async () => {
    const id = await approved();
    const everything = async () => JSON.stringify([await test.office.primary.select().from(tokenLookups).all(), await test.office.primary.select().from(auditEntries).all()]);
    expect(await everything()).not.toContain(TOKEN.slice(9, 40));
    await read(one, id);
    const row = (await test.office.primary.select().from(tokenLookups).all()).find((found) => found.id === id)!;
    expect(row).toMatchObject({ state: "read", tokenKey: null });
  });

  it("is approved by nobody who asked, read by nobody who did not, and by neither of an auditor's", async () => {
    const id = await asked();
    expect((await decide(one, id)).body).toMatchObject({ status: 403, detail: "Another officer than who asked decides." });
    const tries = await test.office.primary.select().from(auditEntries).where(eq(auditEntries.resource, `token-lookup/${id}`));
    expect(tries.filter(({ outcome }) => outcome === "refused")).toMatchObject([{ action: "token-lookup.decided", payload: '{"refusal":"own-lookup"}' }]);
    await decide(other, id);
    expect((await read(other, id)).body).toMatchObject({ status: 403, detail: "Nobody reads it but who asked." });
    for (const answer of [await ask(auditor), await decide(auditor, id), await read(auditor, id)]) expect(answer.response.status).toBe(403);
    expect(world.asked).toBe(0);
  });

  it("is not in the database's gift either: one officer twice is refused by the table", async () => {
    const id = await asked();
    const update = test.office.primary.$client.execute({ sql: "update tokenLookups set state = 'approved', decidedAt = 1, decidedBy = createdBy where id = ?", args: [id] });
    await expect(update).rejects.toThrow("tokenLookups_two");
  });

  it("is decided once: of two at the same time one is told to read it again", async () => {
    const id = await asked();
    const third = await somebody(test.office, holding("grak_admin"));
    const answers = await Promise.all([decide(other, id), decide(third, id, { approve: false })]);
    expect(answers.map(({ response }) => response.status).toSorted()).toEqual([200, 409]);
    expect(await entries(id)).toHaveLength(2);
  });

  it("is answered once, however many ask for it at the same time", async () => {
    world.statements = [statement("anna", "firm")];
    const id = await approved();
    const answers = await Promise.all([read(one, id), read(one, id), read(one, id)]);
    expect(answers.filter(({ response }) => response.status === 200).length).toBeLessThanOrEqual(1);
    expect(answers.every(({ response }) => [200, 409].includes(response.status))).toBe(true);
  });

  it("is nobody's to read when it was refused, or its time is over; then the token is not known any more", async () => {
    const refused = await asked();
    expect((await decide(other, refused, { approve: false })).body).toMatchObject({ state: "refused" });
    expect((await read(one, refused)).response.status).toBe(409);
    const [waiting, late] = [await asked(), await approved()];
    world.now += 24 * HOUR + 1;
    expect((await read(one, late)).body).toMatchObject({ status: 409, detail: "Its time is over: ask anew." });
    world.now += 7 * DAY;
    expect((await decide(other, waiting)).body).toMatchObject({ status: 409, detail: "Its time is over: ask anew." });
    await expireLookups(parts());
    const rows = await test.office.primary.select().from(tokenLookups).all();
    expect(rows.filter(({ id }) => [waiting, late].includes(id)).map(({ state, tokenKey }) => [state, tokenKey])).toEqual([["expired", null], ["expired", null]]);
    expect(await entries(late)).toContain("token-lookup.expired");
  });

  it("refuses what is no token of the operator's without saying whose, another token than was asked about, and what names somebody", async () => {
    const theirs = tokenOf(KEYRING, epochOf("opb"), "msisdn", 0, P);
    for (const token of [theirs, `${TOKEN.slice(0, -1)}q`, "", "BST-", "\u0000", "💩".repeat(20)]) {
      expect((await ask(one, { token })).body, token).toMatchObject({ status: 422, type: "/problems/token-invalid", errors: [{ pointer: "/token", detail: "is no token of this operator's" }] });
    }
    expect((await ask(one, { operator: "opnone" })).body).toMatchObject({ status: 422, errors: [{ pointer: "/operator" }] });
    expect((await ask(one, { reason: "because of 0712 345 678" })).body).toMatchObject({ status: 422, errors: [{ pointer: "/reason" }] });
    const id = await approved();
    expect((await read(one, id, tokenOf(KEYRING, epochOf("opa"), "msisdn", 0, new Uint8Array(16)))).body).toMatchObject({ status: 422, errors: [{ pointer: "/token" }] });
    expect((await read(one, "no-id")).response.status).toBe(404);
    expect(world.asked).toBe(0);
    expect((await read(one, id, TOKEN.toLowerCase())).response.status).toBe(200);
  });

  it("is asked once by one key, and ten times a day by one officer", async () => {
    const officer = await somebody(test.office, holding("grak_officer"));
    const headers = officer.headers();
    const [first, again] = [await ask(officer, {}, headers), await ask(officer, {}, headers)];
    expect(again.body).toEqual(first.body);
    expect((await ask(officer, { reason: `${REASON}, again` }, headers)).body).toMatchObject({ status: 422, type: "/problems/idempotency-key-reused" });
    for (let more = 1; more < 10; more++) expect((await ask(officer)).response.status).toBe(201);
    expect((await ask(officer)).response.status).toBe(429);
    world.now += DAY + 1;
    expect((await ask(officer)).response.status).toBe(201);
  });

  it.each(["register", "vault"] as const)("shows nothing while the %s does not answer, with its entry all the same, and can be read again", async (breaks) => {
    world.statements = [statement("anna", "firm")];
    const id = await approved();
    world.breaks = breaks;
    expect((await read(one, id)).response.status).toBe(503);
    expect(await entries(id)).toEqual(["token-lookup.requested", "token-lookup.approved", "token-lookup.read"]);
    world.breaks = null;
    expect((await read(one, id)).body).toMatchObject({ excluded: true });
    expect(world.told).toHaveLength(1);
  });

  it("opens nothing when nobody can say that the entry is there", async () => {
    world.statements = [statement("anna", "firm")];
    const id = await approved();
    const reader = { actor: { kind: "user" as const, id: one.userId, origin: null }, role: "grak_officer" as const };
    await expect(readLookup({ ...parts(), office: unheard(test.office) }, reader, id, TOKEN)).rejects.toThrow("no answer");
    expect([world.asked, world.told]).toEqual([0, []]);
  });

  it("is listed for who decides, by its state", async () => {
    const id = await asked();
    const { items } = (await call("GET", "/v1/token-lookups?state=pending&limit=200", { headers: other.headers() })).body;
    expect(items.find((item: { id: string }) => item.id === id)).toMatchObject({ state: "pending", operator: "opa", reason: REASON, version: 1 });
  });
});
