import { describe, expect, it } from "vitest";
import { textOf } from "../../src/cli/browser.ts";
import { visitor } from "./browser.ts";
import { ACME, HOME } from "./operator-desk.ts";

/** A browser that holds somebody's session. */
function member() {
  const visit = visitor();
  visit.cookies.set("__Host-session", "a-session");
  return visit;
}

describe("an operator's home", () => {
  it("says how the operator stands, and leads on for the operator of the address", async () => {
    const { get, operatorDesk } = member();
    const { html } = await get(`/operator?operator=${ACME}`);
    expect(operatorDesk.asked("home")).toMatchObject([{ operator: ACME, visitor: { session: "a-session" } }]);
    for (const part of ["Acme <b>Bets</b>", "Active", ACME, "Mobile number, National ID", "Other Bets"]) expect(textOf(html)).toContain(part);
    expect(html).toContain(`href="/operator/keys?operator=${ACME}"`);
    expect(html).toContain(`href="/operator?operator=${ACME}&amp;lang=ar"`);
    expect(html).not.toContain("<b>Bets");
  });

  it("is of the first of the visitor's operators where the address names none, and shows no others where there are none", async () => {
    const { get, operatorDesk } = member();
    operatorDesk.seen = { ...HOME, others: [], rooms: [] };
    const { html } = await get("/operator");
    expect(operatorDesk.asked("home")).toMatchObject([{ operator: null }]);
    expect(html).toContain('href="/operator?lang=ar"');
    expect(html).not.toMatch(/other companies|\/operator\/keys/);
  });

  it.each([
    ["signed-out", "/sign-in?next=%2Foperator%3Foperator%3Dx"], ["second-factor-due", "/sign-in/second"], ["enrolment-due", "/account/security"],
  ] as const)("leads whoever has something to do first there: %s", async (refusal, place) => {
    const { get, operatorDesk } = member();
    operatorDesk.refusal = { refusal };
    const answer = await get("/operator?operator=x");
    expect([answer.status, answer.headers.get("location")]).toEqual([303, place]);
  });

  it.each([["not-found", 404], ["too-many-calls", 429]] as const)("shows nothing else: %s", async (refusal, status) => {
    const { get, operatorDesk } = member();
    operatorDesk.refusal = { refusal };
    const answer = await get("/operator");
    expect([answer.status, answer.html.includes("Acme")]).toEqual([status, false]);
  });
});
