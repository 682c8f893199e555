import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as desk from "../../src/domains/compliance/desk/index.ts";
import { AUDIT_FIELDS, type AuditField, type AuditSearch } from "../../src/domains/compliance/desk/rpc.ts";
import { USUAL } from "../../src/domains/compliance/suspicion/model.ts";
import { watchEntries } from "../../src/domains/compliance/suspicion/watch.ts";
import { auditFlags } from "../../src/domains/compliance/tables.ts";
import { type Role, ROLE_CAPABILITIES, ROLES } from "../../src/domains/authentication/capabilities.ts";
import { MINUTE } from "../../src/kernel/clock.ts";
import { uuidv7 } from "../../src/kernel/ids.ts";
import { random } from "../../src/objects/shell.ts";
import { commit } from "../../src/office/commit.ts";
import type { Office } from "../../src/office/database.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { deskOf, signedInAs } from "../support/desk.ts";
import { testOffice } from "../support/office.ts";
import { holding, somebody } from "../support/people.ts";

const test = testOffice();
const TEN = Date.parse("2026-11-04T07:00:00Z");
const PROOF = "c2sp.org/tlog-proof@v1\nindex 7\n\nlog\n\n";
let office: Office;
let parts: desk.AuditDeskParts;
let entryId: string;

const find = (over: Partial<Record<AuditField, string>> = {}): AuditSearch => Object.fromEntries(AUDIT_FIELDS.map((field) => [field, over[field] ?? ""])) as AuditSearch;
const staff = async (role: Role, operator: string | null = null, ago = 0) => {
  const { userId } = await somebody(office, holding(role, operator));
  return { userId, visitor: await signedInAs(office, userId, Date.now() - ago) };
};

beforeAll(async () => {
  office = { primary: test.office.primary, nearest: test.office.primary };
  parts = { ...deskOf(office), log: { find: async () => [7], prove: async () => PROOF } };
});

beforeEach(async () => {
  await office.primary.delete(auditFlags);
  await office.primary.delete(auditEntries);
  await commit(office, { actor: { kind: "user", id: "officer", origin: null }, rows: [], audit: { action: "identity.read", resource: "user/officer", payload: {} }, answer: {} }, { now: TEN, random });
  await watchEntries({ office, thresholds: USUAL, clock: Date.now, random });
  entryId = (await office.primary.select().from(auditEntries).get())!.id;
});

const verbs = (visitor: unknown) => [
  desk.search(parts, { visitor, search: find(), after: null }), desk.prove(parts, { visitor, entryId }), desk.see(parts, { visitor, flagId: uuidv7(1, random), version: 1, note: "it was in order" }),
];

describe("the auditors' desk", () => {
  it.each(ROLES.filter((role) => !ROLE_CAPABILITIES[role].any.includes("audit:read")))("shows %s nothing, and says so of nothing", async (role) => {
    const { userId, visitor } = await staff(role, ROLE_CAPABILITIES[role].own ? "opacme01" : null);
    for (const answer of await Promise.all(verbs(visitor))) expect(answer).toEqual({ ok: false, refusal: "not-found" });
    const tries = (await office.primary.select().from(auditEntries)).filter(({ actorId }) => actorId === userId);
    expect(tries).toHaveLength(3);
    expect(tries.map(({ action, outcome }) => [action, outcome])).toEqual(tries.map(() => ["access.refused", "refused"]));
  });

  it("lets an officer search, and not say that a suspicion is nothing", async () => {
    const { visitor } = await staff("grak_officer");
    expect(await desk.search(parts, { visitor, search: find(), after: null })).toMatchObject({ ok: true, may: { note: false } });
    expect(await desk.see(parts, { visitor, flagId: uuidv7(1, random), version: 1, note: "it was in order" })).toEqual({ ok: false, refusal: "not-found" });
  });

  it("finds by any field, and writes down who looked for what", async () => {
    const { userId, visitor } = await staff("grak_auditor");
    const seen = async (over: Partial<Record<AuditField, string>>) => {
      const found = await desk.search(parts, { visitor, search: find(over), after: null });
      return found.ok ? found.entries.map(({ action }) => action).filter((action) => action !== "audit.searched") : found;
    };
    for (const some of [{ id: entryId }, { flag: "own-record-read" }, { flag: "open" }, { source: "office", to: "2026-11-04" }, { outcome: "done", to: "2026-11-04" }, { action: "identity.*" }, { actor: "user:officer" }, { resource: "user/officer" }, { from: "2026-11-04", to: "2026-11-04" }] as const) {
      expect(await seen(some), JSON.stringify(some)).toEqual(["identity.read"]);
    }
    for (const none of [{ flag: "two-countries" }, { source: "register" }, { action: "identity.written" }, { actor: "user:office" }, { resource: "user/officer'--" }, { from: "2026-11-05", to: "2026-11-05" }, { to: "2026-11-03" }]) {
      expect(await seen(none), JSON.stringify(none)).toEqual([]);
    }
    const written = (await office.primary.select().from(auditEntries)).filter(({ actorId }) => actorId === userId);
    expect(written).toContainEqual(expect.objectContaining({ action: "audit.searched", resource: "audit", payload: JSON.stringify({ id: entryId, shown: 1 }), outcome: "done" }));
    expect(written.filter(({ action }) => action === "audit.searched")).toHaveLength(16);
  });

  it.each<[AuditField, string]>([
    ["id", "1"], ["flag", "x"], ["source", "edge"], ["outcome", "x"], ["action", "' or 1=1 --"], ["actor", "officer"], ["from", "yesterday"], ["to", "2026-02-30"], ["from", "\0"],
  ])("names the field %s that cannot be read: %j", async (field, value) => {
    const { visitor } = await staff("grak_auditor");
    expect(await desk.search(parts, { visitor, search: find({ [field]: value }), after: null })).toEqual({ ok: false, refusal: "unreadable", field });
  });

  it("refuses days that run backwards, and a request no form sends; takes any place in the list", async () => {
    const { visitor } = await staff("grak_auditor");
    expect(await desk.search(parts, { visitor, search: find({ from: "2026-11-04", to: "2026-11-03" }), after: null })).toMatchObject({ refusal: "backwards", field: "to" });
    for (const search of [null, {}, find({ resource: "x".repeat(201) })]) expect(await desk.search(parts, { visitor, search: search as never, after: null })).toMatchObject({ ok: false, refusal: "unreadable" });
    for (const after of ["", "x", "9.9", "' or 1=1", "1.1.1", "9".repeat(70)]) expect(await desk.search(parts, { visitor, search: find(), after })).toMatchObject({ ok: true });
  });

  it("takes a note about a suspicion for a factor shown lately", async () => {
    const { visitor } = await staff("grak_auditor");
    const { visitor: stale } = await staff("grak_auditor", null, 10 * MINUTE);
    const { id: flagId } = (await office.primary.select().from(auditFlags).get())!;
    const see = (visitor: unknown, note: string) => desk.see(parts, { visitor, flagId, version: 1, note });
    expect(await see(stale, "it was in order")).toEqual({ ok: false, refusal: "proof-due" });
    for (const note of ["short", "x".repeat(501), "call 0712 345 678 about it", "two\nlines of it", "a lone \ud800 surrogate"]) expect(await see(visitor, note)).toEqual({ ok: false, refusal: "note-unfit" });
    expect(await see(visitor, "it was in order")).toEqual({ ok: true });
    expect(await see(visitor, "it was in order")).toEqual({ ok: false, refusal: "changed" });
  });
});
