import { beforeAll, describe, expect, it } from "vitest";
import { formatToken, parseToken } from "../../src/bst/text.ts";
import { conforms } from "../support/conforms.ts";
import { wholeSystem } from "../support/system.ts";

const whole = wholeSystem();
let document: Record<string, unknown>;
let token: string;

beforeAll(async () => {
  document = (await (await fetch(`${whole.system.url}/openapi.json`)).json()) as typeof document;
  token = await whole.server.tokenize("0712345678");
});

/** Sends a check, holds the answer against the served document, and answers its status and the problem's code or decision. */
async function send(body: BodyInit | null, headers: Record<string, string> = {}): Promise<[number, string]> {
  const response = await fetch(`${whole.system.url}/v1/checks`, {
    method: "POST",
    headers: { "authorization": `Bearer ${whole.access.apiKey}`, "content-type": "application/json", ...headers },
    body,
    ...(body instanceof ReadableStream && { duplex: "half" }),
  } as RequestInit);
  const parsed = await conforms(document, "post", "/v1/checks", response);
  return [response.status, parsed.decision ?? parsed.type.replace("/problems/", "")];
}

const ask = (body: unknown, headers?: Record<string, string>) => send(JSON.stringify(body), headers);
const login = (over: object) => ({ token, purpose: "login", ...over });

describe("a check that is right", () => {
  it.each(["registration", "login", "deposit", "bet", "marketing", "payout"])("for %s is answered", async (purpose) => {
    expect(await ask(login({ purpose }))).toEqual([200, "clear"]);
  });

  it("takes up to eight tokens and a charset", async () => {
    const headers = { "content-type": "application/json; charset=utf-8" };
    expect(await ask({ tokens: Array(8).fill(token), purpose: "bet" }, headers)).toEqual([200, "clear"]);
  });

  it("may call itself what it likes", async () => {
    expect(await ask(login({}), { "content-type": "text/plain" })).toEqual([200, "clear"]);
  });

  it("takes a token in lower case, and whatever separates it", async () => {
    for (const text of [token.toLowerCase(), token.replaceAll("-", " "), ` ${token.replaceAll("-", "")}\n`, token.replaceAll("-", "\u2013")]) {
      expect(await ask(login({ token: text }))).toEqual([200, "clear"]);
    }
  });
});

describe("a check that is wrong is a problem, never a decision", () => {
  it.each<[string, unknown]>([
    ["null", null],
    ["an array", []],
    ["a number", 7],
    ["no token", { purpose: "login" }],
    ["no purpose", { token: "x" }],
    ["token and tokens", { token: "x", tokens: ["x"], purpose: "login" }],
    ["tokens not an array", { tokens: "x", purpose: "login" }],
    ["no tokens", { tokens: [], purpose: "login" }],
    ["nine tokens", { tokens: Array(9).fill("x"), purpose: "login" }],
    ["a token that is a number", { token: 7, purpose: "login" }],
    ["a token that is an object", { token: { toString: "x" }, purpose: "login" }],
    ["an unknown purpose", { token: "x", purpose: "curiosity" }],
    ["a purpose of the prototype", { token: "x", purpose: "constructor" }],
  ])("%s", async (_, body) => {
    expect(await ask(body)).toEqual([422, "field-invalid"]);
  });

  it.each(["", "{", "{'token':1}", "undefined", "\u0000", "{\"token\":\"x\"", "<xml/>"])("malformed JSON %j", async (body) => {
    expect(await send(body)).toEqual([400, "body-malformed"]);
  });

  it.each(["text/plain", "application/jsonp", ""])("a body that is no check and by its own word no JSON: %s", async (type) => {
    for (const body of ["", "token=x&purpose=login", JSON.stringify(login({ purpose: "curiosity" }))]) {
      expect(await send(body, { "content-type": type })).toEqual([415, "content-type-unsupported"]);
    }
  });

  it("a huge body, announced or streamed", async () => {
    expect(await ask(login({ padding: "x".repeat(200_000) }))).toEqual([413, "body-too-large"]);
    let chunks = 20;
    const streamed = new ReadableStream({
      pull: (controller) => (chunks-- > 0 ? controller.enqueue(new Uint8Array(10_000).fill(32)) : controller.close()),
    });
    expect(await send(streamed)).toEqual([413, "body-too-large"]);
  });

  it("a body far too large is cut off", async () => {
    let chunks = 500;
    const large = new ReadableStream({
      pull: async (controller) => {
        // A turn of the event loop for each chunk, or the answer could not come in between.
        await new Promise((resolve) => setImmediate(resolve));
        if (chunks-- > 0) controller.enqueue(new Uint8Array(65_536).fill(32));
        else controller.close();
      },
    });
    expect(await send(large).catch(() => "cut off")).toSatisfy((answer) => ["cut off", "413,body-too-large"].includes(String(answer)));
  });

  it.each([
    ["mistyped", (text: string) => text.slice(0, 20) + (text[20] === "Q" ? "P" : "Q") + text.slice(21)],
    ["cut short", (text: string) => text.slice(0, -1)],
    ["with a dot", (text: string) => `${text}.`],
    ["in mixed case", (text: string) => text.replace("BST", "bst")],
    ["forged, with a right checksum", (text: string) => formatToken({ ...parseToken(text)!, body: new Uint8Array(32).fill(7) })],
    ["of another kind, with a right checksum", (text: string) => formatToken({ ...parseToken(text)!, kind: "passport" })],
    ["of an epoch there is not", (text: string) => formatToken({ ...parseToken(text)!, epoch: 5 })],
    ["of a generation it was not sealed in", (text: string) => formatToken({ ...parseToken(text)!, generation: 1 })],
  ])("a token %s", async (_, damage) => {
    expect(await ask(login({ token: damage(token) }))).toEqual([422, "token-invalid"]);
    expect(await ask({ tokens: [token, damage(token)], purpose: "login" })).toEqual([422, "token-invalid"]);
  });

  it("a token that was mistyped is told where; a forged one and a foreign one are told alike", async () => {
    const details = async (tokens: string[]) => {
      const response = await fetch(`${whole.system.url}/v1/checks`, {
        method: "POST", headers: { authorization: `Bearer ${whole.access.apiKey}`, "content-type": "application/json" }, body: JSON.stringify({ tokens, purpose: "login" }),
      });
      return ((await response.json()) as { errors: object[] }).errors;
    };
    const mistyped = token.slice(0, 20) + (token[20] === "Q" ? "P" : "Q") + token.slice(21);
    expect(await details([token, mistyped])).toEqual([{ pointer: "/tokens/1", detail: "looks mistyped at place 21" }]);
    expect(await details([token.slice(0, 60)])).toMatchObject([{ detail: "is cut short: 7 characters are missing" }]);
    const [forged, foreign] = [{ body: new Uint8Array(32).fill(7) }, { generation: 1 }].map((over) => formatToken({ ...parseToken(token)!, ...over }));
    expect(await details([forged!])).toEqual(await details([foreign!]));
  });

  it.each([
    ["no key", ""],
    ["another scheme", "Basic abc"],
    ["a key of nobody", "Bearer sk_live_aaaaaaaaaa_0123456789abcdef0123456789abcdef"],
    ["nonsense", "Bearer \u00ff"],
  ])("%s is 401 before anything is said about the token", async (_, authorization) => {
    expect(await ask(login({}), { authorization })).toEqual([401, "unauthenticated"]);
    expect(await ask(login({ token: "nonsense" }), { authorization })).toEqual([401, "unauthenticated"]);
  });

  it("another method", async () => {
    const response = await fetch(`${whole.system.url}/v1/checks`);
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
    expect(await response.json()).toMatchObject({ type: "/problems/method-not-allowed" });
  });

  it("a path there is not", async () => {
    const response = await fetch(`${whole.system.url}/v1/checks/nothing`, { method: "POST" });
    expect([response.status, response.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
  });
});

describe("a revoked key", () => {
  it("stops within the bound", async () => {
    const { system, access, server } = whole;
    const admin = { "authorization": `Bearer ${await system.administrator()}`, "idempotency-key": "second", "content-type": "application/json" };
    const issued = await fetch(`${system.url}/v1/operators/${access.id}/keys`, { method: "POST", headers: admin, body: "{}" });
    const { keyId, key } = (await issued.json()) as { keyId: string; key: string };
    const authorization = `Bearer ${key}`;
    await expect.poll(() => ask(login({}), { authorization }), { timeout: 5_000 }).toEqual([200, "clear"]);
    await fetch(`${system.url}/v1/operators/${access.id}/keys/${keyId}`, { method: "DELETE", headers: admin });
    await expect.poll(() => ask(login({}), { authorization }), { timeout: 5_000, interval: 50 }).toEqual([401, "unauthenticated"]);
    expect((await server.check(token)).word).toBe("clear");
  });
});

it("no check above left an error in the log", () => {
  expect(whole.alarms).toEqual([]);
});
