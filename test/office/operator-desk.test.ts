import { beforeAll, describe, expect, it } from "vitest";
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
  const row = { state: "active", requiredKinds: ["msisdn"], enrolledAt: 1, declaredCustomers: 5, generation: 1 } as const;
  await putOperators(office.primary, [{ ...row, requiredKinds: ["msisdn"], id: ACME, name: "Acme" }, { ...row, requiredKinds: ["msisdn"], id: OTHER, name: "Other" }]);
});

const member = async (...held: Assignment[]) => {
  const { userId } = await somebody(office, held);
  return { userId, visitor: await signedInAs(office, userId, Date.now()) };
};

describe("an operator's home", () => {
  it.each(["operator_admin", "operator_user"] as const)("is shown to its %s: their own operator, and of others the names alone", async (role) => {
    const { visitor } = await member({ role, operator: ACME });
    const seen = { ok: true, operator: { id: ACME, name: "Acme", state: "active", requiredKinds: ["msisdn"], declaredCustomers: 5, enrolledAt: 1 }, others: [], rooms: ["keys", "conformance"], asOf: null };
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
