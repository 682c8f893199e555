import { describe, expect, it } from "vitest";
import { formatToken } from "../../src/bst/text.ts";
import { type Check, ProblemError, RegisterClient, type Result, type ScrubbedLine } from "../../src/client/index.ts";
import { digestOf } from "../../src/client/verify.ts";
import { PROBLEM_CONTENT_TYPE, problem, type ProblemCode } from "../../src/kernel/problem.ts";

const tokenOf = (n: number): string => formatToken({ kind: "msisdn", epoch: 0, generation: 0, body: new Uint8Array(32).fill(n) });
const TOKEN = tokenOf(1);

const clear = { decision: "clear", purpose: "login", kinds: ["msisdn"], sequence: 1, freshThrough: "x", maxStalenessMs: 9, answerId: "a" };

const wordOf = (result: Result): string => ("decision" in result ? result.decision : "undecided");

const problemResponse = (code: ProblemCode, headers: Record<string, string> = {}) =>
  Response.json(problem(code), { status: problem(code).status, headers: { "content-type": PROBLEM_CONTENT_TYPE, ...headers } });

interface Sent {
  path: string;
  headers: Headers;
  body: string;
}

type Reply = (sent: Sent, signal: AbortSignal) => Response | Promise<Response>;

/** A client whose register replies so, the last reply again and again; and what it was sent. */
function clientOf(...replies: Reply[]) {
  const sent: Sent[] = [];
  const fetch = async (url: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const one = { path: String(url).replace("https://register.test", ""), headers: new Headers(init.headers), body: String(init.body) };
    sent.push(one);
    return replies[Math.min(sent.length, replies.length) - 1]!(one, init.signal!);
  };
  return { client: new RegisterClient({ url: "https://register.test", key: "sk", timeoutMs: 60, fetch, wait: async () => undefined }), sent };
}

const json = (body: unknown): Reply => () => Response.json(body);
const hangs: Reply = (_, signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
const breaks: Reply = () => Promise.reject(new TypeError("fetch failed"));

describe("a check", () => {
  it("is a decision of the register", async () => {
    const { client, sent } = clientOf(json(clear));
    expect(await client.check(TOKEN, "login")).toEqual({ decision: "clear", mayPlay: true, kinds: ["msisdn"], maxStalenessMs: 9, answerId: "a" });
    expect(sent).toMatchObject([{ path: "/v1/checks", body: JSON.stringify({ token: TOKEN, purpose: "login" }) }]);
    expect(sent[0]!.headers.get("authorization")).toBe("Bearer sk");
    expect(sent[0]!.headers.has("accept-signature")).toBe(false);
  });

  it.each<[string, Reply]>([
    ["null", json(null)],
    ["an array", json([clear])],
    ["another word", json({ ...clear, decision: "Clear" })],
    ["a decision beside a problem", json({ ...clear, ...problem("indeterminate") })],
    ["no age", json({ ...clear, maxStalenessMs: undefined })],
    ["no kinds", json({ ...clear, kinds: undefined })],
    ["no id", json({ ...clear, answerId: undefined })],
    ["no JSON", () => new Response("<html>clear</html>")],
    ["half of it", () => new Response(JSON.stringify(clear).slice(0, -5))],
    ["another status", () => Response.json(clear, { status: 203 })],
    ["a page of a proxy", () => new Response("<html>", { status: 502 })],
    ["nothing in time", hangs],
    ["no connection", breaks],
    ["indeterminate", () => problemResponse("indeterminate", { "retry-after": "0" })],
    ["too many requests", () => problemResponse("rate-limited", { "retry-after": "0" })],
  ])("answered with %s is indeterminate", async (_, reply) => {
    const { client, sent } = clientOf(reply);
    expect(await client.check(TOKEN, "login")).toMatchObject({ mayPlay: false, why: expect.any(String) });
    expect(sent.length).toBeLessThanOrEqual(3);
  });

  it.each<[string, Reply]>([
    ["does not answer", hangs],
    ["cannot be reached", breaks],
    ["cannot say", () => problemResponse("indeterminate", { "retry-after": "0" })],
    ["answers nonsense", () => new Response("<html>")],
  ])("is asked again when the register %s", async (_, first) => {
    const { client, sent } = clientOf(first, json(clear));
    expect(await client.check(TOKEN, "login")).toMatchObject({ decision: "clear" });
    expect(sent).toHaveLength(2);
  });

  it.each(["unauthenticated", "forbidden", "field-invalid", "token-invalid", "token-retired", "identifiers-missing"] as const)(
    "that is refused as %s throws at once",
    async (code) => {
      const { client, sent } = clientOf(() => problemResponse(code));
      await expect(client.check(TOKEN, "login")).rejects.toMatchObject({ name: "ProblemError", problem: problem(code) });
      expect(sent).toHaveLength(1);
    },
  );

  it("with a mistyped token is not sent", async () => {
    const { client, sent } = clientOf(json(clear));
    await expect(client.check(TOKEN.replace(/.$/, "0"), "login")).rejects.toThrow(ProblemError);
    await expect(client.check([TOKEN, "x"], "login")).rejects.toMatchObject({ problem: { errors: [{ pointer: "/tokens/1" }] } });
    expect(sent).toEqual([]);
  });

  it("that must be signed and is not, or by nobody known, is indeterminate", async () => {
    for (const headers of [{}, { "signature-input": "sig=();created=1", "signature": "sig=:AA==:" }]) {
      const fetch = async () => Response.json(clear, { headers: headers as HeadersInit });
      const client = new RegisterClient({ url: "", key: "sk", attempts: 1, fetch, keys: async () => ({ keys: [] }) });
      expect(await client.check(TOKEN, "login")).toEqual({ mayPlay: false, why: "not the signature that was asked for" });
    }
  });
});

describe("a check that is asked again", () => {
  /** What it comes to on a clock that moves by what is waited, and the waits, in milliseconds. */
  async function waited(reply: Reply, options: object = {}) {
    let at = 0;
    const waits: number[] = [];
    const wait = async (ms: number) => {
      at += ms;
      waits.push(ms);
    };
    const fetch = async () => reply({ path: "", headers: new Headers(), body: "" }, new AbortController().signal);
    const client = new RegisterClient({ url: "", key: "sk", fetch, wait, now: () => at, random: () => 0.5, ...options });
    return { result: await client.check(TOKEN, "login"), waits };
  }
  const busy = (retryAfter: string): Reply => () => problemResponse("rate-limited", { "retry-after": retryAfter });

  it("waits longer each time, or as long as the register asks for", async () => {
    expect((await waited(breaks, { attempts: 4 })).waits).toEqual([150, 300, 600]);
    expect((await waited(busy("2"))).waits).toEqual([2_000, 2_000]);
    expect((await waited(busy("Tue, 24 Nov 2026 08:00:00 GMT"))).waits).toEqual([150, 300]);
  });

  it("is given up, undecided, where the deadline is nearer than when the register may be asked", async () => {
    const { result, waits } = await waited(busy("3"), { deadlineMs: 5_000, attempts: 9 });
    expect(waits).toEqual([3_000]);
    expect(result).toMatchObject({ mayPlay: false, problem: { type: "/problems/rate-limited" } });
    expect((await waited(busy("60"))).waits).toEqual([]);
  });
});

describe("whether a customer may play", () => {
  it.each<[string, Reply, boolean]>([
    ["clear", json(clear), true],
    ["excluded", json({ ...clear, decision: "excluded" }), false],
    ["a problem that passes", () => problemResponse("indeterminate"), false],
    ["a key that does not hold", () => problemResponse("unauthenticated"), false],
    ["a token that is none", () => problemResponse("token-invalid"), false],
    ["nothing", breaks, false],
    ["nonsense", () => new Response("true"), false],
  ])("is said after %s, and nothing is thrown", async (_, reply, may) => {
    const { client } = clientOf(reply);
    for (const purpose of ["registration", "login", "deposit", "bet", "marketing"] as const) expect(await client.mayPlay(TOKEN, purpose)).toBe(may);
    expect(await client.mayPlay(TOKEN, "payout")).toBe(true);
    expect(await client.payout(TOKEN)).toMatchObject({ mustPay: true });
  });

  it("is no with a token that was mistyped, and whoever listens hears why; the money goes out all the same", async () => {
    const heard: unknown[] = [];
    const client = new RegisterClient({ url: "", key: "sk", fetch: async () => Response.json(clear), report: (error) => heard.push(error) });
    expect(await client.mayPlay("BST-3", "bet")).toBe(false);
    expect(await client.payout("BST-3")).toMatchObject({ mustPay: true, mayPlay: false, problem: { status: 422 } });
    expect(heard).toEqual([expect.any(ProblemError), expect.any(ProblemError)]);
  });

  it("is asked once more with the customer's new token when the old one is retired", async () => {
    const { client, sent } = clientOf(() => problemResponse("token-retired"), json(clear));
    expect(await client.mayPlay(TOKEN, "bet", async () => tokenOf(2))).toBe(true);
    expect(sent.map(({ body }) => JSON.parse(body).token)).toEqual([TOKEN, tokenOf(2)]);
    const retired = clientOf(() => problemResponse("token-retired"));
    expect(await retired.client.mayPlay(TOKEN, "bet", async () => tokenOf(2))).toBe(false);
    expect(retired.sent).toHaveLength(2);
    expect(await retired.client.mayPlay(TOKEN, "bet", async () => Promise.reject(new Error("nobody answers")))).toBe(false);
  });

  it("and which token to keep instead is told with the decision", async () => {
    expect(await clientOf(json({ ...clear, nextToken: "BST-4" })).client.check(TOKEN, "login")).toMatchObject({ nextToken: "BST-4" });
    expect(await clientOf(json({ ...clear, renew: true })).client.check(TOKEN, "login")).toMatchObject({ renew: true });
  });
});

describe("tokens for identifiers", () => {
  const identifiers = [{ type: "msisdn" as const, value: "0712345678" }, { type: "national_id" as const, value: "12345678" }];
  const idToken = formatToken({ kind: "national_id", epoch: 0, generation: 0, body: new Uint8Array(32) });

  it("are given in their order", async () => {
    const tokens = [{ type: "msisdn", token: TOKEN }, { type: "national_id", token: idToken }];
    const { client, sent } = clientOf(json({ tokens }));
    expect(await client.tokenize(identifiers)).toEqual(tokens);
    expect(sent).toMatchObject([{ path: "/v1/tokens", body: JSON.stringify({ identifiers }) }]);
  });

  it.each<[string, Reply]>([
    ["too few", json({ tokens: [{ type: "msisdn", token: TOKEN }] })], ["another order", json({ tokens: [{ token: idToken }, { token: TOKEN }] })],
    ["none that can be read", json({ tokens: [{ token: "BST" }, { token: idToken }] })], ["nothing", breaks],
  ])("are an error when there are %s", async (_, reply) => {
    await expect(clientOf(reply).client.tokenize(identifiers)).rejects.toThrow(Error);
  });
});

describe("a batch", () => {
  const checks: Check[] = [{ tokens: tokenOf(1) }, { tokens: [tokenOf(2)], purpose: "bet" }, { tokens: "x" }];

  it("has a result for each check, in order", async () => {
    const answers = [{ decision: "excluded", kinds: ["msisdn"] }, { decision: "clear", kinds: [], mustPay: true }, problem("token-invalid")];
    const { client, sent } = clientOf(json({ answerId: "b", maxStalenessMs: 7, answers }));
    expect(await client.batch(checks, "login")).toEqual([
      { decision: "excluded", mayPlay: false, kinds: ["msisdn"], maxStalenessMs: 7, answerId: "b.0" },
      { decision: "clear", mayPlay: true, kinds: [], mustPay: true, maxStalenessMs: 7, answerId: "b.1" },
      { mayPlay: false, why: "The token cannot be read", problem: problem("token-invalid") },
    ]);
    expect(JSON.parse(sent[0]!.body)).toEqual({
      purpose: "login",
      checks: [{ token: tokenOf(1) }, { tokens: [tokenOf(2)], purpose: "bet" }, { token: "x" }],
    });
  });

  it.each<[string, Reply]>([
    ["too few answers", json({ answerId: "b", maxStalenessMs: 7, answers: [clear, clear] })],
    ["no answers", json({ answerId: "b", maxStalenessMs: 7 })],
    ["nothing", breaks],
    ["answers that are none", json({ answerId: "b", maxStalenessMs: 7, answers: [null, "clear", { decision: true }] })],
    ["no age", json({ answerId: "b", answers: checks.map(() => ({ decision: "clear", kinds: [] })) })],
  ])("answered with %s is indeterminate throughout", async (_, reply) => {
    const results = await clientOf(reply).client.batch(checks, "login");
    expect(results.map(wordOf)).toEqual(["undecided", "undecided", "undecided"]);
  });
});

describe("a scrub", () => {
  const checks = Array.from({ length: 5 }, (_, n) => ({ tokens: tokenOf(n) }));

  /** What the register would stream, from the line of the query on: the third person is excluded. */
  async function streamOf({ path, body }: Sent): Promise<string> {
    const from = Number(new URL(path, "https://x").searchParams.get("from"));
    const lines = body.trimEnd().split("\n").map((_, at) => JSON.stringify({ line: at + 1, decision: at === 2 ? "excluded" : "clear", kinds: [], maxStalenessMs: 1 }));
    const text = lines.slice(from - 1).map((line) => `${line}\n`).join("");
    return `${text}${JSON.stringify({ done: true, count: lines.length - from + 1, digest: await digestOf(text) })}\n`;
  }
  const stream = (change: (text: string) => string = (text) => text): Reply => async (sent) =>
    new Response(change(await streamOf(sent)), { headers: { "answer-id": "s" } });
  /** The connection breaks, or falls silent, after so many lines and a half. */
  const cut = (lines: number, end: "broken" | "silent"): Reply => async (sent, signal) => {
    const text = (await streamOf(sent)).split("\n").slice(0, lines).map((line) => `${line}\n`).join("");
    return new Response(new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(`${text}{"line":`));
        signal.addEventListener("abort", () => controller.error(signal.reason));
      },
      pull: (controller) => (end === "broken" ? controller.error(new TypeError("terminated")) : new Promise(() => undefined)),
    }));
  };

  async function scrub(replies: Reply[], asked: Iterable<Check> = checks) {
    const { client, sent } = clientOf(...replies);
    const lines: ScrubbedLine[] = [];
    for await (const line of client.scrub(asked, "marketing")) lines.push(line);
    return { sent, lines, words: lines.map(({ result }) => wordOf(result)) };
  }
  const WORDS = ["clear", "clear", "excluded", "clear", "clear"];

  it("has a line for each check, in order", async () => {
    const { lines, words, sent } = await scrub([stream()]);
    expect(words).toEqual(WORDS);
    expect(lines[2]).toEqual({ place: 2, check: checks[2], result: { decision: "excluded", mayPlay: false, kinds: [], maxStalenessMs: 1, answerId: "s.3" } });
    expect(sent).toMatchObject([{ path: "/v1/scrubs?from=1&purpose=marketing" }]);
  });

  it.each(["broken", "silent"] as const)("that was %s is taken up where it ended", async (end) => {
    const { words, sent } = await scrub([cut(3, end), cut(1, end), stream()]);
    expect(words).toEqual(WORDS);
    expect(sent.map(({ path }) => path.match(/from=(\d+)/)?.[1])).toEqual(["1", "4", "5"]);
  });

  it.each<[string, Reply]>([
    ["is always cut", cut(0, "broken")],
    ["ends without its last line", stream((text) => text.split("\n").slice(0, 2).map((line) => `${line}\n`).join(""))],
  ])("that %s leaves the rest indeterminate", async (name, reply) => {
    const { words } = await scrub([reply, cut(0, "broken")]);
    const known = name.startsWith("ends") ? 2 : 0;
    expect(words).toEqual([...WORDS.slice(0, known), ...WORDS.slice(known).map(() => "undecided")]);
  });

  it.each<[string, (text: string) => string]>([
    ["a word was changed", (text) => text.replace("excluded", "clear")],
    ["a line is missing", (text) => text.replace(/.*"line":2.*\n/, "")],
    ["a line is there twice", (text) => text.replace(/(.*"line":2.*\n)/, "$1$1")],
    ["lines were changed about", (text) => text.replace(/(.*"line":2.*\n)(.*"line":3.*\n)/, "$2$1")],
    ["the count is another", (text) => text.replace('"count":5', '"count":4')],
    ["there is no digest", (text) => text.replace(/"digest":"[^"]*"/, '"digest":""')],
  ])("of which %s is not believed at all", async (_, change) => {
    const { words } = await scrub([stream(change)]);
    expect(words).toEqual(WORDS.map(() => "undecided"));
  });

  it("that was cut after a line out of order is believed up to there", async () => {
    const swapped = stream((text) => text.replace(/(.*"line":2.*\n)(.*"line":3.*\n)/, "$2$1").replace(/.*done.*\n/, ""));
    const { words } = await scrub([swapped, breaks]);
    expect(words).toEqual(["clear", ...WORDS.slice(1).map(() => "undecided")]);
  });

  it("of many is sent in parts, and one part's failure is its own", async () => {
    const many = Array.from({ length: 25_000 }, () => ({ tokens: TOKEN }));
    const { sent, words } = await scrub([stream(), breaks, breaks, breaks, stream()], many);
    expect(sent.map(({ body }) => body.split("\n").length - 1)).toEqual([10_000, 10_000, 10_000, 10_000, 5_000]);
    expect(words.filter((word) => word === "undecided")).toHaveLength(10_000);
    expect(words.indexOf("undecided")).toBe(10_000);
  });

  it("that is refused throws", async () => {
    await expect(scrub([() => problemResponse("unauthenticated")])).rejects.toThrow(ProblemError);
  });

  it("of nobody asks nothing", async () => {
    expect(await scrub([stream()], [])).toEqual({ sent: [], lines: [], words: [] });
  });
});
