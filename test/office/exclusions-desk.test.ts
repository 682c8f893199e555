import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { type Role, ROLE_CAPABILITIES, ROLES } from "../../src/domains/authentication/capabilities.ts";
import * as desk from "../../src/domains/exclusions/desk/index.ts";
import type { LineFilter } from "../../src/domains/exclusions/desk/rpc.ts";
import { SEARCHES } from "../../src/domains/exclusions/desk/rules.ts";
import { statedIn } from "../../src/domains/exclusions/measures/index.ts";
import { project } from "../../src/domains/exclusions/office/project.ts";
import { STAFF_ROOMS } from "../../src/domains/users/people/model.ts";
import { rooms } from "../../src/domains/users/people/desk.ts";
import { DAY, HOUR, MINUTE } from "../../src/kernel/clock.ts";
import { type Office, openOffice } from "../../src/office/database.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { deskOf, signedInAs, visitorWith } from "../support/desk.ts";
import { testOffice } from "../support/office.ts";
import { holding, somebody } from "../support/people.ts";
import { pseudonym, RegisterHere } from "../support/register.ts";

const test = testOffice();
const register = new RegisterHere();
const asked: string[] = [];
let office: Office;
let parts: desk.DeskParts;
let first: string;
let second: string;

const NOTHING_CHOSEN: LineFilter = { state: "", policy: "", origin: "", personId: "" };
const WHY = "complaint DR-111111111J";
/** The last digits of a phone, or of a document, are whose it is in this register. */
const numbered = (value: string): number => Number(value.slice(-3)) + (value.startsWith("+") ? 0 : 1_000_000);

const partsAt = (over: Partial<desk.DeskParts> = {}): desk.DeskParts => ({
  ...deskOf(office),
  tokenizer: { evaluate: async (identifiers) => identifiers.map(({ value }) => (asked.push("tokenizer"), { rootEpoch: 0, p: pseudonym(numbered(value)) })) },
  register: { statedIn: async (p) => (asked.push("register"), register.carryOut((database) => statedIn(database, p))) },
  ...over,
});

beforeAll(async () => {
  office = { primary: test.office.primary, nearest: test.office.primary };
  parts = partsAt();
  first = register.register(1, "1y", 7);
  register.wait(HOUR);
  second = register.register(2, "24h", 7);
  await project({ office, register, clock: Date.now });
});

async function staff(role: Role, operator: string | null = null) {
  const { userId } = await somebody(office, holding(role, operator));
  return { userId, visitor: await signedInAs(office, userId, Date.now()) };
}

const verbs = (over: desk.DeskParts, visitor: unknown) => [
  desk.list(over, { visitor, filter: NOTHING_CHOSEN, after: null }), desk.find(over, { visitor, reference: first }), desk.look(over, { visitor, reference: first }),
  desk.enterSearch(over, visitor), desk.search(over, { visitor, kind: "msisdn", identifier: "0712345001", reason: WHY }),
];

const entriesOf = async (userId: string): Promise<unknown[][]> => {
  const rows = await office.primary.select().from(auditEntries).where(eq(auditEntries.actorId, userId)).orderBy(auditEntries.position).all();
  return rows.map(({ action, resource, payload }) => [action, resource, JSON.parse(payload)]);
};

describe("whoever is not of the regulator's people", () => {
  it.each(["operator_admin", "operator_user", "api_user", "bematore_admin", "bematore_analyst", "citizen"] as const)("%s is told that there is nothing", async (role) => {
    const { userId, visitor } = await staff(role, ["operator_admin", "operator_user", "api_user"].includes(role) ? "opacme01" : null);
    for (const answer of await Promise.all(verbs(parts, visitor))) expect(answer).toEqual({ ok: false, refusal: "not-found" });
    expect(await rooms(deskOf(office), visitor)).toEqual({ ok: false, refusal: "not-found" });
    expect(new Set((await entriesOf(userId)).map((entry) => (entry as unknown[])[0]))).toEqual(new Set(["access.refused"]));
  });

  it("has to sign in first, wholly", async () => {
    const { userId } = await somebody(office, holding("super_admin"));
    const half = await signedInAs(office, userId, Date.now(), "second-factor");
    for (const answer of await Promise.all(verbs(parts, half))) expect(answer).toEqual({ ok: false, refusal: "second-factor-due" });
    for (const visitor of [null, 7, {}, visitorWith(null), visitorWith("x".repeat(43))]) {
      for (const answer of await Promise.all(verbs(parts, visitor))) expect(answer).toEqual({ ok: false, refusal: "signed-out" });
    }
  });

  it("is nobody when the office does not answer", async () => {
    const { visitor } = await staff("grak_officer");
    await expect(desk.look(partsAt({ office: openOffice({ url: "http://127.0.0.1:9", token: "" }) }), { visitor, reference: first })).rejects.toThrow("Failed query");
  });
});

describe("each of the regulator's people", () => {
  it.each(ROLES.filter((role) => ROLE_CAPABILITIES[role].any.includes("exclusions:read")))("%s may what the role says, and stands before all rooms or none", async (role) => {
    const { visitor } = await staff(role);
    const may = ROLE_CAPABILITIES[role].any.includes("identities:read");
    const [listed, found, looked, entered, searched] = await Promise.all(verbs(parts, visitor));
    expect([listed!.ok, found!.ok, looked!.ok, entered!.ok, searched!.ok]).toEqual([true, true, true, may, may]);
    expect(listed).toMatchObject({ may: { search: may } });
    expect(await rooms(deskOf(office), visitor)).toEqual({ ok: true, rooms: Object.keys(STAFF_ROOMS) });
  });

  it("shows a factor again after 5 minutes before anybody is searched, and may still look", async () => {
    const { visitor, userId } = await staff("grak_officer");
    const later = partsAt({ clock: () => Date.now() + 5 * MINUTE });
    const [listed, found, looked, entered, searched] = await Promise.all(verbs(later, visitor));
    expect([listed!.ok, found!.ok, looked!.ok, entered, searched]).toEqual([true, true, true, { ok: false, refusal: "proof-due" }, { ok: false, refusal: "proof-due" }]);
    expect((await entriesOf(userId)).filter((entry) => (entry as string[])[0] === "exclusion.searched")).toEqual([]);
  });

  it("is asked to wait when the calls of a minute are used up", async () => {
    const { visitor, userId } = await staff("grak_officer");
    for (const answer of await Promise.all(verbs(partsAt({ admits: async () => false }), visitor))) expect(answer).toEqual({ ok: false, refusal: "too-many-calls" });
    expect(await entriesOf(userId)).toEqual([]);
  });
});

describe("the list and one of it", () => {
  it("shows lines, the newest first and narrowed, each look in the audit log", async () => {
    const { visitor, userId } = await staff("grak_auditor");
    const list = (filter: Partial<LineFilter>, after: string | null = null) => desk.list(parts, { visitor, filter: { ...NOTHING_CHOSEN, ...filter }, after });
    const all = await list({});
    expect(all).toMatchObject({ ok: true, next: null, asOf: expect.any(Number), lines: [{ reference: second, policy: "24h", origin: "self" }, { reference: first }] });
    expect(JSON.stringify(all)).not.toMatch(/personId|county/);
    expect(await list({ policy: "1y", origin: "self", state: "active" })).toMatchObject({ lines: [{ reference: first }] });
    expect(await list({ origin: "court" })).toMatchObject({ lines: [] });
    for (const hostile of ["' or 1=1 --", "\0", "x".repeat(9_999), "\ud800"]) {
      expect(await list({ state: hostile, policy: hostile, origin: hostile, personId: hostile }, hostile)).toMatchObject({ ok: true, lines: [{}, {}] });
    }
    expect((await entriesOf(userId)).slice(0, 2)).toEqual([
      ["exclusion.listed", "exclusions", { shown: 2 }], ["exclusion.listed", "exclusions", { policy: "1y", origin: "self", state: "active", shown: 1 }],
    ]);
  });

  it("goes on where the page before ended", async () => {
    const { visitor } = await staff("grak_officer");
    const [row] = await office.primary.$client.execute(`select startedAt, id from exclusions where reference = '${second}'`).then(({ rows }) => rows);
    const rest = await desk.list(parts, { visitor, filter: NOTHING_CHOSEN, after: `${String(row!.startedAt)}.${String(row!.id)}` });
    expect(rest).toMatchObject({ lines: [{ reference: first }] });
  });

  it("is found by its reference as people write it, and by nothing else", async () => {
    const { visitor, userId } = await staff("grak_auditor");
    const find = (reference: unknown) => desk.find(parts, { visitor, reference } as never);
    expect(await find(` ${first.toLowerCase().replace("-", " ")} `)).toEqual({ ok: true, reference: first });
    expect(await find("NSER-111111111J")).toEqual({ ok: true, reference: null });
    for (const wrong of ["", first.slice(0, -1), "DR-111111111J", "%", null, 7, ["x"], "x".repeat(65)]) expect(await find(wrong)).toEqual({ ok: false, refusal: "reference-unreadable" });
    expect(await entriesOf(userId)).toEqual([["exclusion.sought", "exclusions", { hits: 1 }], ["exclusion.sought", "exclusions", { hits: 0 }]]);
  });

  it("is what the register's copy says, with each change's place in the audit log, and no number and no county", async () => {
    const { visitor, userId } = await staff("grak_auditor");
    const looked = await desk.look(parts, { visitor, reference: first });
    expect(looked).toMatchObject({
      ok: true, exclusion: {
        reference: first, state: "active", channel: "web", cases: [],
        identifiers: [{ kind: "msisdn", evidence: "code", standing: "firm" }, { kind: "national_id", evidence: "typed", standing: "provisional" }],
        changes: [{ action: "exclusion.registered", channel: "web", position: 1, sequence: expect.any(Number), id: expect.stringMatching(/^[\da-f-]{36}$/) }],
      },
    });
    expect(JSON.stringify(looked)).not.toMatch(/county|generation|"p"/);
    expect(await desk.look(parts, { visitor, reference: "NSER-111111111J" })).toEqual({ ok: false, refusal: "not-found" });
    expect(await entriesOf(userId)).toEqual([["exclusion.viewed", `exclusion/${first}`, {}]]);
  });
});

describe("a search by somebody's number", () => {
  const by = (visitor: unknown, identifier: unknown, kind = "msisdn", reason: unknown = WHY, over = parts) => desk.search(over, { visitor, kind, identifier, reason } as never);

  it("finds what states it, in any writing, after its entry in the audit log, which says neither whose nor how many", async () => {
    const { visitor, userId } = await staff("grak_officer");
    for (const phone of ["+254712345001", "0712 345 001", "٠٧١٢٣٤٥٠٠١"]) expect(await by(visitor, phone)).toMatchObject({ ok: true, found: [{ reference: first, line: { state: "active" } }] });
    expect(await by(visitor, "12340007", "national_id")).toMatchObject({ found: [{ reference: second }, { reference: first }] });
    expect(await by(visitor, "0712345999")).toMatchObject({ ok: true, found: [] });
    const entries = await entriesOf(userId);
    expect(entries.at(0)).toEqual(["exclusion.searched", "exclusions", { kind: "msisdn", reason: WHY }]);
    expect([entries.length, JSON.stringify(entries)]).toEqual([5, expect.not.stringMatching(/712345|12340007|hits/)]);
  });

  it("tells of one that the office's copy does not have yet by its reference alone", async () => {
    const { visitor } = await staff("grak_officer");
    expect(await by(visitor, "0712345001", "msisdn", WHY, partsAt({ register: { statedIn: async () => ["NSER-222222222G"] } }))).toMatchObject({ found: [{ reference: "NSER-222222222G", line: null }] });
  });

  it("asks nobody when its entry cannot be written, or nobody can say whether it was", async () => {
    const { visitor } = await staff("grak_officer");
    asked.length = 0;
    const batch = async () => Promise.reject(new Error("no answer in time"));
    const deaf: Office = { ...office, primary: Object.assign(Object.create(office.primary), { $client: { batch } }) };
    await expect(by(visitor, "0712345001", "msisdn", WHY, partsAt({ office: deaf }))).rejects.toThrow("no answer in time");
    expect(asked).toEqual([]);
  });

  it.each(["", "071234500", "0712345001 or 0712345002", "0201234567", "+255712345678", "%", "*", "\0", "\ud800", "x".repeat(9_999), null, 7, ["0712345001"]])(
    "by %j is none: no entry, nobody asked", async (identifier) => {
      const { visitor, userId } = await staff("grak_officer");
      asked.length = 0;
      expect(await by(visitor, identifier)).toEqual({ ok: false, refusal: "identifier-unreadable" });
      expect([asked, await entriesOf(userId)]).toEqual([[], []]);
    });

  it("of no kind of ours, or with a reason that says nothing or names somebody, is none either", async () => {
    const { visitor, userId } = await staff("grak_officer");
    for (const kind of ["email", "", "__proto__"]) expect(await by(visitor, "0712345001", kind)).toEqual({ ok: false, refusal: "identifier-unreadable" });
    for (const reason of ["", "too short", "called from 0712345001", "wrote from w@example.ke", "two\nlines of it", "x".repeat(501), null]) {
      expect(await by(visitor, "0712345001", "msisdn", reason)).toEqual({ ok: false, refusal: "reason-unfit" });
    }
    expect(await entriesOf(userId)).toEqual([]);
  });

  it("is one of so many in 24 hours, for each officer alone", async () => {
    const { visitor, userId } = await staff("grak_officer");
    const entry = { action: "exclusion.searched", resource: "exclusions", actorKind: "user" as const, actorId: userId, payload: "{}" };
    const made = Array.from({ length: SEARCHES.most - 1 }, (_, n) => ({ ...entry, id: crypto.randomUUID(), at: Date.now() - n * MINUTE }));
    await office.primary.insert(auditEntries).values([...made, { ...entry, id: crypto.randomUUID(), at: Date.now() - DAY - MINUTE }]);
    expect((await by(visitor, "0712345001")).ok).toBe(true);
    asked.length = 0;
    expect([await by(visitor, "0712345001"), asked]).toEqual([{ ok: false, refusal: "searches-used-up" }, []]);
    const [refused] = await office.primary.select().from(auditEntries).where(and(eq(auditEntries.actorId, userId), eq(auditEntries.outcome, "refused"))).all();
    expect(refused).toMatchObject({ action: "exclusion.searched-too-often", resource: "exclusions", reason: WHY, payload: JSON.stringify({ kind: "msisdn", reason: WHY }) });
    expect((await by((await staff("grak_officer")).visitor, "0712345001")).ok).toBe(true);
    expect((await desk.look(parts, { visitor, reference: first })).ok).toBe(true);
  });
});
