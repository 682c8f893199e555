import { beforeEach, describe, expect, it } from "vitest";
import type { Evidence, Standing } from "../../src/domains/exclusions/model.ts";
import { assess, bandOf, confidenceOf } from "../../src/domains/exclusions/links/rules.ts";
import { LinkKeys } from "../../src/domains/exclusions/links/keys.ts";
import type { LinkParts } from "../../src/domains/exclusions/links/parts.ts";
import type { CrossReference, Linked, LinkedIdentifier, Statement } from "../../src/domains/exclusions/who-rpc.ts";
import { toHex } from "../../src/kernel/bytes.ts";
import { systemActor } from "../../src/kernel/actor.ts";
import { keepDevice } from "../../src/domains/authentication/sessions/store.ts";
import { makeReference, REFERENCES } from "../../src/kernel/ids.ts";
import { random } from "../../src/objects/shell.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { PAIR_KEY } from "../support/api.ts";
import { left, meeting, pagedRegister } from "../support/links.ts";
import { testOffice } from "../support/office.ts";
import { accountsOf, holding, officeApi, type Somebody, somebody } from "../support/people.ts";
import { pseudonym } from "../support/register.ts";

const says = (personId: string, evidence: Evidence = "typed", standing: Standing = "provisional", addedAt = 1): Statement =>
  ({ personId, reference: `ref-${personId}`, state: "active", evidence, standing, addedAt });
const identifier = (kind: LinkedIdentifier["kind"], statements: Statement[], n = 1, retiredAt = 0): LinkedIdentifier => ({ p: pseudonym(n), kind, statements, retiredAt });

describe("how sure it is whose an identifier is", () => {
  it.each([
    ["a phone whose code came back", [says("a", "code", "firm")], 95],
    ["a document of the registry's", [says("a", "registry", "firm")], 99],
    ["one that was only typed", [says("a")], 40],
    ["one that two officers saw and the registry knows", [says("a", "officer", "firm"), says("a", "registry", "firm")], 100],
    ["one that waits for an officer", [says("a", "typed", "held")], 25],
    ["one that dropped off", [says("a", "typed", "dropped")], 10],
    ["a phone that became somebody else's", [says("a", "code", "released")], 0],
    ["one that is proven to be another's", [says("a"), says("b", "registry", "firm")], 20],
    ["one that nobody else's word shakes, being proven", [says("a", "registry", "firm"), says("b")], 99],
    ["one that is none of theirs", [says("b", "code", "firm")], 0],
  ] as const)("follows from the evidence: %s", (_, statements, confidence) =>
    expect(confidenceOf({ statements: [...statements] }, "a")).toBe(confidence));
});

describe("what suggests a duplicate", () => {
  const rulesOf = (identifiers: LinkedIdentifier[], accountsBeside = 0) => assess({ personId: "a", identifiers, accountsBeside });

  it.each([
    ["a document of one person's alone", [identifier("national_id", [says("a")])], []],
    ["a document of two", [identifier("national_id", [says("a"), says("b")])], ["document-shared"]],
    ["a document the registry knows as another's", [identifier("national_id", [says("a"), says("b", "registry", "firm")])], ["document-shared", "document-contested"]],
    ["a document the registry knows as theirs that another typed", [identifier("passport", [says("a", "registry", "firm"), says("b")])], ["document-shared", "document-contested"]],
    ["three persons behind a document", [identifier("national_id", ["a", "b", "c"].map((one) => says(one)))], ["document-shared"]],
    ["four persons behind a document", [identifier("national_id", ["a", "b", "c", "d"].map((one) => says(one)))], ["document-shared", "many-phones"]],
    ["a phone that was released, and stated again", [identifier("msisdn", [says("a", "code", "released", 1), says("b", "code", "firm", 2)])], ["phone-restated"]],
    ["a phone that was released and rests", [identifier("msisdn", [says("a", "code", "released", 2), says("a", "code", "firm", 1)])], []],
    ["a token that was retired by itself", [identifier("msisdn", [says("a", "code", "firm")], 1, 2)], ["token-retired"]],
  ] as const)("%s", (_, identifiers, rules) => expect(rulesOf([...identifiers]).findings.map(({ rule }) => rule)).toEqual(rules));

  it("adds up, to 100 at most, each with its reason and what it rests on", () => {
    const many = identifier("national_id", [says("a"), says("b", "registry", "firm"), says("c"), says("d")]);
    const assessed = rulesOf([many, identifier("passport", [says("a"), says("b")], 2)], 1);
    expect(assessed).toMatchObject({ score: 100, band: "two-officers" });
    expect(assessed.findings[0]).toMatchObject({ rule: "document-shared", weight: 30, references: ["ref-b", "ref-c", "ref-d"] });
    expect(assessed.findings.at(-1)).toMatchObject({ rule: "device-shared", identifier: null });
    expect(assessed.findings.every(({ why }) => why.length > 20)).toBe(true);
    expect([0, 29, 30, 49, 50, 79, 80].map(bandOf)).toEqual(["none", "none", "monitor", "monitor", "investigate", "investigate", "two-officers"]);
  });
});

const test = testOffice();
const REFERENCE = makeReference(REFERENCES.exclusion, random);
const world = { linked: null as Linked | null, meetings: [] as CrossReference[], salvaged: [left(1, 5)], phoneKeys: [] as string[], breaks: false };
const parts = (): LinkParts => ({
  office: test.office, person: () => ({ accountKeys: async () => world.phoneKeys }), linkKeys: new LinkKeys(PAIR_KEY), clock: Date.now, random,
  register: {
    linkedTo: async (reference) => {
      if (world.breaks) throw new Error("gone");
      return reference === REFERENCE ? world.linked : null;
    },
    tokenHoldings: async () => ({ askedSince: null, holdings: [{ operator: "opa", kind: "msisdn", source: "issued", firstAt: 0, lastAt: 86_400_000 }] }),
    operatorNames: async () => ({ opa: "Kenbet" }),
    ...pagedRegister(world),
  },
});

let call: Awaited<ReturnType<typeof officeApi>>["call"];
let officer: Somebody;
beforeEach(async () => {
  Object.assign(world, {
    linked: { personId: "a", excluded: true, identifiers: [identifier("msisdn", [says("a", "code", "firm")]), identifier("national_id", [says("a"), says("b", "registry", "firm")], 2)] },
    meetings: [], phoneKeys: [], breaks: false,
  });
  ({ call } = await officeApi(test.office, { parts: { links: parts() } }));
  officer = await somebody(test.office, holding("grak_officer"));
});
const get = (path: string, who = officer) => call("GET", path, { headers: who.headers() });
const about = (path: string) => get(`/v1/exclusions/${REFERENCE.toLowerCase()}/${path}`);
const actions = async () => (await test.office.primary.select().from(auditEntries).all()).filter(({ actorId }) => actorId === officer.userId).map(({ action }) => action);

describe("what officers are shown of an exclusion's person", () => {
  it("is which operators hold a token, while they are excluded, and it is audited", async () => {
    expect((await about("token-holdings")).body).toEqual({ excluded: true, holdings: [
      { operator: "opa", name: "Kenbet", kind: "msisdn", source: "issued", firstAt: "1970-01-01T00:00:00.000Z", lastAt: "1970-01-02T00:00:00.000Z" },
    ] });
    world.linked!.excluded = false;
    expect((await about("token-holdings")).body).toEqual({ excluded: false, holdings: [] });
    expect(await actions()).toEqual(["exclusion.token-holdings-viewed", "exclusion.token-holdings-viewed"]);
  });

  it("is what is linked to them under names that are no pseudonyms of the register's, and no person's id", async () => {
    const { body } = await about("identifiers");
    expect(body.identifiers).toMatchObject([
      { kind: "msisdn", confidence: 95, others: 0, statements: [{ source: "registration", evidence: "code", standing: "firm" }] },
      { kind: "national_id", confidence: 20, others: 1 },
    ]);
    expect(body.identifiers[0].identifier).toMatch(/^[\da-f]{16}$/);
    expect(JSON.stringify(body)).not.toContain(toHex(pseudonym(1)).slice(0, 16));
    expect(JSON.stringify(body)).not.toContain("ref-b");
    expect((await about("duplicates")).body).toMatchObject({ score: 80, band: "two-officers", findings: [{ rule: "document-shared", references: ["ref-b"] }, { rule: "document-contested" }] });
    expect(await actions()).toEqual(["exclusion.identifiers-viewed", "exclusion.duplicates-viewed"]);
  });

  it("is what accounts have that sign in with a phone the person proved, and whether their browser was in others'", async () => {
    const { primary } = test.office;
    const accounts = accountsOf(test.office);
    const account = async (phone: string, provenAt: number | null) => {
      const email = `${crypto.randomUUID()}@example.test`;
      const user = accounts.newUser({ name: "Somebody", email, phone }, systemActor("test"), 7, accounts.keysOf({ name: "", email, phone }), provenAt);
      await primary.batch([user.insert]);
      const at = { firstSeenAt: 9, lastSeenAt: 9, signIns: 1, trustedAt: null, blockedAt: null, network: null, agent: null, country: null, county: null };
      await keepDevice(primary, { id: crypto.randomUUID(), userId: user.id, hash: "one browser's", ...at });
    };
    await account("+254712000001", 8);
    await account("+254712000002", 8);
    world.phoneKeys = [accounts.phoneKey("+254712000001")];
    const { identifiers } = (await about("identifiers")).body;
    expect(identifiers.slice(2)).toMatchObject([
      { kind: "email", confidence: 60, others: 0, statements: [{ reference: null, source: "account", addedAt: "1970-01-01T00:00:00.007Z" }] },
      { kind: "device", confidence: 50, others: 1, statements: [{ source: "account" }] },
    ]);
    expect(JSON.stringify(identifiers)).not.toContain("browser");
    expect((await about("duplicates")).body).toMatchObject({ score: 100, findings: [{}, {}, { rule: "device-shared", identifier: null }] });
    await account("+254712000003", null);
    world.phoneKeys = [accounts.phoneKey("+254712000003")];
    expect((await about("identifiers")).body.identifiers).toHaveLength(2);
  });

  it.each(["token-holdings", "identifiers", "duplicates"])("of %s is nothing where there is no exclusion, and 503 while Register does not answer", async (path) => {
    expect((await get(`/v1/exclusions/${makeReference(REFERENCES.exclusion, random)}/${path}`)).response.status).toBe(404);
    expect((await get(`/v1/exclusions/NSER-MISTYPED/${path}`)).response.status).toBe(422);
    world.breaks = true;
    expect((await about(path)).response.status).toBe(503);
    const { call: away } = await officeApi(test.office, { parts: { links: { ...parts(), office: { primary: null as never, nearest: null as never } } } });
    world.breaks = false;
    expect((await away("GET", `/v1/exclusions/${REFERENCE}/${path}`, { headers: officer.headers() })).response.status).toBe(503);
  });
});

describe("cross-references", () => {
  it("are listed by those nobody looked at, looked at once with a reason, and then by those somebody did", async () => {
    world.meetings = Array.from({ length: 5 }, (_, at) => meeting(at + 1));
    const listed = async (query: string) => (await get(`/v1/cross-references?sort=at&${query}`)).body;
    const { items, next } = await listed("limit=2");
    expect(items).toMatchObject([{ at: "1970-01-01T00:00:00.001Z", references: ["ref-a"], otherReferences: ["ref-b"], looked: null }, {}]);
    expect((await listed(`limit=2&cursor=${next}`)).items.map(({ at }: { at: string }) => at)).toEqual(["1970-01-01T00:00:00.003Z", "1970-01-01T00:00:00.004Z"]);
    const look = (who = officer, reason = "the same family, by the case file") => call("POST", `/v1/cross-references/${items[0].id}/look`, { headers: who.headers(), json: { reason } });
    expect((await look(officer, "of 0712345678")).response.status).toBe(422);
    expect((await look(await somebody(test.office, holding("grak_auditor")))).response.status).toBe(403);
    const both = await Promise.all([look(), look()]);
    expect(both.map(({ response }) => response.status).toSorted()).toEqual([200, 409]);
    expect((await listed("looked=false")).items).toHaveLength(4);
    expect((await listed("looked=true")).items).toMatchObject([{ id: items[0].id, looked: { by: `user:${officer.userId}`, reason: "the same family, by the case file" } }]);
    expect((await actions()).filter((action) => action === "cross-reference.looked-at")).toHaveLength(1);
  });

  it("of another two persons at the same place are not taken for looked at", async () => {
    world.meetings = [meeting(11)];
    const { items: [before] } = (await get("/v1/cross-references")).body;
    world.meetings = [{ ...meeting(11), otherPersonId: "c" }];
    expect((await call("POST", `/v1/cross-references/${before.id}/look`, { headers: officer.headers(), json: { reason: "nothing more to see here" } })).response.status).toBe(404);
    for (const id of ["11", "x-y", `99999999999999999999-${"a".repeat(32)}`]) {
      expect((await call("POST", `/v1/cross-references/${id}/look`, { headers: officer.headers(), json: { reason: "nothing more to see here" } })).response.status).toBe(404);
    }
  });

  it("that were looked at stay so when the register keeps them under another root", async () => {
    world.meetings = [meeting(12), { ...meeting(13), mark: pseudonym(99) }];
    const { items } = (await get("/v1/cross-references?sort=at")).body;
    for (const { id } of items) await call("POST", `/v1/cross-references/${id}/look`, { headers: officer.headers(), json: { reason: "nothing more to see here" } });
    world.meetings = world.meetings.map((row, at) => ({ ...row, p: pseudonym(50 + at), mark: row.mark ?? row.p }));
    const after = (await get("/v1/cross-references?sort=at")).body.items;
    expect(after.map(({ id, looked }: { id: string; looked: object | null }) => [id, looked !== null])).toEqual(items.map(({ id }: { id: string }) => [id, true]));
  });

  it("are gone through to the end where few of very many fit", async () => {
    world.meetings = Array.from({ length: 700 }, (_, at) => meeting(at + 100));
    const last = (await get("/v1/cross-references?limit=1")).body.items[0];
    await call("POST", `/v1/cross-references/${last.id}/look`, { headers: officer.headers(), json: { reason: "the same family, by the case file" } });
    expect((await get("/v1/cross-references?looked=true&sort=at&limit=1")).body).toMatchObject({ items: [{ id: last.id }], next: null });
  });

  it("and what a restoration salvaged are read", async () => {
    expect((await get("/v1/salvaged-identifiers")).body).toMatchObject({ items: [{ logId: "lost", sequence: 7, at: "1970-01-01T00:00:00.003Z" }], next: null });
  });
});
