import { describe, expect, it } from "vitest";
import { textOf } from "../../src/cli/browser.ts";
import { visitor } from "./browser.ts";
import { NOW } from "./citizens.ts";
import { ACME, HOME, KEY, KEY_ID, SECRET } from "./operator-desk.ts";

const ONE = `/operator/keys/${KEY_ID}?operator=${ACME}`;
const WISH = { formId: KEY_ID, mode: "test", name: "Tills", days: "30", networks: "192.0.2.0/24" };

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

describe("an operator's keys", () => {
  it("are listed with what is known of them, and never with what proves one", async () => {
    const { get, operatorDesk } = member();
    operatorDesk.held = [KEY, { ...KEY, name: null, mode: "test", state: "revoked", revokedAt: NOW, lastUsed: null }, { ...KEY, expiresAt: NOW - 1 }, { ...KEY, expiresAt: NOW + 1 }];
    const { html } = await get(`/operator/keys?operator=${ACME}`);
    for (const part of ["Tills <i>& co</i>", KEY.publicId, "Live · Last known to be used on", "For tests · No use known in 90 days", "Revoked on", "Ended on", "In force until"]) expect(textOf(html)).toContain(part);
    expect(html).toContain(`action="/operator/keys?operator=${ACME}"`);
    expect(html).toContain(`href="/operator/keys/${KEY_ID}?operator=${ACME}"`);
    expect(html).not.toMatch(/<i>|sk_live/);
  });

  it("are made by a form, and shown once", async () => {
    const { post, operatorDesk, logged } = member();
    const made = await post(`/operator/keys?operator=${ACME}`, WISH);
    expect(operatorDesk.asked("issueKey")).toMatchObject([{ operator: ACME, ...WISH }]);
    expect([made.status, made.html.split(SECRET).length, made.headers.get("cache-control")]).toEqual([200, 2, "no-store"]);
    expect(logged.join()).not.toContain(SECRET);
  });

  it.each([["name-unfit", "name", 422], ["network-unfit", "networks", 422], ["choice-missing", null, 422], ["command-reused", null, 409]] as const)("that cannot be made are told beside what was typed: %s", async (refusal, field, status) => {
    const { post, operatorDesk } = member();
    operatorDesk.refusal = { refusal };
    const answer = await post("/operator/keys", WISH);
    expect([answer.status, answer.fields.name, answer.html.includes(`id="${field}-wrong"`), answer.html.includes(SECRET)]).toEqual([status, "Tills", field !== null, false]);
  });

  it("are looked at one by one, with what each asked", async () => {
    const { get, operatorDesk } = member();
    const { html } = await get(ONE);
    expect(operatorDesk.asked("key")).toMatchObject([{ operator: ACME, keyId: KEY_ID }]);
    for (const part of ["checks, tokens", "192.0.2.0/24", "100 checks a second, 100,000 a day", "1,234 8"]) expect(textOf(html)).toContain(part);
  });

  it("are replaced and revoked for the operator of the address", async () => {
    const { post, operatorDesk } = member();
    const turned = await post(`/operator/keys/${KEY_ID}/rotate?operator=${ACME}`, { formId: KEY_ID, overlapHours: "24" });
    expect([turned.status, turned.html.includes(SECRET), operatorDesk.asked("rotateKey")]).toEqual([200, true, [expect.objectContaining({ operator: ACME, keyId: KEY_ID, overlapHours: "24" })]]);
    const revoked = await post(`/operator/keys/${KEY_ID}/revoke?operator=${ACME}`, {});
    expect([revoked.status, revoked.headers.get("location"), operatorDesk.asked("revokeKey").length]).toEqual([303, ONE, 1]);
    operatorDesk.refusal = { refusal: "key-ended" };
    expect((await post(`/operator/keys/${KEY_ID}/rotate`, { formId: KEY_ID, overlapHours: "24" })).status).toBe(409);
  });

  it("are changed by nobody who may not, and ended ones are not replaced", async () => {
    const { get, operatorDesk } = member();
    operatorDesk.may = { change: false };
    for (const path of ["/operator/keys", ONE]) expect((await get(path)).html).not.toContain('method="post"');
    operatorDesk.may = { change: true };
    operatorDesk.held = [{ ...KEY, expiresAt: NOW }];
    const { html } = await get(ONE);
    expect([html.includes("/rotate"), html.includes("/revoke")]).toEqual([false, true]);
  });

  it("of no address that is none are asked for", async () => {
    const { get, post, operatorDesk } = member();
    expect([(await get("/operator/keys/x")).status, (await post("/operator/keys/x/revoke", {})).status, (await post("/operator/keys/x/rotate", {})).status]).toEqual([404, 404, 404]);
    expect(operatorDesk.calls).toEqual([]);
  });

  it("when origin is away keep the form, for the same operator", async () => {
    const { post, operatorDesk } = member();
    operatorDesk.issueKey = async () => Promise.reject(new Error("away"));
    const answer = await post(`/operator/keys?operator=${ACME}`, WISH);
    expect([answer.status, answer.fields, answer.html.includes(`action="/operator/keys?operator=${ACME}"`)]).toEqual([503, expect.objectContaining(WISH), true]);
  });

  it.each(["/operator/keys", `/operator/keys/${KEY_ID}/rotate`, `/operator/keys/${KEY_ID}/revoke`])("take a factor shown lately: %s", async (path) => {
    const { post, operatorDesk } = member();
    operatorDesk.refusal = { refusal: "proof-due" };
    const answer = await post(`${path}?operator=${ACME}`, WISH);
    const back = path === "/operator/keys" ? `/operator/keys?operator=${ACME}` : ONE;
    expect([answer.status, answer.headers.get("location")]).toEqual([303, `/account/prove?next=${encodeURIComponent(back)}`]);
  });
});
