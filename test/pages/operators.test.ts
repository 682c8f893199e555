import { describe, expect, it } from "vitest";
import { textOf } from "../../src/cli/browser.ts";
import { DAY } from "../../src/kernel/clock.ts";
import { visitor } from "./browser.ts";
import { NOW } from "./citizens.ts";
import { INVITATION, OA } from "./operators.ts";

const APPLY = "/operators/apply";
const TYPED = {
  name: "Mfano Ltd", tradingName: "", registrationNumber: "PVT-1", website: "", address: "Nairobi", licenceType: "lottery", kinds: "msisdn", declaredCustomers: "5 000",
  contactName: "Wanjiku", email: "w@mfano.test", phone: "0712 345 678",
};
const HOSTILE = "\"><script>alert(1)</script>";

function signedIn() {
  const visit = visitor();
  visit.signIn();
  return visit;
}

describe("a company", () => {
  it("applies by a form that is one however often it is sent, without an account", async () => {
    const { get, post, operatorApplications } = visitor();
    const { fields } = await get(APPLY);
    const { html, status } = await post(APPLY, { ...fields, ...TYPED });
    expect([status, textOf(html)]).toEqual([200, expect.stringContaining(OA)]);
    await post(APPLY, { ...fields, ...TYPED });
    const [first, again] = operatorApplications.asked("apply");
    expect(first.form).toEqual({ ...TYPED, kinds: ["msisdn"], formId: fields.formId });
    expect(again.form.formId).toBe(first.form.formId);
    expect(first.visitor.session).toBeNull();
  });

  it("reads in its language what cannot be so, beside each field, with what was typed kept and harmless", async () => {
    const { post, operatorApplications } = visitor();
    operatorApplications.refusal = { refusal: "fields-unfit", fields: ["registrationNumber", "kinds", "phone"] };
    const { html, status } = await post(APPLY, { ...TYPED, name: HOSTILE, formId: crypto.randomUUID() });
    expect([status, html.includes("<script>alert")]).toEqual([422, false]);
    for (const field of ["registrationNumber", "kinds", "phone"]) expect(html).toContain(`href="#${field}"`);
    expect(textOf(html)).toContain("Registration number: this is missing, or cannot be so.");
    expect(html).toContain('value="0712 345 678"');
  });

  it("keeps what was typed in another language, and sends nothing with it", async () => {
    const { post, operatorApplications } = visitor();
    const { html } = await post(APPLY, { ...TYPED, formId: crypto.randomUUID(), lang: "sw" });
    expect([textOf(html).includes("Omba leseni"), html.includes('value="PVT-1"'), operatorApplications.calls]).toEqual([true, true, []]);
  });

  it.each([["too-many-calls", 429], ["form-reused", 409]] as const)("is told of %s", async (refusal, status) => {
    const { post, operatorApplications } = visitor();
    operatorApplications.refusal = { refusal };
    expect((await post(APPLY, { ...TYPED, formId: crypto.randomUUID() })).status).toBe(status);
  });
});

describe("somebody invited", () => {
  it("sees to what, and accepts it by their own act", async () => {
    const { get, post, invitations } = signedIn();
    const { html } = await get("/account/invitations");
    expect(textOf(html)).toContain("Mfano <b>Bets</b> Ltd Administrator of a company");
    const done = await post("/account/invitations", { id: INVITATION });
    expect([done.status, done.headers.get("location"), invitations.asked("accept")[0].id]).toEqual([303, "/account", INVITATION]);
  });

  it("does first what is due, and reads of one that is over", async () => {
    const visit = signedIn();
    for (const [refusal, place] of [["signed-out", "/sign-in?next=%2Faccount%2Finvitations"], ["proof-due", "/account/prove?next=%2Faccount%2Finvitations"]] as const) {
      visit.invitations.refusal = { refusal };
      visit.signIn();
      expect((await visit.post("/account/invitations", { id: INVITATION })).headers.get("location")).toBe(place);
    }
    visit.invitations.refusal = { refusal: "gone" };
    const { status, html } = await visit.post("/account/invitations", { id: "x" });
    expect([status, textOf(html)]).toEqual([409, expect.stringContaining("This invitation is over.")]);
  });
});

describe("an officer", () => {
  const PLACE = `/staff/operators/applications/${OA}`;
  const LICENCE = "/staff/operators/licences/acme01";

  it("sees what waits, and an application with every step as a form of its own", async () => {
    const { get } = signedIn();
    const waiting = textOf((await get("/staff/operators")).html);
    for (const part of ["Mfano <b>Bets</b> Ltd", "LIC-0000000000", "Lapsed: no new customers", "In force"]) expect(waiting).toContain(part);
    const { html } = await get(PLACE);
    expect(html.match(/ id="[^"]*"/g)!.length).toBe(new Set(html.match(/ id="[^"]*"/g)).size);
    expect(textOf(html)).toMatch(/To approve it user:first .* Keeps its accounts in Kenya/);
    expect(html).not.toContain("Wanjiku");
  });

  it("takes a step on the version the page showed, with the licence's terms in lines", async () => {
    const { post, staffOperators } = signedIn();
    const step = "recommend-approval";
    const form = { version: "3", step, [`reason-${step}`]: "The papers are in order", [`until-${step}`]: "2027-12-31", [`conditions-${step}`]: " One \r\n\r\nTwo\n" };
    expect((await post(`${PLACE}/steps`, form)).headers.get("location")).toBe(PLACE);
    expect(staffOperators.asked("step")).toMatchObject([{ reference: OA, step, version: 3, conditions: ["One", "Two"], expiresAt: Date.UTC(2027, 11, 31, 20, 59, 59, 999) }]);
  });

  it.each([["reason-unfit", 422], ["expiry-unfit", 422], ["conditions-unfit", 422], ["not-now", 409], ["another", 403], ["conflict", 409]] as const)("reads why a step was refused: %s", async (refusal, status) => {
    const { post, staffOperators } = signedIn();
    for (const [path, form] of [[`${PLACE}/steps`, { step: "confirm" }], [`${LICENCE}/steps`, { act: "renew" }]] as const) {
      staffOperators.refusal = { refusal };
      const { status: said, html } = await post(path, { version: "1", ...form });
      expect([said, html.includes('role="alert"')]).toEqual([status, true]);
    }
  });

  it("does first what is due, or is told that there is nothing", async () => {
    for (const [path, form] of [["/staff/operators"], [PLACE], [LICENCE], [`${PLACE}/steps`, { step: "confirm" }], [`${LICENCE}/steps`, { act: "suspend" }], [`${PLACE}/contact`, {}]] as const) {
      for (const [refusal, status] of [["signed-out", 303], ["not-found", 404], ["too-many-calls", 429]] as const) {
        const visit = signedIn();
        visit.staffOperators.refusal = { refusal };
        expect((await (form ? visit.post(path, form as Record<string, string>) : visit.get(path))).status, path).toBe(status);
      }
    }
    expect((await signedIn().get("/staff/operators/applications/nothing")).status).toBe(404);
  });

  it("reads who speaks for a company with a reason, and acts on a licence", async () => {
    const { post, staffOperators } = signedIn();
    expect(textOf((await post(`${PLACE}/contact`, { "reason-contact": "to call them back" })).html)).toContain("+254712345678");
    expect(staffOperators.asked("contact")[0].reason).toBe("to call them back");
    await post(`${LICENCE}/steps`, { version: "4", act: "suspend", "reason-suspend": "It does not answer" });
    expect(staffOperators.asked("act")).toMatchObject([{ operator: "acme01", act: "suspend", version: 4, reason: "It does not answer", expiresAt: null, conditions: [] }]);
    await post(`${LICENCE}/steps`, { version: "4", act: "renew", "until-renew": "soon", "reason-renew": "It is in order" });
    expect(staffOperators.asked("act")[1].expiresAt).toBe(0);
    expect(NOW).toBeGreaterThan(DAY);
  });
});
