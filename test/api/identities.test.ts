import { desc } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { AccessApi } from "../../src/domains/authentication/access/rpc.ts";
import { type Role, ROLES } from "../../src/domains/authentication/capabilities.ts";
import type { IdentityRead } from "../../src/domains/users/identities/model.ts";
import type { PersonIdentity } from "../../src/domains/users/identities/rpc.ts";
import { shredUser } from "../../src/domains/users/accounts/store.ts";
import { Accounts } from "../../src/domains/users/index.ts";
import { systemActor } from "../../src/kernel/actor.ts";
import { random } from "../../src/objects/shell.ts";
import { commit } from "../../src/office/commit.ts";
import { type Office, openOffice } from "../../src/office/database.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { Envelope } from "../../src/sealing/envelope.ts";
import { admin, ENVELOPE, testApi } from "../support/api.ts";
import { testOffice, unheard } from "../support/office.ts";

const test = testOffice();

const PERSON = "0190f5a0-0000-7000-8000-000000000001";
const IDENTITY: PersonIdentity = { identifiers: [{ kind: "msisdn", typed: "0712 345 678", canonical: "+254712345678", addedAt: 0 }] };
const REASON = "complaint NSER-0123456789 of 2026-11-23";
const as = (role: Role): AccessApi => ({ principalOf: async () => ({ userId: "u1", assignments: [{ role: "citizen", operator: null }, { role, operator: "acme01" }] }) });

/** The API with a vault that remembers how it was asked, and what the audit log had by then. */
async function door({ office = test.office, envelope = ENVELOPE, access, opens = async (): Promise<PersonIdentity | null> => IDENTITY }: {
  office?: Office; envelope?: Envelope; access?: AccessApi; opens?: () => Promise<PersonIdentity | null>;
} = {}) {
  const asked: { personId: string; read: IdentityRead; entry: string | undefined }[] = [];
  const identityOf = (personId: string) => ({
    identity: async (read: IdentityRead) => (asked.push({ personId, read, entry: (await newest())?.payload }), opens()),
  });
  const { call, lines } = await testApi({ ...(access && { access }), parts: { office, envelope, identityOf } });
  const post = (path: string, json: unknown) => call("POST", path, { headers: admin(), json });
  return {
    asked, lines, call,
    person: (json: unknown = { reason: REASON }, personId = PERSON) => post(`/v1/persons/${personId}/identity`, json),
    profile: (userId: string) => post(`/v1/users/${userId}/profile`, { reason: REASON }),
  };
}

const newest = () => test.office.primary.select().from(auditEntries).orderBy(desc(auditEntries.position)).limit(1).get();
const entries = () => test.office.primary.$count(auditEntries);

describe("who a person is", () => {
  it("is opened once the audit log has who reads, in which role, why and what", async () => {
    const { person, asked } = await door({ access: as("grak_officer") });
    const { response, body } = await person();
    expect([response.status, body]).toEqual([200, { personId: PERSON, identifiers: [{ ...IDENTITY.identifiers[0], addedAt: "1970-01-01T00:00:00.000Z" }] }]);
    const { read, entry } = asked[0]!;
    expect(read).toMatchObject({ role: "grak_officer", reason: REASON });
    expect(JSON.parse(entry!)).toEqual({ id: read.id, role: "grak_officer", reason: REASON, fields: ["identifiers"] });
    expect(await newest()).toMatchObject({ action: "identity.read", resource: `person/${PERSON}`, actorKind: "user", actorId: "u1" });
    await person();
    expect(asked[1]!.read.id).not.toBe(read.id);
  });

  it("stays closed when the entry cannot be written", async () => {
    const { person, asked } = await door({ office: openOffice({ url: "http://127.0.0.1:9", token: "" }) });
    expect((await person()).response.status).toBe(503);
    expect(asked).toEqual([]);
  });

  it("stays closed when nobody hears that the entry was written, and the entry stands", async () => {
    const before = await entries();
    const { person, asked } = await door({ office: unheard(test.office) });
    expect((await person()).response.status).toBe(503);
    expect([asked, await entries()]).toEqual([[], before + 1]);
  });

  it("is a 503 when the vault cannot be opened, with an alarm that names nobody", async () => {
    const { person, lines } = await door({ opens: () => Promise.reject(new Error('no box key "1"')) });
    expect((await person()).response.status).toBe(503);
    expect(lines.at(-1)).toMatchObject({ "log.level": "error", "error.message": 'no box key "1"', "url.path": "/v1/persons/:personId/identity" });
    expect(JSON.stringify(lines)).not.toContain(PERSON);
  });

  it("is a 404 for whom nothing is known", async () => {
    const { person } = await door({ opens: async () => null });
    expect((await person()).response.status).toBe(404);
  });

  it.each(ROLES.filter((role) => !["super_admin", "grak_admin", "grak_officer"].includes(role)))("is nothing for %s", async (role) => {
    const before = await entries();
    const { person, asked } = await door({ access: as(role) });
    expect([(await person()).response.status, asked, await entries()]).toEqual([403, [], before]);
  });

  it("is nothing for who has no token", async () => {
    const { call, asked } = await door();
    expect((await call("POST", `/v1/persons/${PERSON}/identity`, { json: { reason: REASON } })).response.status).toBe(401);
    expect(asked).toEqual([]);
  });

  it.each([
    ["no reason", {}], ["a short one", { reason: "complaint" }], ["one of spaces", { reason: " ".repeat(20) }], ["a long one", { reason: "x".repeat(501) }],
    ["one with a NUL", { reason: `complaint ${String.fromCharCode(0)} of today` }], ["half a surrogate pair", { reason: "complaint of today \ud800" }],
    ["a phone", { reason: "called from 0712345678" }], ["a phone as people write it", { reason: "called from +254 712-345-678" }],
    ["an ID", { reason: "holder of the ID 1.234.567" }], ["an address", { reason: "wrote as w@example.test" }],
    ["another field", { reason: REASON, fields: [] }], ["a number", { reason: 1234567890 }],
  ])("is not opened for %s", async (_, json) => {
    const before = await entries();
    const { person, asked } = await door();
    const { response, body } = await person(json);
    expect([response.status, body.errors?.length, asked, await entries()]).toEqual([422, 1, [], before]);
    expect(JSON.stringify(body)).not.toMatch(/712|345|example/);
  });

  it.each(["لقد طلب الشخص ذلك بنفسه", "'; DROP TABLE auditEntries; --", "😀 the person asked 👩‍👩‍👧", "<script>alert(1)</script>", "%s ${7*7} {{7*7}} \\u0000"])(
    "is opened for a reason such as %s, kept as it is", async (reason) => {
      const { person, asked } = await door();
      expect((await person({ reason })).response.status).toBe(200);
      expect([asked[0]!.read.reason, JSON.parse((await newest())!.payload).reason]).toEqual([reason, reason]);
    });

  it("is not asked for by what is no person's id", async () => {
    const { person, asked } = await door();
    for (const id of ["1", "..%2f", "%00", `${PERSON}x`]) expect((await person({ reason: REASON }, id)).response.status, id).toBe(422);
    expect(asked).toEqual([]);
  });
});

describe("who an account's holder is", () => {
  const profile = { name: "Wanjiku Ng'ang'a", email: "w@example.test" };
  const actor = systemActor("test");
  const senses = { now: 1, random };

  async function aUser(envelope = ENVELOPE): Promise<string> {
    const accounts = new Accounts({ database: test.office.primary, envelope, lookupKey: new Uint8Array(32), random });
    const user = accounts.newUser({ ...profile, email: `${Math.random()}@example.test` }, actor, 1);
    await commit(test.office, { actor, rows: [user.insert], audit: { action: "user.added", resource: `user/${user.id}`, payload: {} }, answer: {} }, senses);
    return user.id;
  }

  it("is opened once the audit log has it", async () => {
    const userId = await aUser();
    const { body } = await (await door()).profile(userId);
    expect(body).toMatchObject({ userId, name: profile.name });
    expect(await newest()).toMatchObject({ action: "identity.read", resource: `user/${userId}` });
    expect((await newest())!.payload).not.toContain(profile.name);
  });

  it("is a 404 when there is none, or it was shredded", async () => {
    const { profile } = await door();
    expect((await profile(PERSON)).response.status).toBe(404);
    const userId = await aUser();
    const rows = shredUser(test.office.primary, { id: userId, version: 1 }, actor, 2);
    await commit(test.office, { actor, rows, audit: { action: "user.shredded", resource: `user/${userId}`, payload: {} }, answer: {} }, senses);
    expect((await profile(userId)).response.status).toBe(404);
  });

  it("is a 503 when its key is gone, and nobody else's", async () => {
    const gone = new Envelope({ current: "7", byId: new Map([["7", new Uint8Array(32).fill(7)]]) }, random);
    const [lost, whole] = [await aUser(gone), await aUser()];
    const { profile } = await door();
    expect([(await profile(lost)).response.status, (await profile(whole)).response.status]).toEqual([503, 200]);
  });
});
