import { serve } from "@hono/node-server";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pwnedPasswords } from "../../src/adapters/breached-passwords/pwned-passwords.ts";
import { pwnedPasswords as simulator } from "../../workers/local/pwned-passwords.ts";

const DEADLINE = 400;

type Fetch = typeof globalThis.fetch;

/** The adapter before somebody who answers like this. */
function asking(fetch: Fetch, url = "https://range.test") {
  const reports: string[] = [];
  return { reports, breached: pwnedPasswords({ url, fetch, report: (reason) => reports.push(reason), deadline: DEADLINE }) };
}

const answering = (text: string, init: ResponseInit = {}): Fetch => async () => new Response(text, init);

// SHA-1 of "password" is 5BAA6 1E4C9B93F3F0682250B6CF8331B7EE68FD8.
const SUFFIX = "1E4C9B93F3F0682250B6CF8331B7EE68FD8";
const OTHER = "0".repeat(35);

describe("a password", () => {
  it("is told of by five digits of its hash and nothing else, padded", async () => {
    const asked: Request[] = [];
    const { breached } = asking(async (input, init) => (asked.push(new Request(input, init)), new Response(`${SUFFIX}:3`)));
    expect(await breached("password")).toBe(true);
    const [request] = asked;
    expect([request!.method, request!.url, request!.headers.get("add-padding"), request!.body]).toEqual(["GET", "https://range.test/range/5BAA6", "true", null]);
  });

  it.each([
    [`${OTHER}:2\r\n${SUFFIX}:52256179\r\n`, true], [`${OTHER}:2\n${SUFFIX}:1`, true], [`${SUFFIX}:0\r\n${OTHER}:7`, false], [`${OTHER}:2`, false], [`${SUFFIX.slice(1)}0:9`, false],
  ])("is found in %j: %s", async (list, found) => {
    const { breached, reports } = asking(answering(list));
    expect([await breached("password"), reports]).toEqual([found, []]);
  });

  it("is the same however it was composed", async () => {
    const asked: string[] = [];
    const { breached } = asking(async (input) => (asked.push(String(input)), new Response(`${OTHER}:1`)));
    await breached("ñandú");
    await breached("ñandú".normalize("NFD"));
    expect(asked[0]).toBe(asked[1]);
  });

  it.each<[string, Fetch, string]>([
    ["a refusal", answering("", { status: 503 }), "HTTP 503"],
    ["a way elsewhere", answering("", { status: 302, headers: { location: "https://elsewhere.test" } }), "HTTP 302"],
    ["a page", answering("<html>Welcome</html>"), "malformed answer"],
    ["nothing", answering(""), "malformed answer"],
    ["half a list", answering(`${OTHER}:1\r\n${SUFFIX}`), "malformed answer"],
    ["nobody there", async () => Promise.reject(new TypeError("fetch failed")), "TypeError"],
  ])("is let through at %s, and that is reported", async (_, fetch, reason) => {
    const { breached, reports } = asking(fetch);
    expect([await breached("password"), reports]).toEqual(["unavailable", [reason]]);
    expect(reports.join()).not.toMatch(/password|5BAA6/i);
  });
});

describe("the simulator", () => {
  let server: ReturnType<typeof serve>;
  let url: string;
  beforeAll(async () => {
    const port = await new Promise<number>((ready) => void (server = serve({ fetch: simulator().fetch, port: 0, hostname: "127.0.0.1" }, (at: AddressInfo) => ready(at.port))));
    url = `http://127.0.0.1:${port}/dev/pwned-passwords`;
  });
  afterAll(() => void server.close());

  it("knows a handful, and pads to as many lines whether it knows one or not", async () => {
    const { breached, reports } = asking(fetch, url);
    expect([await breached("password"), await breached("correct horse battery staple"), await breached("three zebras by the lake"), reports]).toEqual([true, true, false, []]);
    const lines = async (prefix: string) => (await (await fetch(`${url}/range/${prefix}`, { headers: { "add-padding": "true" } })).text()).split("\r\n").length;
    expect(await lines("5BAA6")).toBe(await lines("00000"));
    expect((await fetch(`${url}/range/xyz`)).status).toBe(400);
  });

  it("hangs and fails where it is to: the password is let through within the deadline", async () => {
    const { breached, reports } = asking(fetch, url);
    const started = Date.now();
    expect([await breached("this one hangs"), await breached("this one fails"), reports]).toEqual(["unavailable", "unavailable", ["TimeoutError", "HTTP 503"]]);
    expect(Date.now() - started).toBeLessThan(10 * DEADLINE);
  });
});
