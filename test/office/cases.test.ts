import { describe, expect, it } from "vitest";
import { carryCases } from "../../src/domains/exclusions/cases/carry.ts";
import type { Request } from "../../src/domains/exclusions/cases/cases-rpc.ts";
import { exportCases } from "../../src/domains/exclusions/cases/export.ts";
import { putEvidence } from "../../src/domains/exclusions/cases/evidence.ts";
import { lookAt } from "../../src/domains/exclusions/cases/look.ts";
import { partiesOf } from "../../src/domains/exclusions/cases/store.ts";
import { DAY } from "../../src/kernel/clock.ts";
import { events } from "../../src/office/tables.ts";
import { fakeTokenizer } from "../support/api.ts";
import { testOffice, unheard } from "../support/office.ts";
import { ANN, BEN, caseOffice, CAT, citizen, DAN, PDF, REASON } from "../support/case-office.ts";

const test = testOffice();
const {
  world, asked, verb, parts, aPhone, grantOf, FAMILY, form, filed, caseOf, standing, propose, second, notify, carry, sweep, decided,
  heard, viewOf, saying, audited,
} = caseOffice(test);

describe("a request about somebody else", () => {
  it("is heard, decided by two with reasons, imposed under the decision's id, told and closed", async () => {
    const { id, own, requester, subject } = await heard();
    await carry();
    expect(asked.sent).toEqual([{ to: subject, message: expect.stringMatching(/^NSER: kuna ombi kukuhusu, CASE-/) }]);
    await decided(id, "grant", world.now + 90 * DAY);
    const [{ verb: done, command }] = asked.register as [(typeof asked.register)[0]];
    expect([done, command.origin, command.endsAt, command.measureUntil, command.officers]).toEqual(["impose", "family", world.now + 90 * DAY, null, [`user:${ANN.id}`, `user:${BEN.id}`]]);
    expect(command.identifiers.map(({ kind, evidence }: any) => `${kind} ${evidence}`)).toEqual(["msisdn officer", "national_id officer"]);
    const { case: row, decisions, steps } = (await lookAt(parts(), { userId: ANN.id, assignments: [] }, (await standing(id)).reference))!;
    expect([row.state, row.decision, decisions[0]]).toMatchObject(["decided", "grant", { id: command.commandId, carriedOutAt: world.now, refusal: null }]);
    expect(steps.map(({ event }) => event)).toEqual(["filed", "notified", "proposed", "decided"]);
    const told = (await audited()).filter(({ action }) => action.startsWith("case.")).map(({ action, payload }) => [action, JSON.parse(payload)]);
    expect(told.map(([action, { before, state }]) => [action, before?.state, state])).toEqual([
      ["case.filed", undefined, undefined], ["case.notified", "open", "hearing"], ["case.proposed", "hearing", "hearing"], ["case.decided", "hearing", "decided"],
      ["case.carried-out", undefined, undefined],
    ]);
    // Register tells whom it excludes.
    expect(asked.sent.slice(1)).toEqual([{ to: requester, message: expect.stringContaining(own) }]);
    world.now += 31 * DAY;
    await sweep();
    expect([(await standing(id)).state, asked.failures, await test.office.primary.select().from(events).all()]).toEqual(["closed", [], []]);
  });

  it("shows who asked the kind of decision alone, and whom it is about why and by what words", async () => {
    const { id, requester, subject } = await heard();
    expect(await viewOf(requester)).toMatchObject([{ role: "requester", state: "received", hearingUntil: null, notice: null, dueAt: null }]);
    expect(await viewOf(subject)).toMatchObject([{ role: "subject", state: "hearing", grounds: ["financial-hardship"], notice: REASON, may: { answer: true } }]);
    await decided(id, "grant");
    expect(await viewOf(requester)).toMatchObject([{ state: "decided", decision: "granted", reason: null, may: { appeal: false } }]);
    expect(await viewOf(subject)).toMatchObject([{ decision: "granted", reason: REASON, may: { appeal: true } }]);
  });

  it("gives each party a copy of what they see and said, and nothing of the other's", async () => {
    const { requester, subject } = await heard();
    await citizen.answer(parts(), await saying(subject, (await viewOf(subject))[0]!.reference));
    const copyOf = async (phone: string) => exportCases(parts(), { phone: (await fakeTokenizer.evaluate([{ kind: "msisdn", value: phone }]))[0]!.p, personId: null });
    expect(await copyOf(requester)).toMatchObject([{ role: "requester", filedAt: "2026-11-23T09:00:00.000Z", notice: null, said: [{ kind: "request", text: expect.stringContaining("cow") }] }]);
    expect(await copyOf(subject)).toMatchObject([{ role: "subject", notice: REASON, said: [{ kind: "answer", text: "It is not so." }] }]);
    expect(await copyOf(aPhone())).toEqual([]);
  });

  it("is seen by whom it is about no sooner than they were told", async () => {
    const subject = aPhone();
    const { id } = await caseOf(await filed(aPhone(), FAMILY(subject)));
    expect(await viewOf(subject)).toEqual([]);
    const { reference } = (await partiesOf(test.office, id)).find(({ role }) => role === "subject")!;
    expect(await citizen.answer(parts(), await saying(subject, reference))).toMatchObject({ refusal: "case-unknown" });
    await notify(id);
    expect(await citizen.answer(parts(), await saying(subject, reference))).toMatchObject({ ok: true, case: { state: "hearing" } });
  });

  it("waits for the hearing: until they answered, or had their time", async () => {
    const subject = aPhone();
    const { id } = await caseOf(await filed(aPhone(), FAMILY(subject)));
    expect(await propose(id, ANN, "grant")).toMatchObject({ refusal: "hearing-runs" });
    await notify(id);
    expect(await propose(id, ANN, "grant")).toMatchObject({ refusal: "hearing-runs" });
    await citizen.answer(parts(), await saying(subject, (await viewOf(subject))[0]!.reference));
    expect(await propose(id, ANN, "grant")).toMatchObject({ ok: true });
  });

  it("a hundred times about one person is one case, and nobody learns of the others", { timeout: 30_000 }, async () => {
    const subject = aPhone();
    const ask = async () => citizen.file(parts(), await form(aPhone(), FAMILY(subject)));
    const answers = await Promise.all([ask(), ask(), ask(), ask(), ask()]);
    while (answers.length < 100) answers.push(await ask());
    const views = answers.flatMap((one) => (one.ok ? [one.case] : []));
    expect(views).toHaveLength(100);
    const { id } = await caseOf(views[0]!.reference);
    expect(new Set((await Promise.all(views.slice(0, 20).map(({ reference }) => caseOf(reference)))).map((found) => found.id))).toEqual(new Set([id]));
    expect((await standing(id)).voices).toBe(views.length);
    expect(new Set(views.map(({ reference }) => reference)).size).toBe(views.length);
    expect(new Set(views.map(({ reference: _reference, ...view }) => JSON.stringify(view))).size).toBe(1);
  });

  it("is refused about oneself, twice at once, and beyond three a year; who was knowingly false twice waits a year", async () => {
    const requester = aPhone();
    expect(await citizen.file(parts(), await form(requester, FAMILY(requester)))).toMatchObject({ refusal: "about-oneself" });
    const subjects = [aPhone(), aPhone(), aPhone()];
    const own = [];
    for (const subject of subjects) own.push(await filed(requester, FAMILY(subject)));
    expect(await citizen.file(parts(), await form(requester, FAMILY(aPhone())))).toMatchObject({ refusal: "too-many-requests" });
    world.now += 366 * DAY;
    expect(await citizen.file(parts(), await form(requester, FAMILY(subjects[0]!)))).toEqual({ ok: false, refusal: "already-open", field: null, reference: own[0] });
    for (const reference of own.slice(0, 2)) await decided((await caseOf(reference)).id, "refuse-as-false");
    expect(await citizen.file(parts(), await form(requester, FAMILY(aPhone())))).toMatchObject({ refusal: "refused-for-a-year" });
    world.now += 366 * DAY;
    expect((await citizen.file(parts(), await form(requester, FAMILY(aPhone())))).ok).toBe(true);
  });

  it("is filed once a form, and answered again when the year's requests are used up", async () => {
    const requester = aPhone();
    const one = await form(requester, FAMILY(aPhone()));
    const first = await citizen.file(parts(), one);
    expect(await citizen.file(parts(), one)).toEqual(first);
    expect(await citizen.file(parts(), { ...one, request: { ...FAMILY(aPhone()), statement: "another" } as Request })).toMatchObject({ refusal: "form-reused" });
    await filed(requester, FAMILY(aPhone()));
    await filed(requester, FAMILY(aPhone()));
    expect(await citizen.file(parts(), one)).toEqual(first);
    expect(await citizen.file(parts({ office: unheard(test.office) }), await form(aPhone(), FAMILY(aPhone()))).catch((error) => error)).toBeInstanceOf(Error);
  });

  it("is withdrawn voice by voice, and not while a measure runs", async () => {
    const [first, other, subject] = [aPhone(), aPhone(), aPhone()];
    const [own, joined] = [await filed(first, FAMILY(subject)), await filed(other, FAMILY(subject))];
    const { id } = await caseOf(own);
    const withdraw = async (phone: string, reference: string) => citizen.withdraw(parts(), { grant: await grantOf(phone), formId: crypto.randomUUID(), reference });
    expect(await withdraw(first, own)).toMatchObject({ ok: true, case: { state: "withdrawn" } });
    expect(await standing(id)).toMatchObject({ state: "open", voices: 1 });
    expect(await withdraw(first, own)).toMatchObject({ refusal: "not-now" });
    await putEvidence(parts(), ANN, (await standing(id)).reference, { name: "a.pdf", bytes: PDF, partyId: null });
    await decided(id, "measure", world.now + 20 * DAY);
    expect(await withdraw(other, joined)).toMatchObject({ refusal: "measure-runs" });
    world.now += 21 * DAY;
    expect(await withdraw(other, joined)).toMatchObject({ ok: true });
    expect(await standing(id)).toMatchObject({ state: "withdrawn", voices: 0 });
  });
});

describe("a measure", () => {
  it("takes evidence, ends within 30 days, is taken once, and is upheld or lifted by the decision", async () => {
    const { id, subject } = await heard();
    expect(await propose(id, ANN, "measure", world.now + DAY)).toMatchObject({ refusal: "evidence-missing" });
    await putEvidence(parts(), ANN, (await standing(id)).reference, { name: "a.pdf", bytes: PDF, partyId: null });
    for (const [until, refusal] of [[null, "until-missing"], [world.now, "until-unfit"], [world.now + 31 * DAY, "until-unfit"]] as const) {
      expect(await propose(id, ANN, "measure", until)).toMatchObject({ refusal });
    }
    await decided(id, "measure", world.now + 30 * DAY);
    expect(asked.register[0]).toMatchObject({ verb: "impose", command: { endsAt: null, measureUntil: world.now + 30 * DAY, caseReference: (await standing(id)).reference } });
    expect(await propose(id, ANN, "measure", world.now + DAY)).toMatchObject({ refusal: "not-now" });
    expect(await viewOf(subject)).toMatchObject([{ measureUntil: world.now + 30 * DAY }]);
    expect(await propose(id, ANN, "grant", world.now + DAY)).toMatchObject({ refusal: "until-unfit" });
    await decided(id, "grant");
    expect(asked.register.slice(1)).toMatchObject([{ verb: "uphold", command: { endsAt: null } }]);
  });

  it("that lapsed before the decision leads to an exclusion under another name, whether it was seen in time or not", async () => {
    for (const late of [false, true]) {
      asked.register.length = 0;
      const { id } = await heard();
      await putEvidence(parts(), ANN, (await standing(id)).reference, { name: "a.pdf", bytes: PDF, partyId: null });
      await decided(id, "measure", world.now + DAY);
      if (!late) world.now += 2 * DAY;
      await propose(id, ANN, "grant");
      await second(id, BEN);
      world.refusal = late ? "not-now" : null;
      const refusing = { ...parts().register, impose: async (command: any) => { world.refusal = null; return verb("impose")(command); } };
      await carryCases(parts({ register: refusing }), (error) => asked.failures.push(error));
      const { reference, imposedAs } = await standing(id);
      expect(imposedAs).toBe(`${reference}/2`);
      expect(asked.register.at(-1)).toMatchObject({ verb: "impose", command: { caseReference: `${reference}/2` } });
    }
  });
});

describe("an appeal", () => {
  it("is for whom the decision went against, in time and once, and decided by two who did not decide before", async () => {
    const { id, requester, subject, own } = await heard();
    await decided(id, "grant");
    const about = (await viewOf(subject))[0]!.reference;
    expect(await citizen.appeal(parts(), await saying(requester, own))).toMatchObject({ refusal: "not-now" });
    expect(await citizen.appeal(parts(), await saying(subject, about))).toMatchObject({ ok: true, case: { state: "appealed" } });
    expect(await citizen.appeal(parts(), await saying(subject, about))).toMatchObject({ refusal: "not-now" });
    expect(await propose(id, ANN, "overturn")).toMatchObject({ refusal: "decided-before" });
    expect(await propose(id, CAT, "grant")).toMatchObject({ refusal: "act-unfit" });
    expect(await propose(id, CAT, "overturn")).toMatchObject({ ok: true });
    expect(await second(id, BEN)).toMatchObject({ refusal: "decided-before" });
    expect(await second(id, DAN)).toMatchObject({ ok: true });
    await carry();
    expect(asked.register.map((one) => one.verb)).toEqual(["impose", "dismiss"]);
    expect(await standing(id)).toMatchObject({ state: "closed", decision: "refuse" });
  });

  it("comes too late after its days, and of a refusal may impose", async () => {
    const late = await heard();
    await decided(late.id, "refuse");
    world.now = (await standing(late.id)).appealUntil! + 1;
    expect(await citizen.appeal(parts(), await saying(late.requester, late.own))).toMatchObject({ refusal: "not-now" });
    const { id, requester, own } = await heard();
    await decided(id, "refuse");
    expect(await citizen.appeal(parts(), await saying(requester, own))).toMatchObject({ ok: true });
    await decided(id, "overturn", world.now + 90 * DAY, [CAT, DAN]);
    expect(asked.register.map((one) => one.verb)).toEqual(["impose"]);
  });
});
