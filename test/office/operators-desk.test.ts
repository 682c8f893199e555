import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { applyByForm, type FormParts } from "../../src/domains/operators/applications/form.ts";
import { operatorApplications } from "../../src/domains/operators/applications/tables.ts";
import { newLicence } from "../../src/domains/operators/licensing/issue.ts";
import * as desk from "../../src/domains/operators/regulator/desk.ts";
import { roleAssignments, users } from "../../src/domains/users/accounts/tables.ts";
import { accept, mine } from "../../src/domains/users/invitations/own.ts";
import { newInvitation } from "../../src/domains/users/invitations/new.ts";
import { systemActor } from "../../src/kernel/actor.ts";
import { DAY, MINUTE } from "../../src/kernel/clock.ts";
import { random } from "../../src/objects/shell.ts";
import { commit } from "../../src/office/commit.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { ENVELOPE } from "../support/api.ts";
import { peopleOf, signedInAs, visitorWith } from "../support/desk.ts";
import { testOffice } from "../support/office.ts";
import { MemoryDirectory } from "../support/operator-directory.ts";
import { accountsOf, holding, somebody } from "../support/people.ts";

const test = testOffice();
const { staff } = peopleOf(test);
const OPERATOR = "op77";
const REASON = "The papers were seen and are in order";
let parts: FormParts & desk.StaffOperatorsParts;
let failures: unknown[];

beforeAll(async () => {
  failures = [];
  const { office } = test;
  parts = {
    office, accounts: accountsOf(office), envelope: ENVELOPE, directory: new MemoryDirectory(), clock: Date.now, random, report: (error) => failures.push(error), filled: () => undefined,
    admits: async () => true,
  };
  const now = Date.now();
  const licence = newLicence(parts, { operator: OPERATOR, operatorApplicationId: null, type: "lottery", conditions: [], requiredKinds: ["msisdn"], expiresAt: now + 30 * DAY, reason: REASON }, null, systemActor("test"), now);
  await commit(office, { actor: systemActor("test"), rows: licence.rows, audit: { action: "test.made", resource: "test", payload: {} }, answer: {} }, { now, random });
});

const TYPED = {
  name: "Mfano Ltd", tradingName: " ", registrationNumber: "PVT-1", website: "", address: "Nairobi", licenceType: "lottery", kinds: ["msisdn"], declaredCustomers: "5 000",
  contactName: "Wanjiku", email: "w@mfano.test", phone: "0712 345 678",
};
const send = (form: object = {}, formId: string = crypto.randomUUID()) => applyByForm(parts, { form: { ...TYPED, formId, ...form }, visitor: visitorWith(null), locale: "sw" });
const terms = { reason: REASON, version: 1, expiresAt: null, conditions: [] };

describe("the form of who applies", () => {
  it("is received once, and names each field that cannot be so", async () => {
    const formId = crypto.randomUUID();
    const [first, again] = [await send({}, formId), await send({}, formId)];
    expect([first.ok, again]).toEqual([true, first]);
    expect(await send({ name: "Else" }, formId)).toEqual({ ok: false, refusal: "form-reused" });
    expect(await test.office.primary.select().from(operatorApplications).all()).toMatchObject([{ tradingName: null, website: null, declaredCustomers: 5_000, state: "received" }]);
    const wrong = { name: "", registrationNumber: "'", website: "mfano", licenceType: "x", kinds: [], declaredCustomers: "many", email: "x", phone: "0201234567", contactName: "\u0000" };
    expect(await send(wrong)).toEqual({ ok: false, refusal: "fields-unfit", fields: ["name", "registrationNumber", "website", "licenceType", "kinds", "declaredCustomers", "contactName", "email", "phone"] });
  });

  it.each([null, 7, {}, { form: null }, { form: { ...TYPED, formId: "x" } }])("that no page of ours sends is none: %j", async (unread) => {
    expect(await applyByForm(parts, unread)).toEqual({ ok: false, refusal: "form-reused" });
  });

  it("is not taken from an address that sent too many", async () => {
    expect(await applyByForm({ ...parts, admits: async () => false }, { form: { ...TYPED, formId: crypto.randomUUID() }, visitor: visitorWith(null), locale: "en" })).toEqual({ ok: false, refusal: "too-many-calls" });
  });
});

describe("the regulator's people", () => {
  it("see what waits, and decide as two; who recommends is offered no confirmation", async () => {
    const [first, second] = [await staff("grak_officer"), await staff("grak_officer")];
    const sent = await send();
    const reference = sent.ok ? sent.reference : "";
    const found = await desk.waiting(parts, first.visitor);
    expect(found.ok && found.applications.map((one) => one.reference)).toContain(reference);
    expect(found.ok && found.licences).toMatchObject([{ operator: OPERATOR, standing: "in-force" }]);
    const recommend = { ...terms, visitor: first.visitor, reference, step: "recommend-approval", expiresAt: Date.now() + 365 * DAY, conditions: ["Keeps its accounts in Kenya"] };
    for (const [wrong, refusal] of [[{ reason: "short" }, "reason-unfit"], [{ conditions: [""] }, "conditions-unfit"], [{ expiresAt: 0 }, "expiry-unfit"], [{ step: "x" }, "not-now"]] as const) {
      expect(await desk.step(parts, { ...recommend, ...wrong })).toEqual({ ok: false, refusal });
    }
    expect(await desk.step(parts, recommend)).toEqual({ ok: true });
    const [own, others] = [await desk.look(parts, { visitor: first.visitor, reference }), await desk.look(parts, { visitor: second.visitor, reference })];
    expect([own.ok && own.steps.includes("confirm"), others.ok && others.steps]).toEqual([false, ["confirm", "send-back", "withdraw"]]);
    const confirm = { ...terms, version: 2, reference, step: "confirm" };
    expect(await desk.step(parts, { ...confirm, visitor: first.visitor })).toEqual({ ok: false, refusal: "another" });
    expect(await desk.step(parts, { ...confirm, visitor: second.visitor })).toEqual({ ok: true });
    expect(await desk.step(parts, { ...confirm, visitor: second.visitor })).toEqual({ ok: false, refusal: "not-now" });
  });

  it("read who speaks for a company under an entry of the log, and act on licences where they may", async () => {
    const [officer, administrator] = [await staff("grak_officer"), await staff("grak_admin")];
    const sent = await send({ registrationNumber: "PVT-9" });
    const reference = sent.ok ? sent.reference : "";
    expect(await desk.contact(parts, { visitor: officer.visitor, reference, reason: "x" })).toEqual({ ok: false, refusal: "reason-unfit" });
    expect(await desk.contact(parts, { visitor: officer.visitor, reference, reason: REASON })).toEqual({ ok: true, contact: { name: "Wanjiku", email: "w@mfano.test", phone: "+254712345678" } });
    expect((await test.office.primary.select().from(auditEntries).where(eq(auditEntries.resource, `operator-application/${reference}`)).all()).map(({ action }) => action)).toContain("identity.read");
    const suspend = { ...terms, operator: OPERATOR, act: "suspend" };
    expect(await desk.act(parts, { ...suspend, visitor: officer.visitor })).toEqual({ ok: false, refusal: "not-found" });
    const [seen, seenBy] = [await desk.licence(parts, { visitor: officer.visitor, operator: OPERATOR }), await desk.licence(parts, { visitor: administrator.visitor, operator: OPERATOR })];
    expect([seen.ok && seen.acts, seenBy.ok && seenBy.acts]).toEqual([[], ["renew", "amend", "suspend", "revoke"]]);
    // No operator of this id is enrolled in the directory of this test: what it could not be told is reported, and the office has it.
    expect([await desk.act(parts, { ...suspend, visitor: administrator.visitor }), failures.length]).toEqual([{ ok: true }, 1]);
    expect(await desk.act(parts, { ...suspend, visitor: administrator.visitor })).toEqual({ ok: false, refusal: "not-now" });
  });

  it("are alone in here, have showed a factor lately, and take no step without it", async () => {
    const sent = await send({ registrationNumber: "PVT-8" });
    const reference = sent.ok ? sent.reference : "";
    const asked = (visitor: unknown) => [
      desk.waiting(parts, visitor), desk.look(parts, { visitor, reference }), desk.step(parts, { ...terms, visitor, reference, step: "review" }), desk.contact(parts, { visitor, reference, reason: REASON }),
      desk.licence(parts, { visitor, operator: OPERATOR }), desk.act(parts, { ...terms, visitor, operator: OPERATOR, act: "revoke" }),
    ];
    for (const { visitor } of [await staff("operator_admin", OPERATOR), await staff("citizen"), await staff("bematore_admin")]) {
      for (const answer of await Promise.all(asked(visitor))) expect(answer).toEqual({ ok: false, refusal: "not-found" });
    }
    for (const answer of await Promise.all(asked(visitorWith(null)))) expect(answer).toEqual({ ok: false, refusal: "signed-out" });
    const { userId } = await somebody(test.office, holding("super_admin"));
    const stale = await signedInAs(test.office, userId, Date.now() - 10 * MINUTE);
    const answers = await Promise.all(asked(stale));
    expect(answers.map((answer) => (answer.ok ? "ok" : answer.refusal))).toEqual(["ok", "ok", "proof-due", "proof-due", "ok", "proof-due"]);
  });
});

describe("whoever was invited", () => {
  it("sees and accepts it with a session that showed a factor lately, and nobody else does", async () => {
    const now = Date.now();
    const phone = "+254766000001";
    const contact = { name: "Wanjiku", email: "w@mfano.test", phone, locale: "en" as const };
    const { row, rows, events } = newInvitation(parts, { operator: OPERATOR, role: "operator_user", contact }, systemActor("test"), now);
    await commit(test.office, { actor: systemActor("test"), rows, events, audit: { action: "test.made", resource: "test", payload: {} }, answer: {} }, { now, random });
    const [holder, stranger] = [await somebody(test.office, holding("citizen"), { phone }), await somebody(test.office, holding("citizen"), { phone: "+254766000002" })];
    await test.office.primary.update(users).set({ phoneProvenAt: 1 });
    const invitations = { ...parts, directory: parts.directory };
    const [own, others, stale] = [await signedInAs(test.office, holder.userId, now), await signedInAs(test.office, stranger.userId, now), await signedInAs(test.office, holder.userId, now - 10 * MINUTE)];
    expect(await mine(invitations, own)).toMatchObject({ ok: true, invitations: [{ id: row.id, operator: OPERATOR, role: "operator_user" }] });
    expect([await mine(invitations, others), await mine(invitations, null)]).toEqual([{ ok: true, invitations: [] }, { ok: false, refusal: "signed-out" }]);
    const accepting = async (visitor: unknown, id = row.id) => accept(invitations, { visitor, id });
    expect([await accepting(others), await accepting(own, "x"), await accepting(stale)]).toEqual([{ ok: false, refusal: "gone" }, { ok: false, refusal: "gone" }, { ok: false, refusal: "proof-due" }]);
    expect([await accepting(own), await accepting(own)]).toEqual([{ ok: true }, { ok: false, refusal: "gone" }]);
    expect((await test.office.primary.select().from(roleAssignments).where(eq(roleAssignments.userId, holder.userId)).all()).map(({ role }) => role).toSorted()).toEqual(["citizen", "operator_user"]);
  });
});
