import { describe, expect, it } from "vitest";
import type { Role } from "../../src/domains/authentication/capabilities.ts";
import * as desk from "../../src/domains/operators/desk/webhooks.ts";
import { insertDelivery } from "../../src/domains/operators/feed/endpoints/store.ts";
import type { EndpointsApi } from "../../src/domains/operators/feed/rpc.ts";
import { waitingRows } from "../../src/audit/store.ts";
import { systemActor } from "../../src/kernel/actor.ts";
import { MINUTE } from "../../src/kernel/clock.ts";
import { uuidv7 } from "../../src/kernel/ids.ts";
import { random } from "../../src/objects/shell.ts";
import { deskOf, signedInAs, visitorWith } from "../support/desk.ts";
import { endpointsApi } from "../support/feeds.ts";
import { testOffice } from "../support/office.ts";
import { holding, somebody } from "../support/people.ts";

const test = testOffice();
const [ACME, OTHER] = ["opacme0001", "opother001"];
const URL = "https://hooks.acme.co.ke/nser";
const ACTS = [desk.testWebhook, desk.replayWebhook, desk.rotateWebhookSecret, desk.turnWebhook, desk.removeWebhook];
const isNothing = { ok: false, refusal: "not-found" };

const echo = async (_: string, init: RequestInit): Promise<Response> => Response.json({ challenge: JSON.parse(init.body as string).data.challenge });
const id = () => uuidv7(Date.now(), random);

/** Somebody of an operator before feeds of their own, whose webhooks `receive`. */
async function deskAs(role: Role = "operator_admin", { operator = ACME as string | null, ago = 0, receive = echo } = {}) {
  const feeds = new Map([ACME, OTHER].map((each) => [each, endpointsApi(each, Date.now, receive)]));
  const parts: desk.WebhookDeskParts = { ...deskOf(test.office), feed: (of) => feeds.get(of)! };
  const { userId } = await somebody(test.office, holding(role, operator));
  const asked = { visitor: await signedInAs(test.office, userId, Date.now() - ago), operator };
  const feed = feeds.get(ACME)!;
  const wish = (over: object = {}) => ({ ...asked, formId: id(), url: URL, description: "Tills", ...over });
  return { parts, asked, wish, feed, userId, noted: () => waitingRows(feed.database, 100) };
}

/** The same with a webhook. */
async function deskWith(...whom: Parameters<typeof deskAs>) {
  const known = await deskAs(...whom);
  const made = await known.feed.registerEndpoint({ commandId: "c", fingerprint: "f", url: URL, description: "Tills", actor: systemActor("test") });
  if (!made.ok) throw new Error(made.refusal);
  const { id: webhookId, version } = made.endpoint;
  return { ...known, secret: made.secret, webhookId, on: (over: object = {}) => ({ ...known.asked, webhookId, formId: id(), from: "1", overlapHours: "24", state: "disabled", version: String(version), ...over }) };
}

describe("an operator's webhooks at its desk", () => {
  it("are seen by its people; another's are nothing", async () => {
    const { parts, asked, webhookId } = await deskWith("operator_user");
    expect(await desk.webhooks(parts, asked)).toMatchObject({ ok: true, webhooks: [{ id: webhookId, url: URL, cursor: 0, head: 0 }], may: { change: false } });
    expect(await desk.webhook(parts, { ...asked, webhookId })).toMatchObject({ ok: true, webhook: { id: webhookId }, deliveries: [], older: null, may: { change: false } });
    for (const strange of [id(), "", 7, "x".repeat(64)]) expect(await desk.webhook(parts, { ...asked, webhookId: strange })).toEqual(isNothing);
    for (const verb of [desk.webhooks, desk.webhook, desk.registerWebhook, ...ACTS]) expect(await verb(parts, { ...asked, operator: OTHER, webhookId })).toEqual(isNothing);
  });

  it("are added once for one form, under the visitor's name, with the secret told there alone", async () => {
    const { parts, asked, wish, noted, userId } = await deskAs();
    const form = wish();
    const made = await desk.registerWebhook(parts, form);
    expect(made).toMatchObject({ ok: true, webhook: { url: URL, description: "Tills" }, secret: expect.stringMatching(/^whsec_/) });
    expect(await desk.registerWebhook(parts, form)).toEqual(made);
    expect(await desk.registerWebhook(parts, { ...form, url: `${URL}/2` })).toEqual({ ok: false, refusal: "command-reused" });
    expect(await desk.registerWebhook(parts, wish({ url: ` ${URL}/3 `, description: " " }))).toMatchObject({ ok: true, webhook: { url: `${URL}/3`, description: `${URL}/3` } });
    expect(JSON.stringify(await desk.webhooks(parts, asked))).not.toContain("whsec_");
    expect(noted()).toMatchObject([1, 2].map(() => ({ action: "webhook.registered", actor: { kind: "user", id: userId, reason: "webhooks:write" } })));
  });

  it.each([
    ["a name that is too long", { description: "x".repeat(201) }, { refusal: "description-unfit" }], ["two lines", { description: "a\u0000b" }, { refusal: "description-unfit" }], ["half a letter", { description: "\ud800" }, { refusal: "description-unfit" }],
    ["no form", { formId: "x" }, { refusal: "choice-missing" }], ["no text", { url: 7 }, { refusal: "choice-missing" }], ["nothing", { url: "", description: "" }, { refusal: "address", fault: "unreadable" }],
    ["our own", { url: "https://nser.example.go.ke/" }, { refusal: "address", fault: "own" }], ["another scheme", { url: "http://acme.co.ke/" }, { refusal: "address", fault: "not-https" }],
    ["a number", { url: "https://10.0.0.1/", description: "" }, { refusal: "address", fault: "number" }], ["what is long", { url: `${URL}/${"x".repeat(5_000)}`, description: "" }, { refusal: "address", fault: "too-long" }],
  ])("are refused for %s", async (_, over, refusal) => {
    const { parts, asked, wish } = await deskAs();
    expect(await desk.registerWebhook(parts, wish(over))).toMatchObject({ ok: false, ...refusal });
    expect(await desk.webhooks(parts, asked)).toMatchObject({ webhooks: [] });
  });

  it("are refused where the challenge is not answered, and taken by the same form once it is", async () => {
    const answers = [new Response("no", { status: 404 })];
    const { parts, wish } = await deskAs("operator_admin", { receive: async (...message) => answers.shift() ?? echo(...message) });
    const form = wish();
    expect(await desk.registerWebhook(parts, form)).toEqual({ ok: false, refusal: "unproven", outcome: "refused", status: 404 });
    expect(await desk.registerWebhook(parts, form)).toMatchObject({ ok: true });
  });

  it("are tested, and what became of it is the newest of a log of pages of 50", async () => {
    const { parts, asked, webhookId, on, feed } = await deskWith();
    const sent = { endpoint: webhookId, what: "events", webhookId: "m", first: 1, last: 1, at: 1, durationMs: 1, outcome: "received", status: 200, excerpt: null } as const;
    for (let count = 0; count < 50; count++) insertDelivery(feed.database, sent);
    expect(await desk.webhook(parts, { ...asked, webhookId })).toMatchObject({ deliveries: { length: 50 }, older: null });
    expect(await desk.testWebhook(parts, on())).toEqual({ ok: true });
    const seen = await desk.webhook(parts, { ...asked, webhookId });
    expect(seen).toMatchObject({ ok: true, older: 2, deliveries: { length: 50, 0: { id: 51, what: "test", outcome: "received" } } });
    expect(await desk.webhook(parts, { ...asked, webhookId, before: "2" })).toMatchObject({ older: null, deliveries: [{ id: 1 }] });
    for (const before of ["0", "x", "-1", "1e400"]) expect(await desk.webhook(parts, { ...asked, webhookId, before })).toEqual(isNothing);
  });

  it("are sent events again from a number that is kept", async () => {
    const { parts, on, noted } = await deskWith();
    for (const from of ["", "x", "0", "-1", "1.5", "2", "9".repeat(40)]) expect(await desk.replayWebhook(parts, on({ from }))).toEqual({ ok: false, refusal: "beyond-kept" });
    expect(await desk.replayWebhook(parts, on())).toEqual({ ok: true });
    expect(noted().map(({ action }) => action)).toEqual(["webhook.registered", "webhook.replayed"]);
  });

  it("are given another secret once for one form, with the overlap that was chosen", async () => {
    const { parts, on, secret } = await deskWith();
    const form = on({ overlapHours: "168" });
    const turned = await desk.rotateWebhookSecret(parts, form);
    expect(turned).toMatchObject({ ok: true, webhook: { version: 2, oldSecretUntil: expect.any(Number) }, secret: expect.not.stringMatching(secret.slice(6, 20)) });
    expect(await desk.rotateWebhookSecret(parts, form)).toMatchObject({ ok: true, secret: (turned as { secret: string }).secret });
    expect(await desk.rotateWebhookSecret(parts, { ...form, overlapHours: "1" })).toEqual({ ok: false, refusal: "command-reused" });
    for (const over of [{ overlapHours: "720" }, { overlapHours: "" }, { formId: "" }]) expect(await desk.rotateWebhookSecret(parts, on(over))).toEqual({ ok: false, refusal: "choice-missing" });
  });

  it("are disabled and enabled as they were seen, and removed", async () => {
    const { parts, asked, on, webhookId } = await deskWith();
    expect(await desk.turnWebhook(parts, on({ state: "gone" }))).toEqual({ ok: false, refusal: "choice-missing" });
    const both = await Promise.all([desk.turnWebhook(parts, on()), desk.turnWebhook(parts, on())]);
    expect(both.toSorted((a, b) => Number(b.ok) - Number(a.ok))).toEqual([{ ok: true }, { ok: false, refusal: "changed-meanwhile" }]);
    expect(await desk.replayWebhook(parts, on())).toEqual({ ok: false, refusal: "not-active" });
    expect(await desk.turnWebhook(parts, on({ state: "active", version: "2" }))).toEqual({ ok: true });
    expect(await desk.removeWebhook(parts, on())).toEqual({ ok: true });
    expect(await desk.webhook(parts, { ...asked, webhookId })).toEqual(isNothing);
    for (const act of ACTS) expect(await act(parts, on())).toEqual(isNothing);
  });

  it("are acted on by the operator's administrators alone, with a factor shown lately", async () => {
    for (const [{ parts, wish, on, feed, webhookId }, refusal] of [[await deskWith("operator_user"), "not-found"], [await deskWith("operator_admin", { ago: 6 * MINUTE }), "proof-due"]] as const) {
      for (const answer of [await desk.registerWebhook(parts, wish()), ...(await Promise.all(ACTS.map((act) => act(parts, on()))))]) expect(answer).toEqual({ ok: false, refusal });
      expect(await feed.endpoints()).toMatchObject([{ id: webhookId, version: 1, state: "active" }]);
    }
    for (const role of ["super_admin", "grak_admin", "grak_officer", "citizen"] as const) {
      const { parts, asked, on } = await deskWith(role, { operator: null });
      for (const verb of [desk.webhooks, desk.webhook, ...ACTS]) expect(await verb(parts, { ...on(), ...asked, operator: ACME })).toEqual(isNothing);
    }
    const { parts } = await deskAs();
    for (const unread of [null, {}, { visitor: visitorWith(null), operator: ACME }]) expect(await desk.webhooks(parts, unread)).toEqual({ ok: false, refusal: "signed-out" });
  });

  it("are no fault of the form when the feed is away: it is sent again", async () => {
    const { parts, wish, feed } = await deskAs();
    const form = wish();
    const away: EndpointsApi = { ...feed, registerEndpoint: async (command) => (await feed.registerEndpoint(command), Promise.reject(new Error("away"))) };
    await expect(desk.registerWebhook({ ...parts, feed: () => away }, form)).rejects.toThrow("away");
    expect(await desk.registerWebhook(parts, form)).toMatchObject({ ok: true });
    expect(await feed.endpoints()).toHaveLength(1);
  });
});
