import { readFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { beforeAll, describe, expect, it } from "vitest";
import { ACCEPT_SIGNATURE, publishedKeys, RegisterClient, verifyAnswer } from "../../src/client/index.ts";
import { digestOf } from "../../src/client/verify.ts";
import { Citizen, OperatorServer } from "../../src/cli/doors.ts";
import { TEST_PERSONS } from "../../src/bst/test-persons.ts";
import { conforms } from "../support/conforms.ts";
import { wholeSystem } from "../support/system.ts";

const whole = wholeSystem();
let document: Record<string, unknown>;
let client: RegisterClient;
let [excluded, other] = ["", ""];

beforeAll(async () => {
  const { system, server, access } = whole;
  document = (await (await fetch(`${system.url}/openapi.json`)).json()) as typeof document;
  client = new RegisterClient({ url: system.url, key: access.apiKey, keys: publishedKeys(system.url) });
  [excluded, other] = [await server.tokenize("0712345678"), await server.tokenize("0799999999")] as [string, string];
  await new Citizen(system.url).exclude({ policy: "6m", phone: "0712345678" });
  await server.until(excluded, "excluded");
});

/** Posts to a path; the answer is held against the served document. */
async function post(path: string, body: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${whole.system.url}${path}`, {
    method: "POST",
    headers: { "authorization": `Bearer ${whole.access.apiKey}`, "content-type": "application/json", ...headers },
    body,
  });
  return { response, body: await conforms(document, "post", path.split("?")[0]!, response) };
}

const batch = (body: unknown, headers?: Record<string, string>) => post("/v1/checks/batch", JSON.stringify(body), headers);
const scrub = (body: string, query = "?purpose=marketing", headers: Record<string, string> = {}) =>
  post(`/v1/scrubs${query}`, body, { "content-type": "application/x-ndjson", ...headers });
const said = ({ response, body }: Awaited<ReturnType<typeof post>>) => [response.status, body.type?.replace("/problems/", "")];
const NOBODY = { authorization: "Bearer sk_live_aaaaaaaaaa_0123456789abcdef0123456789abcdef" };

describe("signed answers", () => {
  it("prove themselves to whoever holds the published keys", async () => {
    const keys = await publishedKeys(whole.system.url)();
    for (const [token, word] of [[excluded, "excluded"], [other, "clear"]] as const) {
      const result = await client.check(token, "login");
      if ("why" in result) throw new Error(result.why);
      expect(result.decision).toBe(word);
      const kept = JSON.parse(JSON.stringify(result.proof)) as NonNullable<typeof result.proof>;
      expect((await verifyAnswer(kept, keys)).created.getTime()).toBeGreaterThan(Date.now() - 60_000);
      await expect(verifyAnswer({ ...kept, answerBody: kept.answerBody.replace(word, "nonsense") }, keys)).rejects.toThrow("something else");
    }
  });

  it("are verified by the lines that docs/client.md shows", async () => {
    const code = /```ts\n(const digest[^`]*(?:`[^`]+)*?)```/.exec(readFileSync("docs/client.md", "utf8"))![1]!;
    const verify = new Function(
      "keys", "signatureInput", "signature", "status", "answerBody", "requestBody", "console", `return (async () => {${code}})()`,
    ) as (...given: unknown[]) => Promise<void>;
    const keys = await publishedKeys(whole.system.url)();
    const result = await client.check(other, "login");
    if ("why" in result) throw new Error(result.why);
    const { signatureInput, signature, status, answerBody, requestBody } = result.proof!;
    const said: unknown[] = [];
    for (const body of [answerBody, `${answerBody} `]) {
      await verify(keys, signatureInput, signature, status, body, requestBody, { log: (value: unknown) => said.push(value) });
    }
    expect(said).toEqual([true, false]);
  });

  it("are given to problems too, and to batches", async () => {
    const keys = await publishedKeys(whole.system.url)();
    const asked: [string, string, Record<string, string>, number][] = [
      ["/v1/checks", JSON.stringify({ token: "x", purpose: "login" }), {}, 422],
      ["/v1/checks", "{", {}, 400],
      ["/v1/checks", JSON.stringify({ token: excluded, purpose: "login" }), NOBODY, 401],
      ["/v1/checks/batch", JSON.stringify({ checks: [{ token: excluded, purpose: "login" }] }), {}, 200],
      ["/v1/checks/batch", JSON.stringify({ checks: [] }), {}, 422],
    ];
    for (const [path, body, headers, status] of asked) {
      const { response } = await post(path, body, { ...headers, "accept-signature": ACCEPT_SIGNATURE, "content-digest": await digestOf(body) });
      const [signatureInput, signature] = [response.headers.get("signature-input")!, response.headers.get("signature")!];
      const answer = { method: "POST", path, requestBody: body, status, answerBody: await response.text(), signatureInput, signature };
      expect((await verifyAnswer(answer, keys)).keyId).toBe(keys.keys[0]!.kid);
    }
  });

  it("are refused where the question's digest is missing, and for a stream", async () => {
    const signing = { "accept-signature": ACCEPT_SIGNATURE };
    expect(said(await post("/v1/checks", JSON.stringify({ token: other, purpose: "login" }), signing))).toEqual([400, "content-digest-invalid"]);
    expect(said(await scrub("{}\n", "", signing))).toEqual([400, "signature-unsupported"]);
  });

  it("keys are listed for everybody, and may be cached", async () => {
    const response = await fetch(`${whole.system.url}/.well-known/http-message-signatures-directory`);
    const { keys } = await conforms(document, "get", "/.well-known/http-message-signatures-directory", response);
    expect(keys).toHaveLength(1);
    expect(JSON.stringify(keys)).not.toContain('"d"');
    expect(response.headers.get("cache-control")).toBe("public, max-age=3600");
  });
});

describe("a batch", () => {
  it("answers good and bad in order", async () => {
    const { response, body } = await batch({ purpose: "login", checks: [{ token: other }, { token: excluded }, { token: "x" }, { tokens: [] }, 7] });
    expect(response.status).toBe(200);
    expect(body.answers.map((item: any) => item.decision ?? item.type)).toEqual([
      "clear", "excluded", "/problems/token-invalid", "/problems/field-invalid", "/problems/field-invalid",
    ]);
  });

  it("takes a thousand of eight tokens each, and no more", async () => {
    const checks = Array.from({ length: 1_000 }, () => ({ tokens: Array(8).fill(other) }));
    const { body } = await batch({ purpose: "login", checks });
    expect(body.answers.every(({ decision }: any) => decision === "clear")).toBe(true);
    expect(said(await batch({ purpose: "login", checks: [...checks, checks[0]] }))).toEqual([422, "field-invalid"]);
  });

  it.each<[string, string, Record<string, string>, [number, string]]>([
    ["no JSON", "{", {}, [400, "body-malformed"]],
    ["no batch", "[]", {}, [422, "field-invalid"]],
    ["too large", " ".repeat(1_048_577), {}, [413, "body-too-large"]],
    ["of another type", "{}", { "content-type": "text/plain" }, [415, "content-type-unsupported"]],
    ["of nobody", '{"checks":[7]}', NOBODY, [401, "unauthenticated"]],
    ["without a key", '{"checks":[7]}', { authorization: "" }, [401, "unauthenticated"]],
  ])("%s is a problem", async (_, body, headers, expected) => {
    expect(said(await post("/v1/checks/batch", body, headers))).toEqual(expected);
  });
});

describe("a scrub", () => {
  const LINES = 20_000;

  it("answers 20,000 lines in order, and its digest holds", async () => {
    const checks = Array.from({ length: LINES }, (_, n) => ({ tokens: n % 1_000 === 7 ? excluded : other }));
    const words: string[] = [];
    for await (const { place, result } of client.scrub(checks, "marketing")) words[place] = "decision" in result ? result.decision : result.why;
    expect(words).toEqual(checks.map(({ tokens }) => (tokens === excluded ? "excluded" : "clear")));
  });

  it("goes on from a line", async () => {
    const body = [other, excluded, other].map((token) => `${JSON.stringify({ token })}\n`).join("");
    const { response, body: lines } = await scrub(body, "?purpose=marketing&from=2");
    expect(lines).toMatchObject([{ line: 2, decision: "excluded" }, { line: 3, decision: "clear" }, { done: true, count: 2 }]);
    expect(response.headers.get("answer-id")).toBe(lines[2].answerId);
    const text = await response.text();
    expect(lines[2].digest).toBe(await digestOf(text.slice(0, text.lastIndexOf("\n", text.length - 2) + 1)));
  });

  it.each<[string, string, string, Record<string, string>, [number, string]]>([
    ["of another type", "", "", { "content-type": "application/json" }, [415, "content-type-unsupported"]],
    ["from no line", "", "?from=0", {}, [422, "field-invalid"]],
    ["for no purpose", "", "?purpose=curiosity", {}, [422, "field-invalid"]],
    ["of nobody", "{}\n", "", NOBODY, [401, "unauthenticated"]],
  ])("%s is a problem", async (_, body, query, headers, expected) => {
    expect(said(await scrub(body, query, headers))).toEqual(expected);
  });

  /** A scrub over a socket of its own, whose request and answer the test holds in its hands. */
  async function open(onLine: (line: any) => void = () => undefined) {
    const { hostname, port } = new URL(await whole.system.direct("edge"));
    const headers = { "authorization": `Bearer ${whole.access.apiKey}`, "content-type": "application/x-ndjson" };
    const sending = httpRequest({ hostname, port, method: "POST", path: "/v1/scrubs?purpose=marketing", headers });
    sending.on("error", () => undefined);
    const answer = new Promise<import("node:http").IncomingMessage>((resolve) => sending.on("response", resolve));
    const lines = async (): Promise<void> => {
      let text = "";
      for await (const piece of await answer) text += String(piece);
      for (const line of text.split("\n").slice(0, -1)) onLine(JSON.parse(line));
    };
    return { sending, answer, lines };
  }

  it("answers while it is still being sent", async () => {
    const { sending, answer } = await open();
    sending.write(`${JSON.stringify({ token: excluded })}\n`);
    const [first] = (await (await answer).take(1).toArray()) as Buffer[];
    expect(JSON.parse(String(first))).toMatchObject({ line: 1, decision: "excluded" });
    sending.destroy();
  });

  it("whose sending is cut has no last line", async () => {
    const seen: any[] = [];
    const { sending, lines } = await open((line) => seen.push(line));
    sending.write(`${JSON.stringify({ token: other })}\n{"token":"BST`);
    setTimeout(() => sending.destroy(), 300);
    await lines().catch(() => undefined);
    expect(seen.filter(({ done }) => done)).toEqual([]);
  });

  it("that nobody reads is not read either: nothing piles up in between", async () => {
    const { sending, answer } = await open();
    const piece = `${JSON.stringify({ token: other })}\n`.repeat(1_000);
    let sent = 0;
    const pump = (): void => {
      while (sent < 80_000_000) {
        sent += piece.length;
        if (!sending.write(piece)) return void sending.once("drain", pump);
      }
    };
    pump();
    const response = await answer;
    response.pause();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const stalledAt = sent;
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(sent).toBe(stalledAt);
    expect(sent).toBeLessThan(40_000_000);
    sending.destroy();
    expect(await client.check(other, "login")).toMatchObject({ decision: "clear" });
  });
});

describe("a test key", () => {
  const waits: Record<string, string | null> = { "indeterminate": "1", "rate-limited": "1" };
  let sandbox: { keyId: string; key: string };
  let tokens: Record<"msisdn" | "national_id", string[]>;
  const bearing = () => ({ authorization: `Bearer ${sandbox.key}` });
  const check = (body: object, headers: Record<string, string> = {}) => post("/v1/checks", JSON.stringify(body), { ...bearing(), ...headers });
  const administer = async (method: string, path: string, body?: object) =>
    fetch(`${whole.system.url}/v1/operators/${whole.access.id}/keys${path}`, {
      method, headers: { "authorization": `Bearer ${await whole.system.administrator()}`, "idempotency-key": crypto.randomUUID(), "content-type": "application/json" }, ...(body && { body: JSON.stringify(body) }),
    });

  beforeAll(async () => {
    sandbox = (await (await administer("POST", "", { mode: "test" })).json()) as typeof sandbox;
    const server = new OperatorServer(whole.system.url, sandbox.key);
    const all = (kind: "msisdn" | "national_id") => Promise.all(TEST_PERSONS.map(({ identifiers }) => server.tokenize(identifiers[kind]!, kind)));
    tokens = { msisdn: await all("msisdn"), national_id: await all("national_id") };
    await server.until(tokens.msisdn[0]!, "clear");
  });

  it("is answered from the table of test persons, one by one, in a batch, in a scrub and signed", async () => {
    const expected = TEST_PERSONS.map(({ answer }) => (["clear", "excluded"].includes(answer) ? answer : `/problems/${answer}`));
    for (const kind of ["msisdn", "national_id"] as const) {
      const answers = await Promise.all(tokens[kind].map((token) => check({ tokens: [token, tokens.msisdn[0]], purpose: "login" })));
      expect(answers.map(({ body }) => body.decision ?? body.type)).toEqual(expected);
      expect(answers.map(({ response }) => response.headers.get("retry-after"))).toEqual(TEST_PERSONS.map(({ answer }) => waits[answer] ?? null));
    }
    const checks = tokens.msisdn.map((token) => ({ token }));
    const { body: { answers } } = await batch({ checks, purpose: "marketing" }, bearing());
    expect(answers.map(({ decision, type }: any) => decision ?? type)).toEqual(expected);
    const { body: lines } = await scrub(checks.map((line) => `${JSON.stringify(line)}\n`).join(""), "?purpose=marketing", bearing());
    expect(lines.slice(0, -1).map(({ decision, type }: any) => decision ?? type)).toEqual(expected);
    const signing = new RegisterClient({ url: whole.system.url, key: sandbox.key, keys: publishedKeys(whole.system.url) });
    expect(await signing.check(tokens.msisdn[1]!, "login")).toMatchObject({ decision: "excluded" });
  });

  it("hears nothing of people, not of who is excluded either; a live key nothing of test persons", async () => {
    for (const token of [excluded, other]) expect((await check({ token, purpose: "login" })).body.type).toBe("/problems/token-invalid");
    for (const token of tokens.msisdn) expect((await post("/v1/checks", JSON.stringify({ token, purpose: "login" }))).body.type).toBe("/problems/token-invalid");
  });

  it("is taken over by another without a gap, and stops within the bound", async () => {
    const turned = (await (await administer("POST", `/${sandbox.keyId}/rotations`, { overlapHours: 1 })).json()) as typeof sandbox;
    const ask = async (key: string) => (await new OperatorServer(whole.system.url, key).check(tokens.msisdn[0]!)).word;
    await expect.poll(() => ask(turned.key), { timeout: 5_000 }).toBe("clear");
    expect(await ask(sandbox.key)).toBe("clear");
    await administer("DELETE", `/${sandbox.keyId}`);
    await expect.poll(() => ask(sandbox.key), { timeout: 5_000, interval: 50 }).toBe("unauthenticated");
    expect(await ask(turned.key)).toBe("clear");
  });
});

describe("the status", () => {
  it("says how the edge is, to everybody, and is not cached", async () => {
    const response = await fetch(`${whole.system.url}/v1/status`);
    const body = await conforms(document, "get", "/v1/status", response);
    expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect(body).toMatchObject({ vouches: true, region: "weur", shards: { resident: 0 } });
    expect(body.maxStalenessMs).toBeLessThan(5_000);
    expect(JSON.stringify(body)).not.toContain(whole.access.id);
  });

  it.each([["/v1/status", "GET"], ["/v1/checks/batch", "POST"], ["/v1/scrubs", "POST"], ["/.well-known/http-message-signatures-directory", "GET"]])(
    "%s offers its method only", async (path, allowed) => {
      const response = await fetch(`${whole.system.url}${path}`, { method: "PUT" });
      expect([response.status, response.headers.get("allow")]).toEqual([405, allowed]);
    },
  );
});

it("nothing above left an error in the log", () => {
  expect(whole.alarms.filter((line) => !line.includes("Network connection lost") && !line.includes("disconnected"))).toEqual([]);
});
