import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { CertificateError, conformanceAdapter, type MayPlay, SCENARIOS, verifyCertificate } from "../../src/client/conformance/index.ts";
import { customers } from "../../src/client/examples/customers.ts";
import { RegisterClient } from "../../src/client/index.ts";
import { beginRun } from "../../src/domains/operators/conformance/begin.ts";
import { carryAbandoned, carryRun } from "../../src/domains/operators/conformance/carry.ts";
import { judge, plan, RECORDED } from "../../src/domains/operators/conformance/model.ts";
import type { ConformanceParts } from "../../src/domains/operators/conformance/parts.ts";
import { resultsOf, runById } from "../../src/domains/operators/conformance/store.ts";
import { systemActor } from "../../src/kernel/actor.ts";
import { MINUTE } from "../../src/kernel/clock.ts";
import { random } from "../../src/objects/shell.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { openNote } from "../../src/tlog/open.ts";
import { logSigner } from "../../src/tlog/sign.ts";
import { formatVerifierKey } from "../../src/tlog/verifier-key.ts";
import { admin, ENVELOPE, PAIR_KEY, testApi } from "../support/api.ts";
import { testOffice, unheard } from "../support/office.ts";
import { sandbox } from "../support/sandbox.ts";

const test = testOffice();
const SECRET = `whsec_${Buffer.from(random(32)).toString("base64")}`;
const ADDRESS = "https://adapter.kenbet.co.ke/conformance";
const signer = () => logSigner("register.test/conformance", PAIR_KEY);

const register = new RegisterClient({ url: "https://register.test", key: "sk_test_kenbet_x", fetch: sandbox().fetch, wait: async () => undefined });
const right: MayPlay = customers(register, new Map<string, string[]>());

type Answers = (request: Request) => Promise<Response>;
const believing = (mayPlay: MayPlay): Answers => conformanceAdapter({ secret: SECRET, mayPlay });
/** An adapter that looks at no signature. */
const open = (mayPlay: MayPlay): Answers => async (request) => {
  const { identifiers, purpose } = await request.json() as { identifiers: object; purpose: "bet" };
  return Response.json({ mayPlay: await mayPlay(identifiers, purpose) });
};

let operators = 0;

/** An operator whose adapter answers so; the clock stands unless it is waited. */
async function operatorOf(answers: Answers, changes: Partial<ConformanceParts> = {}) {
  let [at, checks] = [Date.now(), 100];
  const [asked, work]: [string[], Promise<unknown>[]] = [[], []];
  const clock = () => at;
  const fetch = async (url: string, init: RequestInit) => {
    asked.push(String(init.body));
    checks++;
    return answers(new Request(url, init));
  };
  const parts: ConformanceParts = {
    office: test.office, envelope: ENVELOPE, clock, random, signer, testChecks: async () => checks, report: () => undefined,
    wait: async (ms) => void (at += ms), afterwards: (promise) => void work.push(promise),
    sending: { fetch, clock, deadline: (ms) => AbortSignal.timeout(ms), terms: { own: "register.test", loopback: false } },
    ...changes,
  };
  const { call } = await testApi({ office: test.office, parts: { conformance: parts } });
  const path = `/v1/operators/operator${operators++}/conformance-runs`;
  const begin = (key = "run", body: object = { address: ADDRESS, secret: SECRET }) => call("POST", path, { headers: admin(`${key}${path}`), json: body });
  const look = async (id: string) => (await call("GET", `${path}/${id}`, { headers: admin() })).body;
  const certificate = (id: string) => call("GET", `${path}/${id}/certificate`, { headers: admin() });
  const done = async () => void (await Promise.all(work));
  /** A run that nobody carried on. */
  const left = async () => {
    const asked = { operator: path.split("/")[3]!, address: ADDRESS, secret: SECRET };
    const begun = await beginRun(parts, systemActor("test"), { id: Buffer.from(random(32)).toString("hex"), fingerprint: "f" }, asked);
    if (!begun.ok) throw new Error(begun.refusal);
    return begun.run.id;
  };
  const pass = (ms: number) => void (at += ms);
  /** A whole run, as it is shown at its end. */
  const run = async () => {
    const { body } = await begin();
    await done();
    return look(body.id);
  };
  return { parts, asked, path, call, begin, look, certificate, done, left, pass, run };
}

const failedOf = (run: { results: { scenario: string; passed: boolean | null }[] }) => run.results.filter(({ passed }) => passed !== true).map(({ scenario }) => scenario).toSorted();

describe("a recorded run", () => {
  it("of an integration that decides rightly is passed, and certified so that anybody can verify it", async () => {
    const { run, certificate, call, parts } = await operatorOf(believing(right));
    const ended = await run();
    expect(ended).toMatchObject({ state: "passed", kit: "1.0.0", testChecks: 44 });
    expect([ended.results.length, failedOf(ended)]).toEqual([44, []]);
    expect(ended.results.map(({ scenario }: { scenario: string }) => scenario)).not.toEqual(RECORDED);
    const note = await (await certificate(ended.id)).response.text().catch(() => "") || (await certificate(ended.id)).body;
    const { body: { key } } = await call("GET", "/v1/conformance/key");
    expect(await verifyCertificate(note, key)).toMatchObject({ run: ended.id, scenarios: 44, kit: "1.0.0", testChecks: 44, hash: ended.hash });
    expect(await openNote(note, [(await signer()).key])).toMatchObject({ ok: true });
    expect((await runById(parts.office, ended.id))!.secret).toBeNull();
    const entries = await test.office.primary.select().from(auditEntries).where(eq(auditEntries.resource, `conformance-run/${ended.id}`)).orderBy(auditEntries.position);
    expect(entries.map(({ action }) => action)).toEqual(["conformance-run.begun", ...entries.slice(1, -1).map(() => "conformance-run.asked"), "conformance-run.passed"]);
  });

  it.each<[string, Answers, string[]]>([
    ["believes anybody", open(right), ["signed/forged", "signed/old"]],
    ["lets everybody in", believing(async () => true), SCENARIOS.filter(({ mayPlay }) => !mayPlay).map(({ id }) => id)],
    ["keeps everybody out, and money back", believing(async () => false), SCENARIOS.filter(({ mayPlay }) => mayPlay).map(({ id }) => id)],
    ["breaks", async () => new Response("x", { status: 500 }), [...RECORDED]],
    ["answers no decision", async () => Response.json({ mayPlay: "yes" }), [...RECORDED]],
    ["leads elsewhere", async () => new Response(null, { status: 302, headers: { location: "https://elsewhere.test" } }), [...RECORDED]],
    ["does not answer", async () => Promise.reject(new Error("refused")), [...RECORDED]],
  ])("of one that %s is failed, and says where", async (_, answers, failed) => {
    const { run, certificate } = await operatorOf(answers);
    const ended = await run();
    expect(ended.state).toBe("failed");
    expect(failedOf(ended)).toEqual(failed.toSorted());
    expect((await certificate(ended.id)).response.status).toBe(404);
  });

  it("of one that knows the answers without asking the edge is not certified; where that cannot be known the certificate says so", async () => {
    const counted = await operatorOf(believing(right), { testChecks: async () => 7 });
    expect(await counted.run()).toMatchObject({ state: "failed", testChecks: 0 });
    const unknown = await operatorOf(believing(right), { testChecks: async () => null });
    const ended = await unknown.run();
    expect(ended).toMatchObject({ state: "passed", testChecks: null });
    expect((await runById(test.office, ended.id))!.certificate).toContain("test-checks unproven");
  });

  it("is one at a time, begun once however often it is sent, and asks nobody who may not be asked", async () => {
    const { begin, left, done, look } = await operatorOf(believing(right));
    const id = await left();
    expect((await begin("another")).body).toMatchObject({ status: 409, detail: expect.stringContaining("under way") });
    expect((await look(id)).state).toBe("running");
    const other = await operatorOf(believing(right));
    const [first, again] = [await other.begin(), await other.begin()];
    expect([first.response.status, again.body.id]).toEqual([202, first.body.id]);
    await Promise.all([done(), other.done()]);
    expect(await other.look(first.body.id)).toMatchObject({ state: "passed" });
    for (const address of ["http://kenbet.co.ke/", "https://127.0.0.1/", "https://localhost/", "https://register.test/", "https://a:b@kenbet.co.ke/", "https://kenbet.co.ke:22/", "https://0x7f000001/"]) {
      expect((await other.begin(encodeURIComponent(address), { address, secret: SECRET })).body, address).toMatchObject({ status: 422, errors: [{ pointer: "/address" }] });
    }
    expect((await other.begin("secret", { address: ADDRESS, secret: "whsec_short" })).body).toMatchObject({ status: 422, errors: [{ pointer: "/secret" }] });
  });

  it("that was left is carried on, by whoever comes first, and what came is written once", async () => {
    const { left, parts, pass, look } = await operatorOf(believing(right));
    const id = await left();
    await carryAbandoned(parts);
    expect((await resultsOf(test.office, id)).every(({ at }) => at === null)).toBe(true);
    // What was written without being heard of breaks off here, and goes on there.
    await expect(carryRun({ ...parts, office: { ...parts.office, ...unheard(parts.office) } }, id)).rejects.toThrow(/no answer/);
    expect((await resultsOf(test.office, id)).filter(({ at }) => at !== null)).toHaveLength(6);
    pass(2 * MINUTE);
    await Promise.all([carryAbandoned(parts), carryAbandoned(parts)]);
    await carryRun(parts, id);
    expect(await look(id)).toMatchObject({ state: "passed" });
  });

  it("that takes too long ends, and what was not asked is not passed", async () => {
    const { left, parts, pass, look } = await operatorOf(believing(right));
    const id = await left();
    pass(11 * MINUTE);
    await carryRun(parts, id);
    const ended = await look(id);
    expect([ended.state, failedOf(ended).length]).toEqual(["failed", 44]);
  });

  it("is no other operator's", async () => {
    const { run, certificate } = await operatorOf(believing(right));
    const { id } = await run();
    const other = await operatorOf(believing(right));
    expect((await other.look(id)).status).toBe(404);
    expect((await other.certificate(id)).response.status).toBe(404);
    expect((await certificate(id)).response.status).toBe(200);
  });
});

describe("a certificate", () => {
  it("is not believed when anything of it was altered, or another key signed it", async () => {
    const { run } = await operatorOf(believing(right));
    const note = (await runById(test.office, (await run()).id))!.certificate!;
    const key = formatVerifierKey((await signer()).key);
    const other = formatVerifierKey((await logSigner("register.test/conformance", new Uint8Array(32).fill(9))).key);
    const altered = [note.replace(/operator \w/, "operator x"), note.replace("scenarios 44", "scenarios 45"), note.replace("—", "-"), `${note} `, note.slice(0, 200), "", `${note.slice(0, -20)}${note.at(-20) === "A" ? "B" : "A"}${note.slice(-19)}`];
    for (const text of altered) await expect(verifyCertificate(text, key), text).rejects.toThrow(CertificateError);
    for (const wrong of [other, "", key.replace("+", "-"), key.replace("register.test", "register.ke")]) await expect(verifyCertificate(note, wrong), wrong).rejects.toThrow(CertificateError);
    expect(await verifyCertificate(note, key)).toMatchObject({ scenarios: 44 });
  });
});

describe("what comes of a scenario", () => {
  it("is judged by the answer alone", () => {
    expect(judge("clear/bet", { status: 200, body: '{"mayPlay":true}' })).toEqual({ came: "may play", passed: true });
    expect(judge("clear/bet", { status: 201, body: '{"mayPlay":true}' })).toEqual({ came: "201", passed: false });
    expect(judge("excluded/bet", { status: 200, body: '{"mayPlay":"false"}' })).toEqual({ came: "no decision", passed: false });
    expect(judge("excluded/bet", null)).toEqual({ came: "no answer", passed: false });
    expect(judge("signed/old", { status: 401, body: "" }).passed).toBe(true);
    expect(judge("signed/old", { status: 503, body: "" }).passed).toBe(false);
    expect([...plan(random)].toSorted()).toEqual([...RECORDED].toSorted());
  });
});
