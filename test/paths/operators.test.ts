/** What docs/operators.md tells an integrator to type, typed against the whole system; and the examples it names, run against it. */
import { execFile, execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issueKey, OperatorServer } from "../../src/cli/doors.ts";
import { SCOPES } from "../../src/check/terms.ts";
import { type MayPlay, runScenarios, SCENARIOS, verifyCertificate } from "../../src/client/conformance/index.ts";
import { operatorServer } from "../../src/client/examples/node-server.ts";
import { type FeedEvent, isWhole, OperatorFeed, publishedKeys, RegisterClient, signWebhook } from "../../src/client/index.ts";
import { startWorker } from "../support/operator-site/start.ts";
import { wholeSystem } from "../support/system.ts";

const GUIDE = readFileSync(new URL("../../docs/operators.md", import.meta.url), "utf8");

interface Block {
  script: string;
  /** What stands below it as what it prints. */
  printed: string | null;
}

const blocks = [...GUIDE.matchAll(/```sh\n([^]*?)```\n(?:\n```text\n([^]*?)```\n)?/g)].map(([, script, printed]): Block => ({ script: script!, printed: printed ?? null }));

const withoutCurl = (() => {
  try {
    execFileSync("curl", ["--version"]);
    return false;
  } catch {
    return true;
  }
})();

const whole = wholeSystem();
const SECRET = `whsec_${randomBytes(32).toString("base64")}`;
const ended: string[][] = [];
let server: ReturnType<typeof operatorServer>;
let address = "";
let [live, testKey] = ["", ""];

beforeAll(async () => {
  const { system, access } = whole;
  const issue = async (terms: object) => issueKey(system.url, await system.administrator(), access.id, terms);
  [live, testKey] = [await issue({ scopes: SCOPES }), await issue({ mode: "test" })];
  // A key is known at the edge a moment after it was issued.
  const tried = new OperatorServer(system.url, testKey);
  await tried.until(await tried.tokenize("+254700000002"), "excluded");
  server = operatorServer({ url: system.url, key: testKey, secret: SECRET, report: () => undefined }, (tokens) => ended.push(tokens));
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => server?.close());

describe.skipIf(withoutCurl)("the integration guide", () => {
  it("says what is so: its commands print what it prints, and lead to a certificate", async () => {
    expect(blocks.map(({ printed }) => printed !== null)).toEqual([false, true, true, false, false]);
    const { system, access } = whole;
    const env = {
      ...process.env, NSER_URL: system.url, NSER_KEY: testKey, NSER_LIVE_KEY: live, NSER_OPERATOR: access.id, NSER_TOKEN: await system.administrator(),
      NSER_ADAPTER: `${address}/conformance`, NSER_SECRET: SECRET,
    };
    const script = blocks.map((block) => block.script.replace("> certificate.txt", "").replace("cat certificate.txt", "")).join("echo ----\n");
    const { stdout } = await promisify(execFile)("sh", ["-c", script], { env, encoding: "utf8" });
    const [first, persons, decided, events, certified] = stdout.split("----\n") as [string, string, string, string, string];
    expect(JSON.parse(first)).toMatchObject({ decision: "excluded", purpose: "bet" });
    expect([persons, decided]).toEqual([blocks[1]!.printed, blocks[2]!.printed]);
    const [page, digest] = events.trim().split("\n").map((line) => JSON.parse(line));
    expect(page).toMatchObject({ events: [], next: 0, head: 0 });
    expect(digest).toMatchObject({ count: 0, complete: false });
    const [, note, key] = /^([^]*?)(\{"key":[^]*)$/.exec(certified)!;
    expect(await verifyCertificate(note!, JSON.parse(key!).key)).toMatchObject({ operator: access.id, scenarios: 44, testChecks: expect.any(Number) });
  });
});

describe("the examples", () => {
  const ask = async (where: string, n: number, purpose: string): Promise<unknown> => {
    const body = JSON.stringify({ identifiers: { msisdn: `+25470000000${n}` }, purpose });
    return (await (await fetch(`${where}/may-play`, { method: "POST", body })).json());
  };

  it("decide on Node and in a Worker", async () => {
    const bindings = { NSER_URL: whole.system.url, NSER_KEY: testKey, NSER_WEBHOOK_SECRET: SECRET };
    const worker = await startWorker(new URL("../../src/client/examples/worker.ts", import.meta.url), bindings);
    try {
      for (const where of [address, worker.url]) {
        expect(await Promise.all([ask(where, 1, "bet"), ask(where, 2, "bet"), ask(where, 2, "payout"), ask(where, 4, "login")]), where)
          .toEqual([{ mayPlay: true }, { mayPlay: false }, { mayPlay: true }, { mayPlay: false }]);
      }
    } finally {
      await worker.stop();
    }
  });

  it("take what the register sends, once", async () => {
    const event = (sequence: number) => ({ sequence, id: `e${sequence}`, type: "exclusion.started", at: new Date().toISOString(), tokens: [`BST-${sequence}`] });
    const send = async (id: string, ...events: object[]) => {
      const body = JSON.stringify({ type: "nser.events", timestamp: new Date().toISOString(), data: { operator: "op", events } });
      return (await fetch(`${address}/nser`, { method: "POST", body, headers: await signWebhook(SECRET, { id, at: Date.now(), body }) })).status;
    };
    expect([await send("a", event(1)), await send("a", event(1)), await send("b", event(1), event(2)), await send("c", event(4))]).toEqual([204, 204, 204, 500]);
    expect(ended).toEqual([["BST-1"], ["BST-2"]]);
  });
});

describe("the conformance kit", () => {
  it("fails, against our own edge, an integration that takes whatever is not excluded for clear", async () => {
    const register = new RegisterClient({ url: whole.system.url, key: testKey, attempts: 1 });
    const mayPlay: MayPlay = async ({ msisdn }, purpose) => {
      const [issued] = await register.tokenize([{ type: "msisdn", value: msisdn! }]);
      const result = await register.check(issued!.token, purpose as "bet").catch(() => null);
      return !(result && "decision" in result && result.decision === "excluded") || purpose === "payout";
    };
    const failed: string[] = [];
    for await (const { id, passed } of runScenarios({ mayPlay }, { now: Date.now, random: randomBytes })) if (!passed) failed.push(id);
    const persons = ["retired", "forged", "indeterminate", "rate-limited"];
    expect(failed.toSorted()).toEqual(SCENARIOS.filter(({ person, purpose }) => persons.includes(person) && purpose !== "payout").map(({ id }) => id).toSorted());
  });
});

describe("the client", () => {
  it("reads an operator's events and a day's digest, and believes signed answers about test persons", async () => {
    const { system } = whole;
    const feed = new OperatorFeed({ url: system.url, key: live });
    const events: FeedEvent[] = [];
    for await (const event of feed.events(0)) events.push(event);
    expect(events).toEqual([]);
    const today = new Date(Date.now() + 3 * 3_600_000).toISOString().slice(0, 10);
    expect(await isWhole(events, await feed.digest(today))).toBe(true);
    const register = new RegisterClient({ url: system.url, key: testKey, keys: publishedKeys(system.url) });
    const [issued] = await register.tokenize([{ type: "msisdn", value: "+254700000001" }]);
    expect(await register.check(issued!.token, "bet")).toMatchObject({ decision: "clear", mayPlay: true, proof: { status: 200 } });
    await expect(register.tokenize([{ type: "msisdn", value: "0712345678" }])).rejects.toMatchObject({ problem: { status: 422 } });
  });
});
