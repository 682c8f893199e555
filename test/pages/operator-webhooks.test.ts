import { describe, expect, it } from "vitest";
import { textOf } from "../../src/cli/browser.ts";
import { visitor } from "./browser.ts";
import { NOW } from "./citizens.ts";
import { ACME, DELIVERY, WEBHOOK, WEBHOOK_SECRET } from "./operator-desk.ts";

const ALL = `/operator/webhooks?operator=${ACME}`;
const HERE = `/operator/webhooks/${WEBHOOK.id}`;
const ONE = `${HERE}?operator=${ACME}`;
const WISH = { formId: WEBHOOK.id, url: "https://hooks.acme.co.ke/nser", description: "Tills" };
const ACTS = ["test", "replay", "rotate", "turn", "remove"];

/** A browser that holds somebody's session. */
function member() {
  const visit = visitor();
  visit.cookies.set("__Host-session", "a-session");
  return visit;
}

describe("the page of an operator's webhooks", () => {
  it("shows each with its address, its state and how far it was told, and never a secret", async () => {
    const { get, operatorDesk } = member();
    operatorDesk.told = [
      WEBHOOK, { ...WEBHOOK, failures: 12, escalatedAt: NOW }, { ...WEBHOOK, failures: 2 }, { ...WEBHOOK, state: "disabled", disabledWhy: "asked" },
      { ...WEBHOOK, state: "disabled", disabledWhy: "gone", description: WEBHOOK.url },
    ];
    const { html } = await get(ALL);
    expect(operatorDesk.asked("webhooks")).toMatchObject([{ operator: ACME, visitor: { session: "a-session" } }]);
    for (const part of ["Till <i>& co</i>", WEBHOOK.url, "Active", "up to 41 of 42", "Failing since", "The last 2 attempts failed", "Disabled", "it is gone"]) expect(textOf(html)).toContain(part);
    expect(html).toContain(`href="${ONE}"`);
    expect(html).toContain(`action="${ALL}"`);
    expect(html).not.toMatch(/<i>|whsec_/);
  });

  it("adds one by a form, and shows its secret once", async () => {
    const { post, operatorDesk, logged } = member();
    const made = await post(ALL, WISH);
    expect(operatorDesk.asked("registerWebhook")).toMatchObject([{ operator: ACME, ...WISH }]);
    expect([made.status, made.html.split(WEBHOOK_SECRET).length, made.headers.get("cache-control")]).toEqual([200, 2, "no-store"]);
    expect(logged.join()).not.toContain(WEBHOOK_SECRET);
  });

  it.each([
    [{ refusal: "address", fault: "private", detail: "" }, "url", 422, "only a private network knows"], [{ refusal: "address", fault: "not-https", detail: "" }, "url", 422, "must begin with https://"],
    [{ refusal: "unproven", outcome: "wrong-answer", status: 200 }, "url", 422, "did not answer the challenge: Answered something else (200)."],
    [{ refusal: "unproven", outcome: "unreachable", status: null }, "url", 422, "Could not be reached."], [{ refusal: "description-unfit" }, "description", 422, "at most 200"],
    [{ refusal: "too-many" }, null, 409, "five already"], [{ refusal: "command-reused" }, null, 409, "used already"], [{ refusal: "choice-missing" }, null, 422, "missing"],
  ] as const)("says what is wrong where it was typed: %o", async (refusal, field, status, words) => {
    const { post, operatorDesk } = member();
    operatorDesk.refusal = refusal;
    const answer = await post(ALL, WISH);
    expect([answer.status, answer.fields.url, answer.fields.description, answer.html.includes(`id="${field}-wrong"`), answer.html.includes("whsec_")]).toEqual([status, WISH.url, WISH.description, field !== null, false]);
    expect(textOf(answer.html)).toContain(words);
  });

  it("keeps the form, for the same operator, when origin is away", async () => {
    const { post, operatorDesk } = member();
    operatorDesk.registerWebhook = async () => Promise.reject(new Error("away"));
    const answer = await post(ALL, WISH);
    expect([answer.status, answer.fields, answer.html.includes(`action="${ALL}"`)]).toEqual([503, expect.objectContaining(WISH), true]);
  });

  it("is not sent from elsewhere", async () => {
    const { post, operatorDesk } = member();
    const answer = await post(ALL, WISH, { origin: "https://elsewhere.test", "sec-fetch-site": "cross-site" });
    expect([answer.status, operatorDesk.calls]).toEqual([403, []]);
  });
});

describe("the page of one webhook", () => {
  it("shows how it stands, and what was sent there: a page, and where the older ones are", async () => {
    const { get, operatorDesk } = member();
    operatorDesk.log = [DELIVERY, { ...DELIVERY, last: 40 }, { ...DELIVERY, what: "test", first: null, last: null, outcome: "refused", status: 500, excerpt: "<b>no</b>" }, { ...DELIVERY, what: "challenge", outcome: "late", status: null }];
    operatorDesk.older = 17;
    const { html } = await get(`${ONE}&before=90`);
    expect(operatorDesk.asked("webhook")).toMatchObject([{ operator: ACME, webhookId: WEBHOOK.id, before: "90" }]);
    for (const part of ["41 of 42", "Events 40 to 41", "Received (204)", "Event 40", "Test event", "Refused (500)", "<b>no</b>", "Challenge", "No answer in time"]) expect(textOf(html)).toContain(part);
    expect(html).toContain(`href="${ONE.replace("&", "&amp;")}&amp;before=17#log"`);
    expect(html).not.toMatch(/<b>no|whsec_/);
    operatorDesk.older = null;
    expect((await get(HERE)).html).not.toContain("before=");
    operatorDesk.older = 17;
    expect((await get(HERE)).html).toContain(`href="${HERE}?before=17#log"`);
  });

  it("acts for the operator of the address, and leads back", async () => {
    const { get, post, operatorDesk } = member();
    const { html, fields } = await get(ONE);
    for (const act of ACTS) expect(html).toContain(`action="${HERE}/${act}?operator=${ACME}"`);
    const act = async (name: string, more: Record<string, string> = {}) => {
      const { status, headers } = await post(`${HERE}/${name}?operator=${ACME}`, { ...fields, ...more });
      return [status, headers.get("location")];
    };
    expect([await act("test"), operatorDesk.asked("testWebhook")]).toEqual([[303, `${ONE}#log`], [expect.objectContaining({ operator: ACME, webhookId: WEBHOOK.id })]]);
    expect([await act("replay", { from: "٣٩" }), operatorDesk.asked("replayWebhook")]).toEqual([[303, ONE], [expect.objectContaining({ operator: ACME, from: "39" })]]);
    expect([await act("turn"), operatorDesk.asked("turnWebhook")]).toEqual([[303, ONE], [expect.objectContaining({ operator: ACME, state: "disabled", version: "3" })]]);
    expect([await act("remove"), operatorDesk.asked("removeWebhook")]).toEqual([[303, ALL], [expect.objectContaining({ operator: ACME, webhookId: WEBHOOK.id })]]);
  });

  it("gives another secret, shown once", async () => {
    const { get, post, operatorDesk } = member();
    const { fields } = await get(ONE);
    const made = await post(`${HERE}/rotate?operator=${ACME}`, { ...fields, overlapHours: "168" });
    expect([made.status, made.html.split(WEBHOOK_SECRET).length]).toEqual([200, 2]);
    expect(operatorDesk.asked("rotateWebhookSecret")).toMatchObject([{ operator: ACME, webhookId: WEBHOOK.id, formId: fields.formId, overlapHours: "168" }]);
  });

  it.each([["replay", "beyond-kept", 422, "a number that is kept"], ["replay", "not-active", 409, "Enable it first"], ["turn", "changed-meanwhile", 409, "changed meanwhile"], ["rotate", "choice-missing", 422, "missing"]] as const)(
    "says what was refused: %s, %s", async (act, refusal, status, words) => {
      const { post, operatorDesk } = member();
      operatorDesk.refusal = { refusal };
      const answer = await post(`${HERE}/${act}`, { from: "1000000" });
      expect([answer.status, answer.html.includes('id="from-wrong"'), answer.fields.from]).toEqual([status, refusal === "beyond-kept", "1000000"]);
      expect(textOf(answer.html)).toContain(words);
    },
  );

  it("is changed by nobody who may not; what is disabled is enabled, and sends nothing again", async () => {
    const { get, operatorDesk } = member();
    operatorDesk.may = { change: false };
    for (const path of [ALL, ONE]) expect((await get(path)).html).not.toContain('method="post"');
    operatorDesk.may = { change: true };
    operatorDesk.told = [{ ...WEBHOOK, state: "disabled", disabledWhy: "asked" }];
    const { html, fields } = await get(ONE);
    expect([html.includes("/replay"), fields.state]).toEqual([false, "active"]);
  });

  it("of no address that is none is asked for", async () => {
    const { get, post, operatorDesk } = member();
    const statuses = [(await get("/operator/webhooks/x")).status];
    for (const act of ACTS) statuses.push((await post(`/operator/webhooks/x/${act}`, {})).status);
    expect([statuses, operatorDesk.calls]).toEqual([Array(6).fill(404), []]);
  });

  it.each([["/operator/webhooks", ALL] as const, ...ACTS.map((act) => [`${HERE}/${act}`, ONE] as const)])("takes a factor shown lately: %s", async (path, back) => {
    const { post, operatorDesk } = member();
    operatorDesk.refusal = { refusal: "proof-due" };
    const answer = await post(`${path}?operator=${ACME}`, WISH);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, `/account/prove?next=${encodeURIComponent(back)}`]);
  });

  it.each([["signed-out", 303], ["not-found", 404], ["too-many-calls", 429]] as const)("shows nothing to who may not see it: %s", async (refusal, status) => {
    for (const path of [ALL, ONE]) {
      const { get, operatorDesk } = member();
      operatorDesk.refusal = { refusal };
      const answer = await get(path);
      expect([answer.status, answer.html.includes("hooks.acme")]).toEqual([status, false]);
    }
  });
});
