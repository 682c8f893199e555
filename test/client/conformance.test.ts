import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { conformanceAdapter, conformanceCommand, headersOf, KIT_VERSION, type MayPlay, runScenarios, SCENARIOS, scenariosHash, SIGNED_SCENARIOS } from "../../src/client/conformance/index.ts";
import { customers } from "../../src/client/examples/customers.ts";
import { ProblemError, RegisterClient, type Tokens, type WebhookMessage, WebhookReceiver } from "../../src/client/index.ts";
import manifest from "../../src/client/package.json" with { type: "json" };
import { sandbox } from "../support/sandbox.ts";

const SECRET = `whsec_${randomBytes(32).toString("base64")}`;
const SENSES = { now: Date.now, random: (bytes: number) => randomBytes(bytes) };
const OPTIONS = { url: "https://register.test", key: "sk_test_kenbet_x", wait: async () => undefined };

const register = () => new RegisterClient({ ...OPTIONS, fetch: sandbox().fetch });
const tokensOf = async (client: RegisterClient, identifiers: object): Promise<Tokens> =>
  (await client.tokenize(Object.entries(identifiers).map(([type, value]) => ({ type: type as "msisdn", value })))).map(({ token }) => token);

/** What an integration fails of which so is the decision. */
async function failures(mayPlay: MayPlay): Promise<string[]> {
  const failed: string[] = [];
  for await (const { id, passed } of runScenarios({ mayPlay }, SENSES)) if (!passed) failed.push(id);
  return failed.toSorted();
}

const at = (person: string) => SCENARIOS.filter((scenario) => scenario.person === person && scenario.purpose !== "payout").map(({ id }) => id);
const payouts = (...persons: string[]) => persons.map((person) => `${person}/payout`);

describe("the conformance kit", () => {
  it("has each test person at each purpose, and a version that is the package's", async () => {
    expect(SCENARIOS).toHaveLength(42);
    expect(new Set(SCENARIOS.map(({ id }) => id)).size).toBe(42);
    expect(SCENARIOS.filter(({ mayPlay }) => mayPlay).map(({ id }) => id)).toEqual([
      ...["registration", "login", "deposit", "bet", "marketing", "payout"].map((purpose) => `clear/${purpose}`), "excluded/payout",
      ...["registration", "login", "deposit", "bet", "marketing", "payout"].map((purpose) => `lapsed/${purpose}`), ...payouts("retired", "forged", "indeterminate", "rate-limited"),
    ]);
    expect(KIT_VERSION).toBe(manifest.version);
    expect(await scenariosHash(["clear/bet"])).not.toBe(await scenariosHash(["clear/bet", "clear/login"]));
  });

  it("is passed with the client", async () => {
    expect(await failures(customers(register(), new Map<string, string[]>()))).toEqual([]);
  });

  it.each<[string, (client: RegisterClient) => MayPlay, string[]]>([
    ["takes an error for a yes", (client) => async (identifiers, purpose) => purpose === "payout" || client.check(await tokensOf(client, identifiers), purpose).then((result) => result.mayPlay, () => true),
      [...at("retired"), ...at("forged")]],
    ["asks only whether somebody is excluded", (client) => async (identifiers, purpose) => {
      if (purpose === "payout") return true;
      const result = await client.check(await tokensOf(client, identifiers), purpose).catch((error: ProblemError) => ({ why: error.message }));
      return (result as { decision?: string }).decision !== "excluded";
    }, [...at("retired"), ...at("forged"), ...at("indeterminate"), ...at("rate-limited")]],
    ["keeps money back", (client) => async (identifiers, purpose) => client.mayPlay(await tokensOf(client, identifiers), purpose === "payout" ? "bet" : purpose),
      payouts("excluded", "retired", "forged", "indeterminate", "rate-limited")],
    ["lets nobody in", () => async () => false, SCENARIOS.filter(({ mayPlay }) => mayPlay).map(({ id }) => id)],
    ["never asks", () => async () => true, SCENARIOS.filter(({ mayPlay }) => !mayPlay).map(({ id }) => id)],
    ["answers something else", () => async () => "true" as never, SCENARIOS.map(({ id }) => id)],
    ["throws", () => async () => Promise.reject(new Error("x")), SCENARIOS.map(({ id }) => id)],
  ])("is failed where an integration %s", async (_, integration, failed) => {
    expect(await failures(integration(register()))).toEqual(failed.toSorted());
  });

  it("goes through the webhooks where there are any, and knows who believes anything", async () => {
    const outcomes = async (receive: (request: Request, take: (said: WebhookMessage) => Promise<void>) => Promise<Response>) => {
      let taken = 0;
      const webhooks = { secret: SECRET, taken: () => taken, receive: (request: Request) => receive(request, async () => void taken++) };
      const lines: string[] = [];
      const mayPlay = customers(register(), new Map<string, string[]>());
      const status = await conformanceCommand({ ...SENSES, load: async () => ({ mayPlay, webhooks }), print: (line) => void lines.push(line) });
      return { status, failed: lines.slice(0, -1).map((line) => line.split(" ")[1]), last: lines.at(-1) };
    };
    const receiver = new WebhookReceiver({ secrets: [SECRET] });
    expect(await outcomes((request, take) => receiver.receive(request, take))).toEqual({ status: 0, failed: [], last: `Conformance kit ${KIT_VERSION}: 46 passed, 0 failed of 46.` });
    expect(await outcomes(async (_, take) => (await take({ type: "nser.test", timestamp: "" }), new Response()))).toMatchObject({
      status: 1, failed: ["signed/forged", "signed/old", "signed/repeated"],
    });
    const unlimited = () => new WebhookReceiver({ secrets: [SECRET], toleranceMs: Number.POSITIVE_INFINITY });
    expect(await outcomes((request, take) => unlimited().receive(request, take))).toMatchObject({ failed: ["signed/old", "signed/repeated"] });
    expect(await outcomes(async () => new Response(null, { status: 400 }))).toMatchObject({ failed: ["signed/valid", "signed/repeated"] });
  });

  it.each([null, {}, { mayPlay: true }, { mayPlay: async () => true, webhooks: {} }])("says that %j is no adapter", async (exported) => {
    const lines: string[] = [];
    expect(await conformanceCommand({ ...SENSES, load: async () => exported, print: (line) => void lines.push(line) })).toBe(2);
    expect(lines).toHaveLength(1);
  });
});

describe("a test adapter", () => {
  const body = JSON.stringify({ identifiers: { msisdn: "+254700000001" }, purpose: "bet" });
  const asked = async (said = body, scenario: (typeof SIGNED_SCENARIOS)[number]["id"] = "signed/valid") => {
    const headers = await headersOf(scenario, { secret: SECRET, id: "run.1", body: said, now: Date.now(), random: SENSES.random });
    return conformanceAdapter({ secret: SECRET, mayPlay: async ({ msisdn }, purpose) => msisdn === "+254700000001" && purpose === "bet" })(new Request("https://operator.test", { method: "POST", body: said, headers }));
  };

  it("answers the register, and nobody else", async () => {
    const answer = await asked();
    expect([answer.status, await answer.json()]).toEqual([200, { mayPlay: true }]);
    expect((await asked(body, "signed/forged")).status).toBe(401);
    expect((await asked(body, "signed/old")).status).toBe(401);
    for (const other of ["[]", "{}", '{"identifiers":1,"purpose":"bet"}', "nothing"]) expect((await asked(other)).status).toBe(422);
  });
});
