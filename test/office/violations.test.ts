import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { propagationLapses } from "../../src/domains/operators/propagation/tables.ts";
import { complianceRuns } from "../../src/domains/compliance/reports/tables.ts";
import { proposeViolations } from "../../src/domains/compliance/violations/propose.ts";
import { takeStep } from "../../src/domains/compliance/violations/steps.ts";
import { violations } from "../../src/domains/compliance/violations/tables.ts";
import { tellViolations } from "../../src/domains/compliance/violations/tell.ts";
import { operatorKeys, operators } from "../../src/domains/operators/office/tables.ts";
import { insertMeetings } from "../../src/domains/tokens/canaries/store.ts";
import { canaryAlarms } from "../../src/domains/tokens/canaries/tables.ts";
import { roleAssignments } from "../../src/domains/users/accounts/tables.ts";
import { systemActor } from "../../src/kernel/actor.ts";
import { random } from "../../src/objects/shell.ts";
import { createdBy } from "../../src/office/columns.ts";
import { DAY, HOUR } from "../../src/kernel/clock.ts";
import { openOffice } from "../../src/office/database.ts";
import { auditEntries, events } from "../../src/office/tables.ts";
import { enrol, Known, NOW } from "../support/compliance.ts";
import { testOffice } from "../support/office.ts";
import { accountsOf, holding, officeApi, somebody, type Somebody } from "../support/people.ts";

const test = testOffice();
const SAID = "what there is to say about it";
let known: Known;
let call: Awaited<ReturnType<typeof officeApi>>["call"];
let [opener, decider, boss] = [] as unknown as [Somebody, Somebody, Somebody];

beforeEach(async () => {
  known = new Known();
  for (const table of [violations, complianceRuns, canaryAlarms, operatorKeys, operators, events, roleAssignments, propagationLapses]) await test.office.primary.delete(table);
  await enrol(test.office, "opacme", "opbeta");
  ({ call } = await officeApi(test.office, { parts: known.parts(test.office) as never }));
  [opener, decider, boss] = await Promise.all([
    somebody(test.office, holding("grak_officer")), somebody(test.office, holding("grak_officer")), somebody(test.office, holding("operator_admin", "opacme"), { phone: `+2547${String(Date.now()).slice(-8)}` }),
  ]);
});

const post = (who: Somebody, path: string, json: object) => call("POST", path, { headers: who.headers(), json });
const open = async (who = opener) => (await post(who, "/v1/violations", { operator: "opacme", grounds: SAID })).body;
const step = (who: Somebody, { id, version }: { id: string; version: number }, step: string) => post(who, `/v1/violations/${id}/steps`, { step, statement: SAID, version });
const answer = (who: Somebody, { id, version }: { id: string; version: number }, step: string, operator = "opacme") =>
  post(who, `/v1/operators/${operator}/violations/${id}/responses`, { step, statement: SAID, version });
const notified = async () => (await step(opener, await open(), "notify")).body;
const entriesOf = async (id: string) => (await test.office.primary.select().from(auditEntries).where(eq(auditEntries.resource, `violation/${id}`)).orderBy(auditEntries.position)).map(({ action }) => action);
const stored = () => test.office.primary.select().from(violations).orderBy(violations.createdAt, violations.id);

describe("a violation", () => {
  it("goes from its opening to its end, each step with its entry and its event", async () => {
    const opened = await open();
    expect(opened).toMatchObject({ state: "proposed", rule: "by-hand", explanation: SAID, accuser: `user:${opener.userId}`, respondUntil: null });
    const told = (await step(opener, opened, "notify")).body;
    expect(told).toMatchObject({ state: "notified", respondUntil: "2026-11-24T20:59:59.999Z" });
    const responded = (await answer(boss, told, "respond")).body;
    expect(responded).toMatchObject({ state: "responded", response: SAID });
    const upheld = (await step(decider, responded, "uphold")).body;
    const remedied = (await answer(boss, upheld, "remedy")).body;
    const closed = (await step(opener, remedied, "close")).body;
    expect(closed).toMatchObject({ state: "closed", decision: SAID, remedy: SAID, closing: SAID, version: 6, decidedBy: `user:${decider.userId}` });
    expect(await entriesOf(opened.id)).toEqual(["violation.proposed", "violation.notified", "violation.responded", "violation.upheld", "violation.remedied", "violation.closed"]);
    expect((await test.office.primary.select().from(events)).map(({ topic, subject }) => [topic, subject])).toEqual(Array.from({ length: 5 }, () => ["violation.told", opened.id]));
    expect(known.told).toBe(5);
  });

  it("is decided by somebody else than who opened it, and by nobody before the operator was heard", async () => {
    const told = await notified();
    expect((await step(opener, told, "uphold")).response.status).toBe(403);
    for (const decision of ["uphold", "dismiss"]) {
      const { response, body } = await step(decider, told, decision);
      expect([response.status, body.detail]).toEqual([409, "The operator can still respond."]);
    }
    known.now = Date.parse(told.respondUntil);
    expect((await step(decider, told, "dismiss")).response.status).toBe(409);
    known.now += 1;
    expect((await step(decider, told, "dismiss")).body).toMatchObject({ state: "dismissed", response: null });
    expect(await entriesOf(told.id)).toEqual(["violation.proposed", "violation.notified", "violation.dismissed"]);
  });

  it("hears the operator after its time too, as long as nothing is decided", async () => {
    const told = await notified();
    known.now += 40 * DAY;
    expect((await answer(boss, told, "respond")).body.state).toBe("responded");
  });

  it("cannot be written against its own rules: the database refuses what the verbs would not do", async () => {
    const told = await notified();
    const write = (set: object) => test.office.primary.update(violations).set(set).where(eq(violations.id, told.id)).then(() => "written", (error: Error) => String(error.cause));
    expect(await write({ state: "upheld", decision: SAID, decidedAt: known.now, decidedBy: "user:x" })).toContain("violations_heard");
    expect(await write({ state: "upheld", decision: SAID, response: SAID, respondedAt: known.now, decidedAt: known.now, decidedBy: `user:${opener.userId}` })).toContain("violations_two_officers");
    expect(await write({ state: "closed" })).toContain("CHECK");
  });

  it("of two who decide at once is decided by one", async () => {
    const third = await somebody(test.office, holding("grak_admin"));
    const responded = (await answer(boss, await notified(), "respond")).body;
    const both = await Promise.all([step(decider, responded, "uphold"), step(third, responded, "dismiss")]);
    expect(both.map(({ response }) => response.status).toSorted()).toEqual([200, 409]);
    expect((await entriesOf(responded.id)).filter((action) => /upheld|dismissed/.test(action))).toHaveLength(1);
    expect((await step(decider, responded, "uphold")).response.status).toBe(409);
  });

  it("is opened once for a key, and of nobody who is not enrolled", async () => {
    const headers = opener.headers();
    const ask = (operator: string, grounds = SAID) => call("POST", "/v1/violations", { headers, json: { operator, grounds } });
    const [one, again] = [await ask("opacme"), await ask("opacme")];
    expect([one.response.status, again.body]).toEqual([201, one.body]);
    expect((await ask("opacme", `${SAID} and more`)).response.status).toBe(422);
    expect((await post(opener, "/v1/violations", { operator: "nobody00", grounds: SAID })).response.status).toBe(404);
    expect(await stored()).toHaveLength(1);
  });

  it.each([["short"], ["call 0712 345 678 about it"], ["two\nlines of what there is"], ["x".repeat(1_001)], ["\ud800 half of a letter"]])("takes no statement like %j", async (statement) => {
    const opened = await open();
    expect((await post(opener, `/v1/violations/${opened.id}/steps`, { step: "notify", statement, version: 1 })).response.status).toBe(422);
    expect((await post(opener, "/v1/violations", { operator: "opacme", grounds: statement })).response.status).toBe(422);
    expect(await entriesOf(opened.id)).toEqual(["violation.proposed"]);
  });

  it("stays as it was while the office does not answer", async () => {
    const away = { ...known.parts(openOffice({ url: "http://127.0.0.1:9", token: "" })).violations() };
    await expect(takeStep(away, { kind: "user", id: "o", origin: null }, crypto.randomUUID(), { step: "notify", statement: SAID, version: 1 })).rejects.toThrow("Failed query");
  });
});

describe("an operator", () => {
  it("sees nothing of what it was not notified of", async () => {
    const { id } = await open();
    expect((await call("GET", "/v1/operators/opacme/violations", { headers: boss.headers() })).body.items).toEqual([]);
    expect((await call("GET", `/v1/operators/opacme/violations/${id}`, { headers: boss.headers() })).response.status).toBe(404);
    expect((await answer(boss, { id, version: 1 }, "respond")).response.status).toBe(404);
  });

  it("sees and answers its own, and of another's is told what it is told of nobody's", async () => {
    const told = await notified();
    const others = await somebody(test.office, holding("operator_admin", "opbeta"));
    const own = (await call("GET", "/v1/operators/opacme/violations", { headers: boss.headers() })).body;
    expect(own.items).toMatchObject([{ id: told.id, state: "notified" }]);
    expect(Object.keys(own.items[0]).filter((name) => /By$|accuser/.test(name))).toEqual([]);
    for (const id of [told.id, crypto.randomUUID()]) {
      expect((await call("GET", `/v1/operators/opbeta/violations/${id}`, { headers: others.headers() })).response.status).toBe(404);
      expect((await answer(others, { id, version: 2 }, "respond", "opbeta")).response.status).toBe(404);
      expect((await answer(others, { id, version: 2 }, "respond", "opacme")).response.status).toBe(403);
    }
    for (const path of ["/v1/violations", `/v1/violations/${told.id}`]) expect((await call("GET", path, { headers: boss.headers() })).response.status).toBe(403);
    expect((await step(boss, told, "dismiss")).response.status).toBe(403);
  });

  it("is answered for by its own administrators alone", async () => {
    const told = await notified();
    const [member, root, admin] = await Promise.all([
      somebody(test.office, holding("operator_user", "opacme")), somebody(test.office, holding("super_admin")), somebody(test.office, holding("grak_admin")),
    ]);
    expect(await Promise.all([member, root, admin].map(async (who) => (await answer(who, told, "respond")).response.status))).toEqual([403, 403, 403]);
    expect((await answer(boss, told, "respond")).response.status).toBe(200);
  });
});

describe("telling", () => {
  const sent: { to: string; message: string }[] = [];
  const tell = (ok = true) => {
    const sms = { send: async (one: { to: string; message: string }) => (sent.push(one), ok ? { ok: true as const, messageId: "m" } : { ok: false as const, reason: "away" }) };
    return tellViolations({ office: test.office, accounts: accountsOf(test.office), sms, clock: () => known.now }, (error) => void known.failures.push(error));
  };
  beforeEach(() => void (sent.length = 0));

  it("reaches the operator's administrators of an officer's step, and who opened it of the operator's", async () => {
    const responded = (await answer(boss, await notified(), "respond")).body;
    await tell();
    // The officer has no phone.
    expect(sent).toEqual([{ to: expect.stringMatching(/^\+2547/), message: expect.not.stringContaining("opacme") }]);
    expect(await test.office.primary.select().from(events)).toEqual([]);
    expect(responded.state).toBe("responded");
  });

  it("comes again when it was not taken, for an hour", async () => {
    await notified();
    known.now = (await test.office.primary.select().from(events))[0]!.at;
    await tell(false);
    expect([known.failures.length, (await test.office.primary.select().from(events)).length]).toEqual([1, 1]);
    known.now += HOUR;
    await tell(false);
    expect(await test.office.primary.select().from(events)).toEqual([]);
  });
});

describe("rules", () => {
  const propose = (office = test.office) => proposeViolations(known.parts(office).jobs);
  const meet = (id: string, operator: string, canary: string, at = NOW) => insertMeetings(test.office.primary, [{ id, operator, canary, how: "checked" as const, purpose: "bet" as const, at }]);

  it("propose each identifier that is nobody's once, however often it was met", async () => {
    await meet("1", "opacme", "c1");
    await meet("2", "opacme", "c1");
    await meet("3", "opbeta", "c1");
    await meet("4", "opbeta", "old", NOW - 91 * DAY);
    await Promise.all([propose(), propose()]);
    await meet("5", "opacme", "c1");
    await propose();
    expect((await stored()).map(({ operator, rule, figures, createdBy, accuser, grounds }) => [operator, rule, figures, createdBy, accuser, grounds]).toSorted()).toEqual([
      ["opacme", "canary-accepted", { canary: "c1", meetings: 2 }, "system:compliance-rules", null, null],
      ["opbeta", "canary-accepted", { canary: "c1", meetings: 1 }, "system:compliance-rules", null, null],
    ]);
    expect(known.failures).toEqual([]);
  });

  it("hold whoever notifies the operator to have opened it", async () => {
    await meet("1", "opacme", "c1");
    await propose();
    const [row] = await stored();
    const told = (await step(opener, row!, "notify")).body;
    expect(told).toMatchObject({ accuser: `user:${opener.userId}`, explanation: expect.stringContaining("c1"), evidence: [] });
    const responded = (await answer(boss, told, "respond")).body;
    expect((await step(opener, responded, "uphold")).response.status).toBe(403);
    expect((await step(decider, responded, "uphold")).response.status).toBe(200);
  });

  it("propose each lapse that has lasted for longer than the terms allow, once, and none that is over or young", async () => {
    const lapse = (id: string, kind: "received" | "handled", lasted: number, state: "open" | "caught-up" = "open") =>
      ({ ...createdBy(systemActor("test"), NOW, random), id, operator: `op${id}`, kind, state, since: NOW - lasted, count: 7, most: 7, seenAt: NOW, caughtUpAt: null });
    await test.office.primary.insert(propagationLapses).values([
      lapse("acme", "received", 24 * HOUR), lapse("young", "received", 24 * HOUR - 1), lapse("beta", "handled", 3 * DAY), lapse("handled", "handled", 3 * DAY - 1), lapse("over", "handled", 9 * DAY, "caught-up"),
    ]);
    await Promise.all([propose(), propose()]);
    await propose();
    expect((await stored()).map(({ operator, rule, figures }) => [operator, rule, figures]).toSorted()).toEqual([
      ["opacme", "events-not-received", { count: 7, hours: 24, most: 24 }], ["opbeta", "acknowledgements-overdue", { kind: "handled", count: 7, days: 3, most: 3 }],
    ]);
    const told = (await step(opener, (await stored()).find(({ operator }) => operator === "opacme")!, "notify")).body;
    expect(told.evidence).toEqual(["/v1/operators/opacme/propagation/overdue"]);
  });

  it("propose nothing while the office does not answer, and all of it afterwards", async () => {
    await meet("1", "opacme", "c1");
    await expect(propose(openOffice({ url: "http://127.0.0.1:9", token: "" }))).rejects.toThrow("Failed query");
    await propose();
    expect(await stored()).toHaveLength(1);
  });
});
