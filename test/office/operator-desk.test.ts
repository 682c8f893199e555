import { beforeAll, describe, expect, it } from "vitest";
import { uuidv7 } from "../../src/kernel/ids.ts";
import { DAY, HOUR, MINUTE } from "../../src/kernel/clock.ts";
import { random } from "../../src/objects/shell.ts";
import * as desk from "../../src/domains/operators/desk/keys.ts";
import { ENVELOPE } from "../support/api.ts";
import { MemoryDirectory } from "../support/operator-directory.ts";
import { enterFor } from "../../src/domains/operators/desk/index.ts";
import { home } from "../../src/domains/operators/desk/home.ts";
import { putOperators } from "../../src/domains/operators/office/store.ts";
import { type Assignment, OPERATOR_ROLES, ROLES } from "../../src/domains/authentication/capabilities.ts";
import type { Office } from "../../src/office/database.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { deskOf, signedInAs, visitorWith } from "../support/desk.ts";
import { testOffice } from "../support/office.ts";
import { somebody } from "../support/people.ts";

const test = testOffice();
const [ACME, OTHER] = ["opacme0001", "opother001"];
let office: Office;
let parts: ReturnType<typeof deskOf>;

beforeAll(async () => {
  office = { primary: test.office.primary, nearest: test.office.primary };
  parts = deskOf(office);
  const row = { state: "active", requiredKinds: ["msisdn"], enrolledAt: 1, declaredCustomers: 5, licensedUntil: null, generation: 1 } as const;
  await putOperators(office.primary, [{ ...row, requiredKinds: ["msisdn"], id: ACME, name: "Acme" }, { ...row, requiredKinds: ["msisdn"], id: OTHER, name: "Other" }]);
});

const member = async (...held: Assignment[]) => {
  const { userId } = await somebody(office, held);
  return { userId, visitor: await signedInAs(office, userId, Date.now()) };
};

describe("the door to an operator's desk", () => {
  it("lets in whoever may do it for that operator, and says for which; a factor must be fresh where that is asked", async () => {
    const { userId, visitor } = await member({ role: "operator_admin", operator: OTHER }, { role: "operator_user", operator: ACME });
    expect(await enterFor(parts, { visitor }, "operators:read")).toMatchObject({ ok: true, operator: ACME, by: { principal: { userId }, actor: { kind: "user", id: userId, reason: "operators:read" } } });
    expect(await enterFor(parts, { visitor }, "keys:write", "fresh")).toMatchObject({ ok: true, operator: OTHER });
    expect(await enterFor(parts, { visitor, operator: ACME }, "keys:write")).toEqual({ ok: false, refusal: "not-found" });
    expect(await enterFor({ ...parts, admits: async () => false }, { visitor }, "operators:read")).toEqual({ ok: false, refusal: "too-many-calls" });
    const late = await signedInAs(office, userId, Date.now() - 6 * MINUTE);
    expect(await enterFor(parts, { visitor: late }, "keys:write", "fresh")).toEqual({ ok: false, refusal: "proof-due" });
  });
});

describe("an operator's home", () => {
  it.each(["operator_admin", "operator_user"] as const)("is shown to its %s: their own operator, and of others the names alone", async (role) => {
    const { visitor } = await member({ role, operator: ACME });
    const seen = { ok: true, operator: { id: ACME, name: "Acme", state: "active", requiredKinds: ["msisdn"], declaredCustomers: 5, enrolledAt: 1 }, others: [], rooms: ["keys", "webhooks", "compliance", "conformance"], asOf: null };
    expect(await home(parts, { visitor, operator: null })).toEqual(seen);
    expect(await home(parts, { visitor, operator: ACME })).toEqual(seen);
  });

  it("is of the operator that is asked for where somebody is of several", async () => {
    const { visitor } = await member({ role: "operator_user", operator: ACME }, { role: "operator_admin", operator: OTHER });
    expect(await home(parts, { visitor, operator: OTHER })).toMatchObject({ operator: { id: OTHER }, others: [{ id: ACME, name: "Acme" }] });
  });

  it("of another operator is nothing, as is one that is not there, and the audit log has who asked", async () => {
    const { userId, visitor } = await member({ role: "operator_admin", operator: ACME });
    for (const operator of [OTHER, "opnobody01", "", "' or 1=1 --"]) expect(await home(parts, { visitor, operator })).toEqual({ ok: false, refusal: "not-found" });
    const tries = (await office.primary.select().from(auditEntries)).filter(({ actorId }) => actorId === userId);
    expect(tries).toHaveLength(4);
    for (const { action, outcome } of tries) expect([action, outcome]).toEqual(["access.refused", "refused"]);
  });

  it.each(ROLES.filter((role) => role === "api_user" || !(OPERATOR_ROLES as readonly string[]).includes(role)))("is nothing to %s", async (role) => {
    const { visitor } = await member({ role, operator: role === "api_user" ? ACME : null });
    for (const operator of [null, ACME]) expect(await home(parts, { visitor, operator })).toEqual({ ok: false, refusal: "not-found" });
  });

  it("asks to sign in first, wholly", async () => {
    const { userId } = await somebody(office, [{ role: "operator_admin", operator: ACME }]);
    for (const [stage, refusal] of [["second-factor", "second-factor-due"], ["enrolment", "enrolment-due"]] as const) {
      expect(await home(parts, { visitor: await signedInAs(office, userId, Date.now(), stage), operator: null })).toEqual({ ok: false, refusal });
    }
    for (const unread of [null, undefined, 7, {}, { visitor: visitorWith(null) }, { visitor: visitorWith("x".repeat(43)), operator: ACME }]) {
      expect(await home(parts, unread)).toEqual({ ok: false, refusal: "signed-out" });
    }
  });
});

/** Two operators and their people before a directory of their own. */
async function keyDesk(role: "operator_admin" | "operator_user" = "operator_admin", ago = 0) {
  const directory = new MemoryDirectory();
  for (const id of [ACME, OTHER]) {
    directory.operators.set(id, { id, name: id, state: "active", requiredKinds: [] });
    await directory.issueKey({ commandId: id, fingerprint: id, operator: id, hash: id, sealedReply: new Uint8Array() });
  }
  const usage = () => ({ keysUsed: async () => ({ key1: 7 }), keyUsage: async () => [] });
  const keyParts: desk.KeyDeskParts = { ...parts, directory, usage, envelope: ENVELOPE, keyLimits: { perSecond: 50, perDay: 1_000 } };
  const { userId } = await somebody(office, [{ role, operator: ACME }]);
  const asked = { visitor: await signedInAs(office, userId, Date.now() - ago), operator: null };
  const wish = (over: object = {}) => ({ ...asked, formId: uuidv7(Date.now(), random), mode: "test", name: "Tills", days: "", networks: "", ...over });
  // Keys in memory are numbered; a form names them by UUIDs.
  const keyId = uuidv7(1, random);
  directory.keys.set(keyId, { ...directory.keys.get("key1")!, keyId });
  return { directory, keyParts, asked, wish, keyId, turn: (over: object = {}) => ({ ...asked, keyId, formId: uuidv7(Date.now(), random), overlapHours: "24", ...over }) };
}

const isNothing = { ok: false, refusal: "not-found" };

describe("the keys of an operator", () => {
  it("are seen by its people, with when each was used; another's are nothing", async () => {
    const { keyParts, asked, keyId } = await keyDesk("operator_user");
    expect(await desk.keys(keyParts, asked)).toMatchObject({ ok: true, keys: [{ id: "key1", lastUsed: 7 }, { id: keyId, lastUsed: null }], may: { change: false } });
    expect(await desk.key(keyParts, { ...asked, keyId })).toMatchObject({ ok: true, key: { id: keyId }, days: [] });
    for (const strange of [uuidv7(2, random), "key2", "", 7]) expect(await desk.key(keyParts, { ...asked, keyId: strange })).toEqual(isNothing);
    for (const verb of [desk.keys, desk.key, desk.issueKey, desk.rotateKey, desk.revokeKey]) expect(await verb(keyParts, { ...asked, operator: OTHER, keyId })).toEqual(isNothing);
  });

  it("are made as the form says, within what the deployment allows, and once for one form", async () => {
    const { keyParts, directory, wish } = await keyDesk();
    const form = wish({ name: "  Tills ", days: "30", networks: "192.0.2.0/24, 2001:db8::/32" });
    const made = await desk.issueKey(keyParts, form);
    expect(made).toMatchObject({ ok: true, handedOut: { key: expect.stringMatching(`^sk_test_${ACME}_`), publicId: expect.stringMatching(`^pk_test_${ACME}_`) } });
    expect(await desk.issueKey(keyParts, form)).toEqual(made);
    const kept = [...directory.keys.values()].at(-1)!;
    expect(kept).toMatchObject({ operator: ACME, mode: "test", name: "Tills", terms: { networks: ["192.0.2.0/24", "2001:db8::/32"], perSecond: 50, perDay: 1_000 } });
    expect(Math.abs(kept.terms!.expiresAt! - Date.now() - 30 * DAY)).toBeLessThan(MINUTE);
    expect(await desk.issueKey(keyParts, { ...form, name: "Other" })).toEqual({ ok: false, refusal: "command-reused" });
  });

  it.each([
    ["choice-missing", { mode: "demo" }], ["choice-missing", { days: "31" }], ["choice-missing", { formId: "x" }], ["choice-missing", { name: 7 }], ["name-unfit", { name: "x".repeat(81) }],
    ["name-unfit", { name: "a\u0000b" }], ["name-unfit", { name: "\ud800" }], ["network-unfit", { networks: "192.0.2.1" }], ["network-unfit", { networks: "10.0.0.0/8 x" }],
    ["network-unfit", { networks: Array(65).fill("192.0.2.0/24").join(" ") }],
  ])("are refused as %s: %o", async (refusal, over) => {
    const { keyParts, directory, wish } = await keyDesk();
    const before = directory.keys.size;
    expect([await desk.issueKey(keyParts, wish(over)), directory.keys.size]).toEqual([{ ok: false, refusal }, before]);
  });

  it("are replaced with the overlap that was chosen, and revoked; what has ended is not replaced", async () => {
    const { keyParts, directory, turn, asked, keyId } = await keyDesk();
    const form = turn();
    const turned = await desk.rotateKey(keyParts, form);
    expect(turned).toMatchObject({ ok: true, handedOut: { key: expect.stringMatching(`^sk_live_${ACME}_`) } });
    expect(await desk.rotateKey(keyParts, form)).toEqual(turned);
    expect(directory.rotations[0]).toMatchObject({ keyId, overlapMs: 24 * HOUR });
    for (const [refusal, over] of [["choice-missing", { overlapHours: "2" }], ["choice-missing", { formId: "" }], ["not-found", { keyId: "x" }], ["not-found", { keyId: uuidv7(3, random) }]] as const) {
      expect(await desk.rotateKey(keyParts, turn(over))).toEqual({ ok: false, refusal });
    }
    expect(await desk.revokeKey(keyParts, { ...asked, keyId })).toEqual({ ok: true });
    expect(await desk.rotateKey(keyParts, turn())).toEqual({ ok: false, refusal: "key-ended" });
  });

  it("are changed by administrators alone, with a factor shown lately", async () => {
    const [user, late] = [await keyDesk("operator_user"), await keyDesk("operator_admin", 6 * MINUTE)];
    for (const [{ keyParts, wish, turn, asked, keyId, directory }, refusal] of [[user, "not-found"], [late, "proof-due"]] as const) {
      const answers = await Promise.all([desk.issueKey(keyParts, wish()), desk.rotateKey(keyParts, turn()), desk.revokeKey(keyParts, { ...asked, keyId })]);
      expect([answers, directory.keys.size, directory.keys.get(keyId)!.revoked]).toEqual([answers.map(() => ({ ok: false, refusal })), 3, false]);
    }
  });
});
