import { beforeEach, describe, expect, it } from "vitest";
import { complianceReports, complianceRuns } from "../../src/domains/compliance/reports/tables.ts";
import { keepReports } from "../../src/domains/compliance/reports/keep.ts";
import * as desk from "../../src/domains/compliance/supervision/index.ts";
import { violations } from "../../src/domains/compliance/violations/tables.ts";
import { type Role, ROLE_CAPABILITIES, ROLES } from "../../src/domains/authentication/capabilities.ts";
import { operatorKeys, operators } from "../../src/domains/operators/office/tables.ts";
import { MINUTE } from "../../src/kernel/clock.ts";
import { uuidv7 } from "../../src/kernel/ids.ts";
import { random } from "../../src/objects/shell.ts";
import { enrol, Known } from "../support/compliance.ts";
import { signedInAs } from "../support/desk.ts";
import { testOffice } from "../support/office.ts";
import { holding, somebody } from "../support/people.ts";

const test = testOffice();
const SAID = "what there is to say about it";
let known: Known;
let parts: desk.SupervisionParts;

beforeEach(async () => {
  known = new Known();
  known.now = Date.now();
  for (const table of [violations, complianceReports, complianceRuns, operatorKeys, operators]) await test.office.primary.delete(table);
  await enrol(test.office, "opacme", "opbeta");
  parts = { ...known.parts(test.office).compliance, admits: async () => true, filled: () => void known.told++ };
});

const as = async (role: Role, operator: string | null = null, ago = 0) => {
  const { userId } = await somebody(test.office, holding(role, operator));
  const visitor = await signedInAs(test.office, userId, Date.now() - ago);
  known.now = Date.now();
  return { userId, visitor };
};
type Visitor = Awaited<ReturnType<typeof as>>["visitor"];

const open = (visitor: Visitor, over: object = {}) => desk.open(parts, { visitor, formId: uuidv7(1, random), operator: "opacme", grounds: SAID, ...over });
const only = async (visitor: Visitor) => {
  const seen = await desk.overview(parts, { visitor, after: null });
  return seen.ok ? seen.violations[0]! : expect.unreachable();
};
const step = async (visitor: Visitor, step: string, over: object = {}) => {
  const { id, version } = await only(visitor);
  return desk.step(parts, { visitor, violationId: id, step, statement: SAID, version, ...over });
};

describe("compliance before officers", () => {
  it.each(ROLES.filter((role) => !ROLE_CAPABILITIES[role].any.includes("compliance:read")))("shows %s nothing, and says so of nothing", async (role) => {
    const { visitor } = await as(role, ROLE_CAPABILITIES[role].own ? "opacme" : null);
    const answers = await Promise.all([desk.overview(parts, { visitor, after: null }), desk.look(parts, { visitor, operator: "opacme", after: null }), open(visitor)]);
    for (const answer of answers) expect(answer).toEqual({ ok: false, refusal: "not-found" });
  });

  it("shows every operator with its newest report, and who may only read nothing to do", async () => {
    await keepReports(known.parts(test.office).jobs);
    const { visitor } = await as("grak_officer");
    await open(visitor);
    const seen = await desk.overview(parts, { visitor: (await as("grak_auditor")).visitor, after: null });
    expect(seen).toMatchObject({ ok: true, may: { open: false }, operators: [{ id: "opacme", report: { edition: 1, score: null, part: 0 } }, { id: "opbeta" }], violations: [{ steps: [], operator: { name: "Operator opacme" } }] });
  });

  it("is paged, newest first", async () => {
    const { visitor } = await as("grak_officer");
    for (let at = 0; at < 21; at++) {
      known.now += 1;
      await open(visitor);
    }
    const first = await desk.overview(parts, { visitor, after: null });
    const second = await desk.overview(parts, { visitor, after: first.ok ? first.next : "" });
    expect([first, second].map((page) => page.ok && [page.violations.length, page.next === null])).toEqual([[20, false], [1, true]]);
  });

  it("goes through the steps that are offered, and offers no more", async () => {
    const [opener, decider, boss] = [await as("grak_officer"), await as("grak_admin"), await as("operator_admin", "opacme")];
    expect(await open(opener.visitor)).toEqual({ ok: true });
    expect((await only(opener.visitor)).steps).toEqual(["notify"]);
    expect(await step(opener.visitor, "notify")).toEqual({ ok: true });
    expect([(await only(opener.visitor)).steps, (await only(decider.visitor)).steps]).toEqual([[], []]);
    const own = await desk.own(parts, { visitor: boss.visitor, operator: null, after: null });
    const [told] = own.ok ? own.violations : [];
    expect(told).toMatchObject({ steps: ["respond"], accuser: null, operator: { id: "opacme" } });
    expect(await desk.answer(parts, { visitor: boss.visitor, operator: "opacme", violationId: told!.id, step: "respond", statement: SAID, version: told!.version })).toEqual({ ok: true });
    expect([(await only(opener.visitor)).steps, (await only(decider.visitor)).steps]).toEqual([[], ["uphold", "dismiss"]]);
    expect(await step(opener.visitor, "uphold")).toEqual({ ok: false, refusal: "own" });
    expect(await step(decider.visitor, "uphold", { version: 1 })).toEqual({ ok: false, refusal: "changed" });
    expect(await step(decider.visitor, "uphold", { statement: "short" })).toEqual({ ok: false, refusal: "statement-unfit" });
    expect(await step(decider.visitor, "close")).toEqual({ ok: false, refusal: "out-of-turn" });
    expect(await step(decider.visitor, "uphold")).toEqual({ ok: true });
    expect(known.told).toBe(3);
  });

  it("takes a fresh factor to change anything, and none to look", async () => {
    const { visitor } = await as("grak_officer", null, 6 * MINUTE);
    expect(await open(visitor)).toEqual({ ok: false, refusal: "proof-due" });
    expect((await desk.overview(parts, { visitor, after: null })).ok).toBe(true);
  });

  it.each([[{ operator: "nobody00" }, "operator-unknown"], [{ operator: 7 }, "operator-unknown"], [{ grounds: "short" }, "statement-unfit"], [{ grounds: "call 0712 345 678 now" }, "statement-unfit"], [{ formId: "x" }, "operator-unknown"]])("opens nothing of %j", async (over, refusal) => {
    const { visitor } = await as("grak_officer");
    expect(await open(visitor, over)).toEqual({ ok: false, refusal });
    expect(await test.office.primary.select().from(violations)).toEqual([]);
  });

  it("opens one once for a form, however often it is sent", async () => {
    const [{ visitor }, formId] = [await as("grak_officer"), uuidv7(1, random)];
    expect([await open(visitor, { formId }), await open(visitor, { formId })]).toEqual([{ ok: true }, { ok: true }]);
    expect(await test.office.primary.select().from(violations)).toHaveLength(1);
  });
});

describe("compliance before an operator's people", () => {
  it("shows their own operator alone, and of it nothing they were not notified of", async () => {
    const [officer, boss, others] = [await as("grak_officer"), await as("operator_admin", "opacme"), await as("operator_admin", "opbeta")];
    await open(officer.visitor);
    expect(await desk.own(parts, { visitor: boss.visitor, operator: null, after: null })).toMatchObject({ ok: true, operator: { id: "opacme" }, violations: [] });
    expect(await desk.own(parts, { visitor: boss.visitor, operator: "opbeta", after: null })).toEqual({ ok: false, refusal: "not-found" });
    await step(officer.visitor, "notify");
    const { id, version } = await only(officer.visitor);
    const asked = { violationId: id, step: "respond", statement: SAID, version };
    for (const operator of [null, "opacme", "opbeta"]) expect(await desk.answer(parts, { visitor: others.visitor, operator, ...asked })).toEqual({ ok: false, refusal: "not-found" });
    const member = await as("operator_user", "opacme");
    expect(await desk.own(parts, { visitor: member.visitor, operator: null, after: null })).toMatchObject({ violations: [{ steps: [] }] });
    expect(await desk.answer(parts, { visitor: member.visitor, operator: null, ...asked })).toEqual({ ok: false, refusal: "not-found" });
    expect(await desk.own(parts, { visitor: officer.visitor, operator: "opacme", after: null })).toEqual({ ok: false, refusal: "not-found" });
  });
});
