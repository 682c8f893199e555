import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { keepReports } from "../../src/domains/compliance/reports/keep.ts";
import { complianceReports, complianceRuns } from "../../src/domains/compliance/reports/tables.ts";
import { findingsOf, valueAgain } from "../../src/domains/compliance/standing/formulas.ts";
import { evidenceOf } from "../../src/domains/compliance/standing/inputs.ts";
import type { Finding } from "../../src/domains/compliance/standing/model.ts";
import { begun, monthsToReport } from "../../src/domains/compliance/standing/period.ts";
import { scoreOf } from "../../src/domains/compliance/standing/score.ts";
import { operators, operatorKeys } from "../../src/domains/operators/office/tables.ts";
import { insertMeetings } from "../../src/domains/tokens/canaries/store.ts";
import { canaryAlarms } from "../../src/domains/tokens/canaries/tables.ts";
import { DAY, HOUR } from "../../src/kernel/clock.ts";
import { openOffice } from "../../src/office/database.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { NOTHING_TOLD } from "../support/api.ts";
import { aDay, enrol, Known, NOW, SILENT, STANDING } from "../support/compliance.ts";
import { testOffice, unheard } from "../support/office.ts";
import { holding, officeApi, somebody } from "../support/people.ts";

const test = testOffice();
const OCTOBER = { from: Date.parse("2026-09-30T21:00:00Z"), to: Date.parse("2026-10-31T21:00:00Z") };
/** What is 0 of who was told nothing, and no data of what is measured by it. */
const TOLD = [
  "events", "receivedLate", "handledLate", "sessionsEnded", "sessionsEndedLate", "accountsClosed", "accountsClosedLate", "marketingRemoved", "marketingRemovedLate", "balancesReturned",
  "balancesReturnedLate",
].map((name) => [name, 0]);
let known: Known;

beforeEach(async () => {
  known = new Known();
  for (const table of [complianceReports, complianceRuns, canaryAlarms, operatorKeys, operators]) await test.office.primary.delete(table);
  await enrol(test.office, "opacme", "opbeta");
  known.days.set("opacme", [aDay({ login: { clear: 400, found: 3 }, bet: { clear: 100, found: 1 } }), SILENT]);
  known.standings.set("opacme", STANDING);
});

const keep = (office = test.office) => keepReports(known.parts(office).jobs);
const reports = () => test.office.primary.select().from(complianceReports).orderBy(complianceReports.month, complianceReports.operator, complianceReports.edition);
const runs = () => test.office.primary.select().from(complianceRuns).orderBy(complianceRuns.month, complianceRuns.id);
const valueOf = (findings: readonly Finding[], name: string) => findings.find((one) => one.name === name)?.value;
const ofOctober = async (operator: string) => (await reports()).find((one) => one.operator === operator && one.month === "2026-10")!;

describe("evidence", () => {
  const facts = { ...OCTOBER, usage: [], standing: NOTHING_TOLD, canaries: 0, keys: [], lastUsed: {}, licensedDays: null };
  const key = { id: "k", networks: [], issuedAt: OCTOBER.from - DAY, expiresAt: null, revokedAt: null };
  const inputs = (over: object) => evidenceOf({ ...facts, ...over }).inputs;

  it("is nothing of whom nothing was heard of", () => {
    const { inputs: none, loss } = evidenceOf({ ...facts, usage: [SILENT, SILENT] });
    expect(Object.entries(none).filter(([, value]) => value !== null)).toEqual([...TOLD, ["keysInForce", 0], ["keysBound", 0], ["keysExpiring", 0], ["keysRenewed", 0], ["keysUsed", 0], ["canariesAccepted", 0], ["days", 31]]);
    expect(loss).toEqual({ batchesLost: null, answersDropped: null, daysUnknown: 2 });
    expect(findingsOf({ inputs: none, loss }).filter(({ value }) => value !== null)).toEqual([]);
  });

  it("of checks is what was counted: days of which nothing came change nothing", () => {
    const days = [aDay({ login: { clear: 10, found: 2 }, deposit: { clear: 4, found: null }, bet: { clear: null, found: 1 } })];
    expect(inputs({ usage: days })).toMatchObject({ found: 3, foundAtPlay: 1, loginChecks: 12, playChecks: 5, checksAsked: 100, retiredTokenChecks: 0 });
    expect(inputs({ usage: [SILENT, ...days, SILENT] })).toEqual(inputs({ usage: days }));
  });

  it("of checks at play leaves out days on which one of both was not counted, or something is known to be lost", () => {
    const whole = aDay({ login: { clear: 10, found: null }, bet: { clear: 5, found: null } });
    const left = [aDay({ login: { clear: 90, found: null } }), { ...whole, batchesLost: 1 }, { ...whole, answersDropped: 3 }];
    expect(inputs({ usage: [whole, ...left] })).toMatchObject({ loginChecks: 10, playChecks: 5 });
    expect(inputs({ usage: left })).toMatchObject({ loginChecks: null, playChecks: null });
    expect(evidenceOf({ ...facts, usage: left }).loss).toEqual({ batchesLost: 1, answersDropped: 3, daysUnknown: 0 });
  });

  it("of keys is of those that are in force at the end", () => {
    const gone = [{ ...key, revokedAt: OCTOBER.to - 1 }, { ...key, expiresAt: OCTOBER.to - 1 }, { ...key, issuedAt: OCTOBER.to }];
    expect(inputs({ keys: [key, ...gone] })).toMatchObject({ keysInForce: 1, keysBound: 0, keysExpiring: 0, keysRenewed: 1, keysUsed: 0 });
    const good = { ...key, id: "g", networks: ["192.0.2.0/24"], expiresAt: OCTOBER.to + DAY, revokedAt: OCTOBER.to + 1 };
    const old = { ...key, id: "o", issuedAt: OCTOBER.to - 365 * DAY };
    const fresh = { ...key, id: "f", issuedAt: OCTOBER.from };
    expect(inputs({ keys: [good, old, fresh], lastUsed: { g: OCTOBER.from, o: OCTOBER.from - 1 } })).toMatchObject({ keysInForce: 3, keysBound: 1, keysExpiring: 1, keysRenewed: 2, keysUsed: 2 });
  });
});

describe("months", () => {
  it("are reported once they and their grace are over in Nairobi", () => {
    expect(monthsToReport(Date.parse("2026-11-08T20:59:59Z"), 8)).toEqual(["2026-08", "2026-09"]);
    expect(monthsToReport(Date.parse("2026-11-08T21:00:00Z"), 8)).toEqual(["2026-09", "2026-10"]);
    expect(monthsToReport(Date.parse("2026-12-31T21:00:00Z"), 0)).toEqual(["2026-11", "2026-12"]);
  });

  it("are looked at as far as they have begun", () => {
    expect(begun({ from: "2026-11-01", to: "2026-12-01" }, NOW)).toEqual({ from: "2026-11-01", to: "2026-11-11" });
    expect(begun({ from: "2026-11-10", to: "2026-11-12" }, NOW)).toEqual({ from: "2026-11-10", to: "2026-11-11" });
    expect(begun({ from: "2026-11-11", to: "2026-11-12" }, NOW)).toBeNull();
  });
});

describe("reports", () => {
  it("are made of each operator and month once, with an entry and a run's record", async () => {
    await insertMeetings(test.office.primary, ["a", "b"].map((id) => ({ id, operator: "opacme", canary: "c", how: "checked" as const, purpose: "bet" as const, at: OCTOBER.from })));
    await keep();
    expect((await reports()).map(({ operator, month, edition, computedBy }) => [operator, month, edition, computedBy])).toEqual(
      ["2026-09", "2026-10"].flatMap((month) => ["opacme", "opbeta"].map((operator) => [operator, month, 1, "system:compliance-reports"])));
    const { findings, tenths, part } = await ofOctober("opacme");
    expect(["stopped-early", "play-checks", "current-tokens", "received-in-time", "accounts-closed", "marketing-removed", "canaries", "keys-bound", "licence"].map((name) => valueOf(findings, name)))
      .toEqual([0.75, 1, 1, 0.75, 0.5, null, 0, null, null]);
    expect(scoreOf(findings, 0.5)).toMatchObject({ score: tenths! / 10, part });
    expect(await ofOctober("opbeta")).toMatchObject({ tenths: null, part: 0 });
    const before = await reports();
    await keep();
    expect(await reports()).toEqual(before);
    const entries = await test.office.primary.select().from(auditEntries).where(eq(auditEntries.action, "compliance-report.computed"));
    expect(entries.filter(({ resource }) => resource === "operator/opacme")).toHaveLength(2);
    expect((await runs()).map(({ month, processed, failed, reached, finishedAt }) => [month, processed, failed, reached, finishedAt])).toEqual([
      ["2026-09", 2, 0, null, NOW], ["2026-10", 2, 0, null, NOW],
    ]);
  });

  it("come out again from what they hold alone", async () => {
    await keep();
    for (const { findings, tenths, part, leastPart } of await reports()) {
      expect(findings.map(valueAgain)).toEqual(findings.map(({ value }) => value));
      expect(scoreOf(findings.map((one) => ({ ...one, value: valueAgain(one) })), leastPart)).toMatchObject({ score: tenths === null ? null : tenths / 10, part });
    }
  });

  it("of the others are made though one cannot be, which comes again an hour later", async () => {
    known.away.add("opacme");
    await keep();
    expect((await reports()).map(({ operator }) => operator)).toEqual(["opbeta", "opbeta"]);
    expect([known.failures.length, (await runs()).map(({ failed }) => failed)]).toEqual([2, [1, 1]]);
    known.away.clear();
    known.now += HOUR - 1;
    await keep();
    expect(await reports()).toHaveLength(2);
    known.now += 1;
    await keep();
    expect(await reports()).toHaveLength(4);
  });

  it("are made once though two make them, or nobody hears that they were", async () => {
    await Promise.all([keep(), keep()]);
    expect(await reports()).toHaveLength(4);
    expect(known.failures).toEqual([]);
    await test.office.primary.delete(complianceReports);
    await test.office.primary.delete(complianceRuns);
    await keep(unheard(test.office));
    expect([(await reports()).length, known.failures.length]).toEqual([4, 4]);
    known.now += HOUR;
    await keep();
    expect(await reports()).toHaveLength(4);
  });

  it("go on where a run was cut off, and are not made of who came later", async () => {
    await enrol(test.office, ...Array.from({ length: 25 }, (_, at) => `op${String(at).padStart(4, "0")}`));
    await test.office.primary.update(operators).set({ enrolledAt: OCTOBER.to }).where(eq(operators.id, "op0000"));
    const parts = known.parts(test.office).jobs;
    // Each page takes longer than a run may.
    await keepReports({ ...parts, clock: () => (known.now += 9_000) });
    const first = (await reports()).length;
    expect(first).toBeLessThan(50);
    for (let minute = 0; minute < 4; minute++) await keepReports({ ...parts, clock: () => (known.now += 9_000) });
    const made = await reports();
    expect([made.length, made.some(({ operator }) => operator === "op0000")]).toEqual([52, false]);
  });

  it("are not made while the office does not answer, and nothing is lost by it", async () => {
    await expect(keep(openOffice({ url: "http://127.0.0.1:9", token: "" }))).rejects.toThrow("Failed query");
    await keep();
    expect(await reports()).toHaveLength(4);
  });
});

describe("the API of compliance", () => {
  const api = async () => (await officeApi(test.office, { parts: known.parts(test.office) as never })).call;
  const as = (role: Parameters<typeof holding>[0], operator: string | null = null) => somebody(test.office, holding(role, operator));

  it("shows the running month as it is known now, every figure with what it rests on", async () => {
    const [call, auditor] = [await api(), await as("grak_auditor")];
    const { response, body } = await call("GET", "/v1/operators/opacme/compliance", { headers: auditor.headers() });
    expect([response.status, body.from, body.to, body.leastPart]).toEqual([200, "2026-11-01", "2026-11-11", 0.5]);
    const early = body.findings.find(({ name }: Finding) => name === "stopped-early");
    expect(early).toMatchObject({
      version: 1, formula: "1 - foundAtPlay / found", weight: 15, inputs: { foundAtPlay: 1, found: 4 }, value: 0.75, loss: { batchesLost: 0, answersDropped: 0, daysUnknown: 1 },
      events: ["/v1/operators/opacme/usage?from=2026-10-31T21:00:00.000Z&to=2026-11-10T21:00:00.000Z&by=day"], explanation: expect.stringMatching(/cannot/),
    });
    // Who may not read the list is not sent there.
    expect(body.findings.find(({ name }: Finding) => name === "canaries").events).toEqual([]);
    expect(await reports()).toEqual([]);
  });

  it("says no data where there is too little of it, and 404 of who is not there", async () => {
    const [call, officer] = [await api(), await as("grak_officer")];
    const { body } = await call("GET", "/v1/operators/opbeta/compliance?from=2026-11-01&to=2026-11-03", { headers: officer.headers() });
    expect([body.score, body.band, body.part]).toEqual([null, null, 0]);
    expect((await call("GET", "/v1/operators/nobody00/compliance", { headers: officer.headers() })).response.status).toBe(404);
  });

  it.each([
    ["month=2026-13", "/month"], ["month=2027-01", "/month"], ["from=2026-11-01", "/to"], ["from=2026-11-01&to=2026-11-01", "/to"], ["month=2026-10&from=2026-10-01&to=2026-10-02", "/month"],
    ["from=2026-07-01&to=2026-10-02", "/to"], ["from=2027-01-01&to=2027-01-02", "/from"], ["from=x&to=y", "/from"],
  ])("refuses the period %s", async (query, pointer) => {
    const [call, officer] = [await api(), await as("grak_officer")];
    const { response, body } = await call("GET", `/v1/operators/opacme/compliance?${query}`, { headers: officer.headers() });
    expect([response.status, body.errors[0].pointer]).toEqual([422, pointer]);
  });

  it("answers 503 while an operator's object does not say, and shows nobody's figures in its place", async () => {
    const [call, officer] = [await api(), await as("grak_officer")];
    known.away.add("opacme");
    expect((await call("GET", "/v1/operators/opacme/compliance", { headers: officer.headers() })).response.status).toBe(503);
  });

  it("shows an operator its own and nothing of another's", async () => {
    await keep();
    const [call, member, theirs] = [await api(), await as("operator_user", "opacme"), await ofOctober("opbeta")];
    const own = await call("GET", "/v1/operators/opacme/compliance/reports?month=2026-10", { headers: member.headers() });
    expect(own.body.items).toMatchObject([{ operator: "opacme", month: "2026-10", edition: 1 }]);
    const one = await call("GET", `/v1/operators/opacme/compliance/reports/${own.body.items[0].id}`, { headers: member.headers() });
    expect(one.body.findings).toHaveLength(15);
    expect((await call("GET", `/v1/operators/opacme/compliance/reports/${theirs.id}`, { headers: member.headers() })).response.status).toBe(404);
    for (const path of ["/v1/operators/opbeta/compliance", "/v1/operators/opbeta/compliance/reports", `/v1/operators/opbeta/compliance/reports/${theirs.id}`, "/v1/compliance/reports"]) {
      expect((await call("GET", path, { headers: member.headers() })).response.status, path).toBe(403);
    }
    expect(known.asked.slice(-1)).toEqual(["opbeta"]);
  });

  it("computes a month anew beside what there is, once for a key, with the reason", async () => {
    await keep();
    const [call, officer, first] = [await api(), await as("grak_officer"), await ofOctober("opacme")];
    known.days.set("opacme", [aDay({ login: { clear: 400, found: 4 }, bet: { clear: 100, found: null } })]);
    const headers = officer.headers();
    const ask = (json: object) => call("POST", "/v1/operators/opacme/compliance/reports", { headers, json });
    const asked = { month: "2026-10", reason: "counts came late after all" };
    const [one, again] = [await ask(asked), await ask(asked)];
    expect([one.response.status, one.body.edition, one.body.reason]).toEqual([201, 2, "counts came late after all"]);
    expect(again.body).toEqual(one.body);
    expect(await ofOctober("opacme")).toEqual(first);
    expect((await reports()).filter(({ operator, month }) => operator === "opacme" && month === "2026-10").map(({ edition, findings }) => [edition, valueOf(findings, "stopped-early")])).toEqual([[1, 0.75], [2, 1]]);
    expect((await ask({ ...asked, reason: "another reason than before" })).body.type).toBe("/problems/idempotency-key-reused");
  });

  it.each([
    [{ month: "2026-11", reason: "it is not over yet" }, 409], [{ month: "2026-05", reason: "it is too long ago" }, 409], [{ month: "2026-10", reason: "short" }, 422],
    [{ month: "2026-10", reason: "ask 0712 345 678 about it" }, 422], [{ month: "10-2026", reason: "a month the wrong way" }, 422],
  ])("refuses to compute %j", async (json, status) => {
    await keep();
    const [call, officer] = [await api(), await as("grak_officer")];
    expect((await call("POST", "/v1/operators/opacme/compliance/reports", { headers: officer.headers(), json })).response.status).toBe(status);
    expect(await reports()).toHaveLength(4);
  });

  it("computes nothing anew of who was never reported, nor for who may only read", async () => {
    const [call, officer, auditor, boss] = [await api(), await as("grak_officer"), await as("grak_auditor"), await as("operator_admin", "opacme")];
    const ask = (who: typeof officer) => call("POST", "/v1/operators/opacme/compliance/reports", { headers: who.headers(), json: { month: "2026-10", reason: "because I ask for it" } });
    expect(await Promise.all([officer, auditor, boss].map(async (who) => (await ask(who)).response.status))).toEqual([404, 403, 403]);
  });
});
