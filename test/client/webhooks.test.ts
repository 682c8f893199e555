import { describe, expect, it } from "vitest";
import { signWebhook, verifyWebhook, WebhookError, WebhookReceiver, type WebhookMessage } from "../../src/client/index.ts";

const SECRET = `whsec_${Buffer.from("a secret of a webhook for tests!").toString("base64")}`;
const OTHER = `whsec_${Buffer.from("another secret of the same size!").toString("base64")}`;
const NOW = Date.parse("2026-11-24T08:00:00Z");
const EVENT = { sequence: 7, id: "e7", type: "exclusion.started", at: "2026-11-24T07:59:59Z", tokens: ["BST-1"] };
const EVENTS = JSON.stringify({ type: "nser.events", timestamp: "2026-11-24T08:00:00Z", data: { operator: "kenbet", events: [EVENT] } });

interface Sent {
  body?: string;
  secret?: string;
  at?: number;
  id?: string;
  change?: (headers: Record<string, string>) => Record<string, string>;
}

async function message({ body = EVENTS, secret = SECRET, at = NOW, id = "kenbet.1.7-7", change = (headers) => headers }: Sent = {}): Promise<Request> {
  const headers = change(await signWebhook(secret, { id, at, body }));
  return new Request("https://operator.test/nser", { method: "POST", body, headers });
}

/** A receiver, and what it took. */
function receiving(options: Partial<ConstructorParameters<typeof WebhookReceiver>[0]> = {}) {
  const taken: WebhookMessage[] = [];
  const receiver = new WebhookReceiver({ secrets: [SECRET], now: () => NOW, ...options });
  const receive = async (sent?: Sent, take: (said: WebhookMessage) => Promise<void> = async (said) => void taken.push(said)) => receiver.receive(await message(sent), take);
  return { receive, taken };
}

describe("a webhook", () => {
  it("is signed as Standard Webhooks' own example is", async () => {
    const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const [id, at, body] = ["msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330_000, '{"test": 2432232314}'];
    expect(await signWebhook(secret, { id, at, body })).toEqual({
      "webhook-id": id, "webhook-timestamp": "1614265330", "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    });
  });

  it("of now, that the register signed, is taken", async () => {
    const { receive, taken } = receiving();
    expect((await receive()).status).toBe(204);
    expect(taken).toEqual([JSON.parse(EVENTS)]);
  });

  it.each<[string, Sent]>([
    ["another's signature", { secret: OTHER }],
    ["a signature of another body", { change: (headers) => ({ ...headers, "webhook-id": "kenbet.1.8-8" }) }],
    ["another time than was signed", { change: (headers) => ({ ...headers, "webhook-timestamp": String(NOW / 1_000 - 1) }) }],
    ["no signature", { change: (headers) => ({ ...headers, "webhook-signature": "" }) }],
    ["another version's signature alone", { change: (headers) => ({ ...headers, "webhook-signature": headers["webhook-signature"]!.replace("v1", "v1a") }) }],
    ["half a signature", { change: (headers) => ({ ...headers, "webhook-signature": headers["webhook-signature"]!.slice(0, 20) }) }],
    ["no id", { change: (headers) => ({ ...headers, "webhook-id": "" }) }],
    ["no time", { change: (headers) => ({ ...headers, "webhook-timestamp": "now" }) }],
    ["a time six minutes ago", { at: NOW - 360_000 }],
    ["a time six minutes from now", { at: NOW + 360_000 }],
    ["no JSON", { body: "<html>" }],
    ["no type", { body: "{}" }],
    ["events that are none", { body: EVENTS.replace("[\"BST-1\"]", "null") }],
    ["a body beyond every size", { body: EVENTS + " ".repeat(1_000_000) }],
  ])("with %s is refused", async (_, sent) => {
    const { receive, taken } = receiving();
    expect((await receive(sent)).status).toBe(400);
    expect(taken).toEqual([]);
  });

  it("is believed by any of its signatures and any of the secrets, while one is replaced", async () => {
    const { receive, taken } = receiving({ secrets: [OTHER, SECRET] });
    const foreign = await signWebhook(`whsec_${Buffer.alloc(32).toString("base64")}`, { id: "kenbet.1.7-7", at: NOW, body: EVENTS });
    expect((await receive({ change: (headers) => ({ ...headers, "webhook-signature": `v2,x ${foreign["webhook-signature"]} ${headers["webhook-signature"]}` }) })).status).toBe(204);
    expect(taken).toHaveLength(1);
  });

  it("that comes again is answered alike and taken once, at once or later, and taken again when it could not be", async () => {
    const { receive, taken } = receiving();
    expect((await receive({}, async () => Promise.reject(new Error("the database is gone")))).status).toBe(500);
    expect((await Promise.all([receive(), receive()])).map(({ status }) => status)).toEqual([204, 204]);
    expect((await receive({ at: NOW + 60_000 })).status).toBe(204);
    expect(taken).toHaveLength(1);
    expect((await receive({ id: "kenbet.1.8-8" })).status).toBe(204);
    expect(taken).toHaveLength(2);
  });

  it("that asks whose the address is gets its challenge back", async () => {
    const { receive, taken } = receiving();
    const answer = await receive({ body: JSON.stringify({ type: "nser.challenge", timestamp: "x", data: { challenge: "c" } }) });
    expect([answer.status, await answer.json()]).toEqual([200, { challenge: "c" }]);
    expect(taken).toEqual([]);
  });

  it("is not read with a secret that is none", async () => {
    const headers = await signWebhook(SECRET, { id: "a", at: NOW, body: "b" });
    const get = { get: (name: string) => headers[name] ?? null };
    for (const secret of ["", "whsec_", "whsec_c2hvcnQ=", SECRET.slice(6)]) await expect(verifyWebhook(get, "b", { secrets: [secret], now: () => NOW })).rejects.toThrow(RangeError);
    await expect(verifyWebhook(get, "b", { secrets: [], now: () => NOW })).rejects.toThrow(WebhookError);
    expect(await verifyWebhook(get, "b", { secrets: [SECRET], now: () => NOW })).toBe("a");
  });
});
