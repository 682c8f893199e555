import { beforeEach, describe, expect, it } from "vitest";
import type { Lineage } from "../../src/bst/lineage.ts";
import { Guard, type GuardParts } from "../../src/domains/tokens/guard/guard.ts";
import { carryQuarantines, quarantineByHand } from "../../src/domains/tokens/quarantines/decide.ts";
import { canaryAlarms } from "../../src/domains/tokens/canaries/tables.ts";
import { tokenQuarantines } from "../../src/domains/tokens/quarantines/tables.ts";
import { tellingOffice } from "../../src/domains/tokens/quarantines/tell.ts";
import { toHex } from "../../src/kernel/bytes.ts";
import { HOUR } from "../../src/kernel/clock.ts";
import { random } from "../../src/objects/shell.ts";
import { openOffice } from "../../src/office/database.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { admin, ENVELOPE, enrolled, fakeTokenizer, testApi } from "../support/api.ts";
import { testOffice } from "../support/office.ts";
import { usages } from "../support/usage.ts";

const test = testOffice();

const TERMS = { floor: 1_000, share: 0.1, initial: 0 };
const gone = async () => Promise.reject(new Error("gone"));
/** 10:00 in Nairobi. */
const NOW = Date.UTC(2026, 10, 23, 7);

let now: number;
let evaluations: number;
/** By id, in hexadecimal. */
let canaries: Map<string, string>;
let excluded: number;
let failures: unknown[];
let usage: ReturnType<typeof usages>;

const register: GuardParts["register"] = {
  noteIssued: async () => ({ excluded }),
  canariesAmong: async (ps) => [...canaries].filter(([, p]) => ps.some((one) => toHex(one) === p)).map(([id]) => id),
  excludedCount: async () => 100,
};

beforeEach(async () => {
  // The first operator of each test has the same name.
  for (const table of [tokenQuarantines, canaryAlarms]) await test.office.primary.delete(table);
  now = NOW;
  [evaluations, canaries, excluded, failures] = [0, new Map(), 0, []];
  usage = usages(() => now);
});

const quarantineParts = () => ({
  office: test.office, usage, clock: () => now, random, filled: () => undefined,
});
const carry = () => carryQuarantines(quarantineParts(), (error) => failures.push(error));

async function world(over: Partial<GuardParts> = {}) {
  const { primary } = test.office;
  const office = { primary, nearest: primary };
  const guard = new Guard({ usage, register, quotas: { direct: TERMS, blind: TERMS, trade: TERMS }, clock: () => now, ...over });
  const tokenizer = { evaluate: async (identifiers: any) => (evaluations++, fakeTokenizer.evaluate(identifiers)) };
  const putCanary = async ({ id, p }: { id: string; p: Lineage }) => (canaries.set(id, toHex(p)), { ok: true as const });
  const api = await testApi({
    office, tokenizer,
    parts: {
      guard, clock: () => now, quarantines: () => ({ ...quarantineParts(), office }),
      canaries: { office, register: { putCanary, removeCanary: async (id) => void canaries.delete(id) }, tokenizer: fakeTokenizer, envelope: ENVELOPE, clock: () => now, random },
    },
  });
  const { operator, bearer } = await enrolled(api.call);
  const issue = async (identifiers: object[]) => {
    const { response, body } = await api.call("POST", "/v1/tokens", { headers: bearer, json: { identifiers } });
    return { status: response.status, type: body.type?.replace("/problems/", ""), detail: body.detail as string | undefined, retryAfter: response.headers.get("retry-after"), body };
  };
  const tell = () => usage(operator.id).tell(tellingOffice(test.office));
  const own = async () => (await api.call("GET", "/v1/tokens/quarantine", { headers: bearer })).body.quarantine;
  const listed = async () => (await api.call("GET", "/v1/token-quarantines", { headers: admin() })).body.items.filter((item: any) => item.operator === operator.id);
  const decide = async (id: string, step: string, version: number) => {
    const json = { step, reason: "the traffic was looked at", version };
    const { response, body } = await api.call("POST", `/v1/token-quarantines/${id}/decision`, { headers: admin(), json });
    await carry();
    return [response.status, body.state ?? body.detail];
  };
  const appeal = (statement: unknown = "we moved our customers from another system") => api.call("POST", "/v1/tokens/quarantine/appeal", { headers: bearer, json: { statement } });
  return { ...api, operator, bearer, issue, tell, own, listed, decide, appeal };
}

const phone = (n: number) => ({ type: "msisdn", value: `07${String(n).padStart(8, "0")}` });
const scattered = (count: number, from = 0) => Array.from({ length: count }, (_, n) => phone((from + n) * 4_177));
const sequential = (count: number) => Array.from({ length: count }, (_, n) => phone(n));

describe("POST /v1/tokens", () => {
  it("is refused beyond the quota of the day until midnight in Nairobi, and evaluates nothing then; who has more customers has more", async () => {
    const { call, operator, issue } = await world();
    expect((await issue(scattered(1_000))).status).toBe(200);
    expect(await issue(scattered(1, 1_000))).toMatchObject({ status: 429, type: "quota-exhausted", retryAfter: String(14 * 3_600) });
    expect(evaluations).toBe(1);
    const declared = await call("PUT", `/v1/operators/${operator.id}/customers`, { headers: admin(), json: { declaredCustomers: 10 } });
    expect([declared.response.status, declared.body]).toEqual([200, { declaredCustomers: 10 }]);
    expect((await issue(scattered(1, 1_000))).status).toBe(200);
    now += 14 * HOUR;
    expect((await issue(scattered(1_000))).status).toBe(200);
  });

  it("makes no token when the guard cannot be asked, before or after the evaluation, or hear who was met", async () => {
    const away = { admitTokens: gone, metTokens: gone };
    expect(await (await world({ usage: () => away })).issue([phone(1)])).toMatchObject({ status: 503, type: "unavailable" });
    expect(evaluations).toBe(0);
    expect((await (await world({ usage: (operator) => ({ admitTokens: usage(operator).admitTokens, metTokens: gone }) })).issue([phone(1)])).status).toBe(503);
    for (const verb of Object.keys(register)) expect((await (await world({ register: { ...register, [verb]: gone } })).issue([phone(1)])).status).toBe(503);
  });

  it("counts nothing that could not be read", async () => {
    const { issue, operator } = await world();
    expect((await issue([phone(1), { type: "msisdn", value: "x" }])).status).toBe(422);
    expect(await usage(operator.id).tokenDays("2026-11-23", "2026-11-24")).toEqual([{ date: "2026-11-23", acts: {} }]);
  });
});

describe("an operator in quarantine", () => {
  it("is told why and how to appeal; an officer upholds it, and lifts it later; then it gets tokens again", async () => {
    const { issue, tell, own, listed, decide, appeal } = await world();
    expect((await issue(sequential(100))).status).toBe(200);
    expect(await issue([phone(5_000)])).toMatchObject({ status: 403, type: "quarantined", detail: expect.stringMatching(/100 numbers .* 2026-11-23T07:00:00.000Z.*appeal/) });
    await tell();
    await tell();
    const [{ id, version }] = await listed();
    expect(await listed()).toMatchObject([{ state: "open", rule: "runs-of-numbers", evidence: { longestRun: 100 }, since: "2026-11-23T07:00:00.000Z", version: 1 }]);
    expect(await decide(id, "uphold", version)).toEqual([409, "Nobody appealed it: it holds."]);
    const appealed = await appeal();
    expect([appealed.response.status, appealed.body.quarantine]).toMatchObject([200, { id, state: "appealed", statement: "we moved our customers from another system" }]);
    expect((await appeal()).body.detail).toBe("It was appealed already.");
    expect(await decide(id, "uphold", 1)).toEqual([409, "It was changed meanwhile: read it again."]);
    expect(await decide(id, "uphold", 2)).toEqual([200, "upheld"]);
    expect((await issue([phone(5_000)])).status).toBe(403);
    expect(await own()).toMatchObject({ state: "upheld", decision: "the traffic was looked at" });
    expect(await decide(id, "lift", 3)).toEqual([200, "lifted"]);
    expect([(await issue([phone(5_000)])).status, await own()]).toEqual([200, null]);
    expect(await decide(id, "lift", 4)).toEqual([409, "It is lifted."]);
    expect(failures).toEqual([]);
    const actions = (await test.office.primary.select().from(auditEntries).all()).filter(({ resource }) => resource === `token-quarantine/${id}`).map(({ action }) => action.split(".")[1]);
    expect(actions).toEqual(["appealed", "upheld", "lifted"]);
  });

  it("can appeal before the office was told, and stays in it while its object cannot be told that it is lifted", async () => {
    const { issue, own, appeal, decide, tell, listed } = await world();
    await issue(sequential(100));
    const { body } = await appeal();
    expect(body.quarantine).toMatchObject({ state: "appealed" });
    await tell();
    expect(await listed()).toMatchObject([{ id: body.quarantine.id, state: "appealed" }]);
    const there = usage;
    usage = (() => ({ liftQuarantine: gone })) as unknown as typeof usage;
    expect(await decide(body.quarantine.id, "lift", 2)).toEqual([200, "lifted"]);
    usage = there;
    expect([failures.length, (await issue([phone(9)])).status, await own()]).toMatchObject([1, 403, { state: "lifted" }]);
    await carry();
    expect((await issue([phone(9)])).status).toBe(200);
  });

  it("has nothing to appeal when it is in none, and names nobody in what it states", async () => {
    const { own, appeal, issue, decide } = await world();
    expect([await own(), (await appeal()).response.status]).toEqual([null, 404]);
    await issue(sequential(100));
    for (const statement of ["short", "", null, 7, "call me on 0712 345 678 please", "x".repeat(501), "two\nlines are two too many", "half \ud800 of a pair of them"]) {
      expect((await appeal(statement)).response.status).toBe(422);
    }
    expect(await decide(crypto.randomUUID(), "lift", 1)).toEqual([404, undefined]);
  });

  it("is put there by the regulator too, once for an Idempotency-Key, and another way only out of none", async () => {
    const { call, operator, issue, listed } = await world();
    const json = { operator: operator.id, reason: "the licence is under review" };
    const order = (key: string, body: object = json) => call("POST", "/v1/token-quarantines", { headers: admin(key), json: body });
    const first = await order("q1");
    expect([first.response.status, first.body]).toMatchObject([201, { rule: "by-hand", state: "open", reason: json.reason }]);
    for (const key of ["q1", "q2"]) expect((await order(key)).body.id).toBe(first.body.id);
    expect((await order("q1", { ...json, reason: "quite another reason" })).body.type).toBe("/problems/idempotency-key-reused");
    const entries = (await test.office.primary.select().from(auditEntries).all()).filter(({ resource }) => resource === `token-quarantine/${first.body.id}`);
    expect(entries).toHaveLength(2);
    expect([(await issue([phone(1)])).status, (await listed()).length]).toEqual([403, 1]);
    expect((await order("q3", { ...json, operator: "nobody00" })).response.status).toBe(404);
  });

  it("is in it though the office is away when the regulator puts it there", async () => {
    const { operator, issue, tell, listed } = await world();
    const away = openOffice({ url: "http://127.0.0.1:9", token: "" });
    const by = { kind: "user", id: "1", origin: null } as const;
    const order = { operator: operator.id, reason: "the licence is under review" };
    await expect(quarantineByHand({ ...quarantineParts(), office: away }, by, { id: "ab".repeat(32), fingerprint: "f" }, order)).rejects.toThrow("fetch failed");
    expect([(await issue([phone(1)])).status, (await listed()).length]).toEqual([403, 0]);
    await tell();
    expect(await listed()).toMatchObject([{ rule: "by-hand", reason: order.reason }]);
  });
});

describe("a canary", () => {
  const put = (call: Awaited<ReturnType<typeof world>>["call"], key: string, json: object) => call("POST", "/v1/canaries", { headers: admin(key), json });

  it("turned into a token is handed out to nobody: quarantine at once, and an alarm; taken in, it is an identifier like others", async () => {
    const { call, issue, tell, operator, decide } = await world();
    const { response, body: canary } = await put(call, "c1", { type: "msisdn", value: "0722 000 111", note: "on a list sold in Eastleigh" });
    expect([response.status, canary]).toMatchObject([201, { type: "msisdn", value: "+254722000111", excluded: false, retiredAt: null }]);
    expect((await put(call, "c1", { type: "msisdn", value: "0722 000 111", note: "on a list sold in Eastleigh" })).body).toEqual(canary);
    const bait = { type: "msisdn", value: "+254722000111" };
    const caught = await issue([phone(1), bait]);
    expect(caught).toMatchObject({ status: 403, type: "quarantined" });
    expect(JSON.stringify(caught.body)).not.toMatch(/BST-|canary/);
    expect((await issue([phone(1)])).status).toBe(403);
    await tell();
    const alarms = await call("GET", `/v1/canary-alarms?operator=${operator.id}`, { headers: admin() });
    expect(alarms.body.items).toMatchObject([{ operator: operator.id, canary: canary.id, how: "tokenised", purpose: null }]);
    for (let time = 0; time < 2; time++) expect((await call("DELETE", `/v1/canaries/${canary.id}`, { headers: admin() })).response.status).toBe(204);
    const [{ id }] = (await call("GET", "/v1/token-quarantines?state=open", { headers: admin() })).body.items.filter((item: any) => item.operator === operator.id);
    expect(await decide(id, "lift", 1)).toEqual([200, "lifted"]);
    expect((await issue([bait])).status).toBe(200);
  });

  it("is drawn from numbers nobody was given when none is said, listed with its value, and sealed where it lies", async () => {
    const { call } = await world();
    for (const type of ["msisdn", "national_id", "passport", "alien_id", "refugee_id", "military_id"]) {
      expect((await put(call, `d-${type}`, { type, note: "drawn" })).response.status).toBe(201);
    }
    const { body } = await call("GET", "/v1/canaries", { headers: admin() });
    const drawn = body.items.filter(({ note }: { note: string }) => note === "drawn");
    expect(drawn.map(({ type, value }: Record<string, string>) => `${type} ${value}`).toSorted()).toEqual([
      expect.stringMatching(/^alien_id 99\d{7}$/), expect.stringMatching(/^military_id 99\d{7}$/), expect.stringMatching(/^msisdn \+25419\d{7}$/),
      expect.stringMatching(/^national_id 98\d{7}$/), expect.stringMatching(/^passport ZX\d{7}$/), expect.stringMatching(/^refugee_id 99\d{7}$/),
    ]);
    const { rows } = await test.office.primary.$client.execute("SELECT hex(value) AS value FROM canaries");
    const kept = rows.map(({ value }) => Buffer.from(String(value), "hex").toString("latin1")).join("\n");
    for (const { value } of drawn) expect(kept).not.toContain(value);
  });

  it("cannot be what is no identifier, or somebody's", async () => {
    const { call } = await world();
    const bad = await put(call, "b1", { type: "msisdn", value: "12", note: "bad" });
    expect([bad.response.status, bad.body.errors[0].pointer]).toEqual([422, "/value"]);
    expect((await put(call, "b2", { type: "msisdn", note: "" })).response.status).toBe(422);
    expect((await call("DELETE", `/v1/canaries/${crypto.randomUUID()}`, { headers: admin() })).response.status).toBe(404);
  });
});
