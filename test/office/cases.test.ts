import { beforeEach, describe, expect, it } from "vitest";
import type { Verdict } from "../../src/adapters/identity-registry/port.ts";
import type { Sms } from "../../src/adapters/sms/port.ts";
import { Grants } from "../../src/domains/authentication/index.ts";
import { carryCases, sweepCases } from "../../src/domains/exclusions/cases/carry.ts";
import type { FileRequest, Request } from "../../src/domains/exclusions/cases/cases-rpc.ts";
import * as verbs from "../../src/domains/exclusions/cases/citizen.ts";
import * as decide from "../../src/domains/exclusions/cases/decide.ts";
import { exportCases } from "../../src/domains/exclusions/cases/export.ts";
import { putEvidence, readEvidence } from "../../src/domains/exclusions/cases/evidence.ts";
import { fileRequest } from "../../src/domains/exclusions/cases/file-for-office.ts";
import { CaseKeys } from "../../src/domains/exclusions/cases/keys.ts";
import { lookAt, openCase } from "../../src/domains/exclusions/cases/look.ts";
import type { Act } from "../../src/domains/exclusions/cases/model.ts";
import * as said from "../../src/domains/exclusions/cases/said.ts";
import type { CitizenCaseParts } from "../../src/domains/exclusions/cases/parts.ts";
import { caseById, caseByReference, partByReference, partiesOf } from "../../src/domains/exclusions/cases/store.ts";
import { putOperators } from "../../src/domains/operators/office/store.ts";
import type { Receipt } from "../../src/domains/exclusions/model.ts";
import type { Bucket } from "../../src/objects/recovery/bucket.ts";
import { fromUtf8, toHex, utf8 } from "../../src/kernel/bytes.ts";
import { DAY, HOUR, MINUTE } from "../../src/kernel/clock.ts";
import { maskPhone } from "../../src/kernel/mask.ts";
import { random } from "../../src/objects/shell.ts";
import { auditEntries, events } from "../../src/office/tables.ts";
import { Envelope } from "../../src/sealing/envelope.ts";
import { ENVELOPE, fakeTokenizer, PAIR_KEY } from "../support/api.ts";
import { testOffice, unheard } from "../support/office.ts";

const test = testOffice();
const citizen = { ...verbs, ...said };

const OFFICERS = ["a", "b", "c", "d"].map((last) => ({ kind: "user", id: `0190f5a0-0000-7000-8000-00000000000${last}`, origin: null }) as const);
const [ANN, BEN, CAT, DAN] = OFFICERS as [(typeof OFFICERS)[0], (typeof OFFICERS)[0], (typeof OFFICERS)[0], (typeof OFFICERS)[0]];
const REASON = "as the papers in it show";
const PDF = utf8("%PDF-1.7 a statement of accounts");
/** A Monday morning in Nairobi. */
const MONDAY = Date.UTC(2026, 10, 23, 9);

const RECEIPT: Receipt = {
  reference: "NSER-0000000000", state: "active", origin: "self", caseReference: null, policy: "6m", endMode: "confirmed", startedAt: MONDAY, endsAt: MONDAY + 100 * DAY,
  reviewAt: null, askableFrom: null, endableFrom: null, endingLapsesAt: null, measureUntil: null, annulsAt: null, endedAt: null, identifiers: [],
};

const world = { now: MONDAY, smsTaken: true, registerAway: false, refusal: null as string | null, verdict: "verified" as Verdict, receipts: [] as Receipt[], files: new Map<string, Uint8Array>(), bucket: "there" as "there" | "away" | "unheard" };
const asked = { register: [] as { verb: string; command: any }[], sent: [] as Sms[], failures: [] as unknown[] };

/** Register as far as cases know it: each command id is answered once and the same again. */
const answers = new Map<string, unknown>();
const verb = (name: string) => async (command: any) => {
  if (world.registerAway) throw new Error("Register is away");
  const known = answers.get(command.commandId);
  if (known) return known as never;
  asked.register.push({ verb: name, command });
  const answer = world.refusal ? { ok: false, refusal: world.refusal } : { ok: true, personId: "p", receipt: { ...RECEIPT, annulsAt: world.now + 72 * HOUR }, exclusions: 1 };
  answers.set(command.commandId, answer);
  return answer as never;
};

const bucket: Bucket = {
  putNew: async (key, bytes) => {
    if (world.bucket === "away") throw new Error("the bucket is away");
    const fresh = !world.files.has(key);
    if (fresh) world.files.set(key, bytes);
    if (world.bucket === "unheard") throw new Error("no answer in time");
    return fresh;
  },
  get: async (key) => world.files.get(key) ?? null,
  list: async (prefix) => [...world.files.keys()].filter((key) => key.startsWith(prefix)).map((key) => ({ key, at: 0 })),
  delete: async (keys) => keys.forEach((key) => world.files.delete(key)),
};

const clock = () => world.now;
const grants = new Grants(new Uint8Array(32).fill(6), clock, random);
const holders = new Map<string, string>();

const parts = (more: Partial<CitizenCaseParts> = {}): CitizenCaseParts => ({
  office: test.office, envelope: ENVELOPE, keys: new CaseKeys(PAIR_KEY), tokenizer: fakeTokenizer, evidence: bucket, grants, clock, random, filled: () => {},
  register: {
    holderOf: async (p) => holders.get(toHex(p)) ?? null, exclusionsOf: async () => world.receipts,
    impose: verb("impose"), uphold: verb("uphold"), dismiss: verb("dismiss"), review: verb("review"), lengthenTo: verb("lengthenTo"),
    beginAnnulment: verb("beginAnnulment"), stopAnnulment: verb("stopAnnulment"), annulDocument: verb("annulDocument"),
  },
  registry: { verify: async () => ({ verdict: world.verdict, reference: null, differing: [], at: world.now }) },
  sms: { send: async (sms) => (asked.sent.push(sms), world.smsTaken ? { ok: true, messageId: "m" } : { ok: false, reason: "no credit" }) },
  person: () => ({ hasEnded: async () => false, checksThatFound: async () => [] }),
  settings: { hearingDays: 14, appealDays: 30, eraseDays: 365, holidays: new Set(["2026-11-24"]) },
  ...more,
});

let phones = 0;
/** A phone nobody else in these tests has. */
const aPhone = () => `+2547${String(10_000_000 + phones++)}`;

async function grantOf(phone: string, personId: string | null = null): Promise<string> {
  const [known] = await fakeTokenizer.evaluate([{ kind: "msisdn", value: phone }]);
  if (personId) holders.set(toHex(known!.p), personId);
  return grants.issue({ phone: known!.p, maskedPhone: maskPhone(phone), personId });
}

const FAMILY = (subject: string): Request => ({
  kind: "family", name: "Wanjirũ Ng'ang'a", subject: { phone: subject, name: "Peter Ng'ang'a", document: { kind: "national_id", value: "20000002" } },
  relation: "spouse", grounds: ["financial-hardship"], statement: "He has sold the cow,\nand the roof.",
});

async function form(phone: string, request: Request, more: Partial<FileRequest> = {}): Promise<FileRequest> {
  return { grant: await grantOf(phone, holders.get(toHex((await fakeTokenizer.evaluate([{ kind: "msisdn", value: phone }]))[0]!.p)) ?? null), formId: crypto.randomUUID(), phone, locale: "sw", request, ...more };
}

async function filed(phone: string, request: Request): Promise<string> {
  const done = await citizen.file(parts(), await form(phone, request));
  if (!done.ok) throw new Error(JSON.stringify(done));
  return done.case.reference;
}

/** The case of a party's reference. */
const caseOf = async (own: string) => (await partByReference(test.office, own))!.found;
const standing = async (id: string) => (await caseById(test.office, id))!;
const wanted = async (id: string) => ({ version: (await standing(id)).version, reason: REASON });

const propose = async (id: string, by: (typeof OFFICERS)[0], act: Act, until: number | null = null) =>
  decide.propose(parts(), by, (await standing(id)).reference, { ...(await wanted(id)), act, until });
const second = async (id: string, by: (typeof OFFICERS)[0]) => decide.second(parts(), by, (await standing(id)).reference, await wanted(id));
const notify = async (id: string) => decide.notify(parts(), ANN, (await standing(id)).reference, await wanted(id));
const carry = () => carryCases(parts(), (error) => asked.failures.push(error));
const sweep = () => sweepCases(parts(), (error) => asked.failures.push(error));

/** Decided by two, and carried out. */
async function decided(id: string, act: Act, until: number | null = null, [first, other] = [ANN, BEN]) {
  for (const done of [await propose(id, first!, act, until), await second(id, other!)]) if (!done.ok) throw new Error(done.refusal);
  await carry();
}

/** A third party's case that was heard. */
async function heard() {
  const [requester, subject] = [aPhone(), aPhone()];
  const own = await filed(requester, FAMILY(subject));
  const { id } = await caseOf(own);
  await notify(id);
  world.now += 15 * DAY;
  return { id, own, requester, subject };
}

/** As the same person's page asks, some other day. */
const viewOf = async (phone: string) => {
  const mine = await citizen.mine(parts(), await grantOf(phone, null));
  if (!mine.ok) throw new Error(mine.refusal);
  return mine.cases;
};

async function saying(phone: string, reference: string, personId: string | null = null) {
  return { grant: await grantOf(phone, personId), formId: crypto.randomUUID(), reference, statement: "It is not so.", locale: "en" as const };
}

/** An exclusion of a phone's holder, of whatever kind. */
function excluded(phone: string, more: Partial<Receipt> = {}) {
  const personId = crypto.randomUUID();
  world.receipts = [{ ...RECEIPT, ...more }];
  return grantOf(phone, personId).then(() => personId);
}

const audited = async () => (await test.office.primary.select().from(auditEntries).all()).map(({ action, payload }) => ({ action, payload }));

beforeEach(() => {
  Object.assign(world, { now: MONDAY, smsTaken: true, registerAway: false, refusal: null, verdict: "verified", receipts: [], bucket: "there" });
  for (const list of Object.values(asked)) list.length = 0;
});

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

describe("two officers", () => {
  it("are two: nobody alone, nobody twice, nothing that was changed meanwhile, nothing twice", async () => {
    const phone = aPhone();
    await excluded(phone);
    const { id, reference } = await caseOf(await filed(phone, { kind: "not-me", exclusion: RECEIPT.reference, numberWasAnothers: false, statement: "I never did." }));
    expect(await second(id, ANN)).toMatchObject({ refusal: "nothing-proposed" });
    await propose(id, ANN, "refuse");
    const seen = await wanted(id);
    await propose(id, ANN, "grant");
    expect(await decide.second(parts(), BEN, reference, seen)).toMatchObject({ refusal: "conflict" });
    expect(await second(id, ANN)).toMatchObject({ refusal: "own-proposal" });
    expect(await propose(id, BEN, "refuse")).toMatchObject({ refusal: "proposal-waits" });
    expect(asked.register).toEqual([]);
    expect(await decide.sendBack(parts(), BEN, reference, await wanted(id))).toMatchObject({ ok: true });
    await propose(id, BEN, "grant");
    const both = await Promise.all([second(id, ANN), second(id, CAT)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    await carry();
    await carry();
    expect(asked.register.map((one) => one.verb)).toEqual(["beginAnnulment"]);
    expect(await propose(id, ANN, "grant")).toMatchObject({ refusal: "not-now" });
    expect(await second(id, ANN)).toMatchObject({ refusal: "nothing-proposed" });
  });

  it("are held to it by the table too", async () => {
    const insert = `insert into caseDecisions (id, caseId, act, reason, proposedBy, secondedBy, decidedAt) select 'x', id, 'grant', 'r', 'user:1', 'user:1', 1 from cases limit 1`;
    await filed(aPhone(), FAMILY(aPhone()));
    await expect(test.office.primary.$client.execute(insert)).rejects.toThrow("CHECK constraint failed");
  });

  it("are carried out however often Register is away; what it refuses is shown and not tried again", async () => {
    const { id, requester } = await heard();
    await propose(id, ANN, "grant");
    await second(id, BEN);
    world.registerAway = true;
    await carry();
    expect([asked.failures.length, asked.sent.filter(({ to }) => to === requester)]).toEqual([1, []]);
    Object.assign(world, { registerAway: false, refusal: "out-of-bounds" });
    await carry();
    await carry();
    const { decisions } = (await lookAt(parts(), { userId: ANN.id, assignments: [] }, (await standing(id)).reference))!;
    expect(decisions).toMatchObject([{ carriedOutAt: null, refusal: "out-of-bounds" }]);
    expect([asked.register.length, asked.sent.filter(({ to }) => to === requester)]).toEqual([1, []]);
  });

  it("are told though the answer of the office was not heard: Register is asked the same again, nobody twice", async () => {
    const { id, requester } = await heard();
    await propose(id, ANN, "grant");
    await second(id, BEN);
    await carryCases(parts({ office: unheard(test.office) }), (error) => asked.failures.push(error));
    expect(asked.failures).toHaveLength(1);
    await carry();
    expect([asked.register.length, asked.sent.filter(({ to }) => to === requester).length]).toEqual([1, 1]);
  });
});

describe("what somebody asks for themself", () => {
  it("an annulment waits 72 hours, in which its holder or one officer can stop it", async () => {
    const phone = aPhone();
    const personId = await excluded(phone);
    const own = await filed(phone, { kind: "not-me", exclusion: RECEIPT.reference, numberWasAnothers: false, statement: "I never did." });
    const { id } = await caseOf(own);
    await decided(id, "grant");
    expect(await standing(id)).toMatchObject({ state: "decided", appealUntil: world.now + 72 * HOUR });
    expect(await citizen.object(parts(), await saying(aPhone(), own))).toMatchObject({ refusal: "case-unknown" });
    expect(await citizen.object(parts(), await saying(phone, own, personId))).toMatchObject({ ok: true, case: { state: "closed" } });
    expect(asked.register.at(-1)).toMatchObject({ verb: "stopAnnulment", command: { by: personId } });
    const other = aPhone();
    await excluded(other);
    const again = await caseOf(await filed(other, { kind: "not-me", exclusion: RECEIPT.reference, numberWasAnothers: false, statement: "I never did." }));
    await decided(again.id, "grant");
    expect(await decide.stop(parts(), CAT, again.reference, await wanted(again.id))).toMatchObject({ ok: true });
    expect(await standing(again.id)).toMatchObject({ state: "closed" });
  });

  it("a disputed document is due in two working days, and its answer says nothing of whether it was known", async () => {
    const phone = aPhone();
    world.verdict = "mismatch";
    const request: Request = { kind: "disputed-document", document: { kind: "national_id", value: "20000009", name: "Amina Wanjiku", dateOfBirth: "2 11 1985" }, statement: "Mine." };
    const own = await filed(phone, request);
    const { id, verdict, dueAt } = await caseOf(own);
    // Tuesday is a holiday: Wednesday and Thursday.
    expect([verdict, new Date(dueAt).toISOString()]).toEqual(["mismatch", "2026-11-26T20:59:59.999Z"]);
    await decided(id, "grant");
    expect(asked.register).toMatchObject([{ verb: "annulDocument", command: { p: (await fakeTokenizer.evaluate([{ kind: "national_id", value: "20000009" }]))[0]!.p } }]);
    expect(await viewOf(phone)).toMatchObject([{ state: "closed", decision: "granted", reason: null }]);
    expect(JSON.stringify(await viewOf(phone))).not.toMatch(/mismatch|20000009|Amina/);
  });

  it("a review and a longer end reach Register, and a longer end takes one officer", async () => {
    const phone = aPhone();
    await excluded(phone, { policy: "permanent", endsAt: null, reviewAt: world.now });
    const review = await caseOf(await filed(phone, { kind: "review", exclusion: RECEIPT.reference, statement: "Three years." }));
    await decided(review.id, "refuse");
    const other = aPhone();
    await excluded(other);
    const longer = await caseOf(await filed(other, { kind: "longer", exclusion: RECEIPT.reference, until: "2027-12-31", statement: "Longer." }));
    expect(await propose(longer.id, ANN, "grant")).toMatchObject({ refusal: "until-missing" });
    expect(await propose(longer.id, ANN, "grant", longer.askedUntil)).toMatchObject({ ok: true });
    await carry();
    expect(asked.register).toMatchObject([
      { verb: "review", command: { granted: false, reference: RECEIPT.reference } },
      { verb: "lengthenTo", command: { endsAt: longer.askedUntil, officers: [`citizen:${longer.reference}`, `user:${ANN.id}`] } },
    ]);
    expect(await standing(longer.id)).toMatchObject({ state: "closed", decision: "grant" });
  });

  it("a complaint keeps the checks that found them and no others, and takes one officer; several stand beside each other", async () => {
    const phone = aPhone();
    await excluded(phone);
    await putOperators(test.office.primary, [{ id: "kenbet", name: "Kenbet", state: "active", requiredKinds: [], enrolledAt: 1, generation: 1 }]);
    const found = (answerId: string, operator = "kenbet") => ({ answerId, operator, purpose: "login" as const, hour: world.now });
    const person = () => ({ hasEnded: async () => false, checksThatFound: async () => [found("1"), found("2"), found("3", "another")] });
    const request: Request = { kind: "complaint", operator: "kenbet", happenedOn: "2026-11-22", checks: ["1", "3", "9"], statement: "They sent me a bonus." };
    const [one, other] = [await citizen.file(parts({ person }), await form(phone, request)), await citizen.file(parts({ person }), await form(phone, { ...request, happenedOn: "2026-11-23" }))];
    if (!one.ok || !other.ok) throw new Error("not filed");
    expect(await caseOf(one.case.reference)).toMatchObject({ operator: "kenbet", happenedOn: "2026-11-22", checks: ["1"] });
    const { id } = await caseOf(other.case.reference);
    expect(await propose(id, ANN, "grant")).toMatchObject({ ok: true });
    await carry();
    expect([asked.register, asked.sent.map(({ to }) => to)]).toEqual([[], [phone]]);
    for (const happenedOn of ["2026-11-24", "1999-01-01"]) expect(await citizen.file(parts(), await form(phone, { ...request, happenedOn }))).toMatchObject({ refusal: "date-impossible" });
  });

  it("is not shown to who has the number after them", async () => {
    const phone = aPhone();
    await excluded(phone);
    const own = await filed(phone, { kind: "not-me", exclusion: RECEIPT.reference, numberWasAnothers: false, statement: "I never did." });
    await grantOf(phone, crypto.randomUUID());
    const after = { grant: await grantOf(phone, holders.get(toHex((await fakeTokenizer.evaluate([{ kind: "msisdn", value: phone }]))[0]!.p))!), formId: crypto.randomUUID(), reference: own };
    expect([await citizen.mine(parts(), after.grant), await citizen.withdraw(parts(), after)]).toEqual([{ ok: true, cases: [] }, { ok: false, refusal: "case-unknown", field: null }]);
  });

  it("is refused field by field, and what is not theirs is not there", async () => {
    const phone = aPhone();
    await excluded(phone);
    const ask = async (request: Request, more = {}) => citizen.file(parts(), await form(phone, request, more));
    const exclusion = RECEIPT.reference;
    const family = FAMILY(aPhone()) as Extract<Request, { kind: "family" }>;
    const refusals: [Request, string, string | null][] = [
      [{ kind: "not-me", exclusion: "NSER-1", numberWasAnothers: false, statement: "x" }, "exclusion-unknown", "exclusion"],
      [{ kind: "not-me", exclusion, numberWasAnothers: true, statement: "x" }, "recycled-number", "exclusion"],
      [{ kind: "review", exclusion, statement: "x" }, "not-permanent", "exclusion"],
      [{ kind: "longer", exclusion, until: "2026-12-01", statement: "x" }, "not-longer", "until"],
      [{ kind: "longer", exclusion, until: "2026-02-30", statement: "x" }, "date-unreadable", "until"],
      [{ kind: "longer", exclusion, until: "2026-01-01", statement: "x" }, "date-impossible", "until"],
      [{ kind: "complaint", operator: "nobody", happenedOn: "2026-11-01", checks: [], statement: "x" }, "choice-missing", "operator"],
      [{ ...family, statement: " \n " }, "statement-missing", "statement"],
      [{ ...family, statement: "x".repeat(2_001) }, "text-too-long", "statement"],
      [{ ...family, statement: "\u202Egnipleh" }, "text-unreadable", "statement"],
      [{ ...family, name: "" }, "name-missing", "name"],
      [{ ...family, grounds: [] }, "choice-missing", "grounds"],
      [{ ...family, subject: { ...family.subject, phone: "0201234567" } }, "subject-phone-invalid", "subjectPhone"],
      [{ ...family, subject: { ...family.subject, document: { kind: "national_id", value: "ABC" } } }, "document-invalid", "subjectDocument"],
    ];
    for (const [request, refusal, field] of refusals) expect(await ask(request), JSON.stringify(request)).toMatchObject({ ok: false, refusal, field });
    expect(await ask(family, { phone: aPhone() })).toMatchObject({ refusal: "phone-elsewhere" });
    expect(await ask(family, { grant: "x" })).toMatchObject({ refusal: "grant-invalid" });
    const old = await form(phone, family);
    world.now += 6 * MINUTE;
    expect(await citizen.file(parts(), old)).toMatchObject({ refusal: "proof-too-old" });
    for (const nothing of [undefined, null, 7, "x", [], {}]) for (const verb of [citizen.file, citizen.answer, citizen.appeal, citizen.object, citizen.withdraw, citizen.addEvidence, citizen.mine]) {
      expect((await verb(parts(), nothing)).ok).toBe(false);
    }
  });

  it("another's case is unknown to every verb, as one that is not there", async () => {
    const own = await filed(aPhone(), FAMILY(aPhone()));
    const stranger = aPhone();
    for (const reference of [own, "CASE-0000000000", "x"]) {
      const said = await saying(stranger, reference);
      for (const verb of [citizen.answer, citizen.appeal, citizen.object, citizen.withdraw]) expect(await verb(parts(), { ...said, formId: crypto.randomUUID() })).toEqual({ ok: false, refusal: "case-unknown", field: null });
      expect(await citizen.addEvidence(parts(), { ...said, name: "a", bytes: PDF })).toMatchObject({ refusal: "case-unknown" });
    }
  });
});

describe("evidence", () => {
  const open = async () => {
    const phone = aPhone();
    const own = await filed(phone, FAMILY(aPhone()));
    return { phone, own, found: await caseOf(own) };
  };
  const add = async (phone: string, reference: string, bytes: Uint8Array, more: Partial<CitizenCaseParts> = {}) =>
    citizen.addEvidence(parts(more), { grant: await grantOf(phone), formId: crypto.randomUUID(), reference, name: "taarifa \u202E.pdf", bytes });

  it("is kept sealed, once, and read by who says why", async () => {
    const { phone, own, found } = await open();
    expect([await add(phone, own, PDF), await add(phone, own, PDF)]).toEqual([{ ok: true }, { ok: true }]);
    expect([...world.files.entries()].filter(([key]) => key.startsWith(found.id)).map(([, bytes]) => Buffer.from(bytes).includes(Buffer.from(PDF)))).toEqual([false]);
    const { evidence } = (await lookAt(parts(), { userId: ANN.id, assignments: [] }, found.reference))!;
    expect(evidence).toMatchObject([{ type: "application/pdf", bytes: PDF.length }]);
    const read = (await readEvidence(parts(), ANN, found.reference, { id: evidence[0]!.id, reason: REASON }))!;
    expect([read.name, fromUtf8(read.bytes)]).toEqual(["taarifa .pdf", fromUtf8(PDF)]);
    expect((await audited()).map(({ action }) => action)).toContain("case.evidence-read");
    expect(await viewOf(phone)).toMatchObject([{ files: 1 }]);
  });

  it("is refused empty, too large, of another type or on a case that is over", async () => {
    const { phone, own, found } = await open();
    const large = new Uint8Array(5 * 1024 * 1024 + 1);
    large.set(PDF);
    for (const [bytes, refusal] of [[new Uint8Array(), "evidence-empty"], [large, "evidence-too-large"], [utf8("MZ\u0000"), "evidence-type"], [utf8("<html>"), "evidence-type"]] as const) {
      expect(await add(phone, own, bytes)).toEqual({ ok: false, refusal, field: "evidence" });
    }
    await decided(found.id, "refuse");
    expect(await add(phone, own, PDF)).toMatchObject({ refusal: "not-now" });
    expect(world.files.has(found.id)).toBe(false);
  });

  it("survives a bucket, or an office, that failed or did not answer: the same file again is there once", async () => {
    const { phone, own, found } = await open();
    for (const bucket of ["away", "unheard"] as const) {
      world.bucket = bucket;
      await expect(add(phone, own, PDF)).rejects.toThrow(bucket === "away" ? "the bucket is away" : "no answer in time");
      expect((await lookAt(parts(), { userId: ANN.id, assignments: [] }, found.reference))!.evidence).toEqual([]);
    }
    world.bucket = "there";
    await expect(add(phone, own, PDF, { office: unheard(test.office) })).rejects.toThrow("no answer in time");
    expect(await add(phone, own, PDF)).toEqual({ ok: true });
    const { evidence } = (await lookAt(parts(), { userId: ANN.id, assignments: [] }, found.reference))!;
    expect(evidence).toHaveLength(1);
    expect(fromUtf8((await readEvidence(parts(), ANN, found.reference, { id: evidence[0]!.id, reason: REASON }))!.bytes)).toBe(fromUtf8(PDF));
  });
});

describe("who is in a case", () => {
  it("stands nowhere in clear, is opened after the audit log heard why, and is gone a year after the case closed", async () => {
    const { id, requester, subject, own } = await heard();
    await citizen.answer(parts(), await saying(subject, (await viewOf(subject))[0]!.reference));
    await citizen.addEvidence(parts(), { grant: await grantOf(requester), formId: crypto.randomUUID(), reference: own, name: "Peter.pdf", bytes: PDF });
    const dump = async () => {
      const tables = ["cases", "caseParties", "caseStatements", "caseSteps", "caseDecisions", "caseEvidence", "auditEntries", "commands", "events"];
      const rows = (await Promise.all(tables.map(async (table) => (await test.office.primary.$client.execute(`select * from ${table}`)).rows))).flat();
      return JSON.stringify(rows) + rows.flatMap((row) => Object.values(row)).map((value) => (value instanceof ArrayBuffer ? Buffer.from(value).toString("latin1") : "")).join();
    };
    const [p] = await fakeTokenizer.evaluate([{ kind: "msisdn", value: subject }]);
    const everything = await dump();
    for (const secret of [subject.slice(4), requester.slice(4), "Peter", "20000002", "sold the cow", "not so", toHex(p!.p)]) expect(everything.includes(secret), secret).toBe(false);
    const { reference } = await standing(id);
    const opened = (await openCase(parts(), ANN, reference, REASON))!;
    expect(opened.parties.map(({ role, phone, name, statements }) => ({ role, phone, name, said: statements.map(({ text }) => text) }))).toEqual([
      { role: "requester", phone: requester, name: "Wanjirũ Ng'ang'a", said: ["He has sold the cow,\nand the roof."] },
      { role: "subject", phone: subject, name: "Peter Ng'ang'a", said: ["It is not so."] },
    ]);
    expect((await audited()).some(({ action, payload }) => action === "identity.read" && payload.includes(REASON))).toBe(true);
    await decided(id, "refuse");
    world.now = (await standing(id)).appealUntil! + 1;
    await sweep();
    world.now += 366 * DAY;
    await sweep();
    expect(await standing(id)).toMatchObject({ state: "closed", dataKey: null, subjectKey: null, erasedAt: world.now });
    expect([await openCase(parts(), ANN, reference, REASON), [...world.files.keys()].filter((key) => key.startsWith(id)), await viewOf(subject)]).toEqual([null, [], []]);
    expect(asked.failures).toEqual([]);
  });

  it("stays readable when the key-encryption key changes", async () => {
    const own = await filed(aPhone(), FAMILY(aPhone()));
    const key = (byte: number) => new Uint8Array(32).fill(byte);
    const envelope = new Envelope({ current: "2", byId: new Map([["1", key(1)], ["2", key(2)]]) }, random);
    await sweepCases(parts({ envelope }), (error) => asked.failures.push(error));
    const { keyId, reference } = await caseOf(own);
    expect([keyId, (await openCase(parts({ envelope }), ANN, reference, REASON))!.parties.length]).toEqual(["2", 2]);
    const back = new Envelope({ current: "1", byId: new Map([["1", key(1)], ["2", key(2)]]) }, random);
    await sweepCases(parts({ envelope: back }), (error) => asked.failures.push(error));
    expect([(await caseOf(own)).keyId, asked.failures]).toEqual(["1", []]);
  });
});

describe("what an officer files", () => {
  const request = (subject: string) => ({ kind: "court" as const, name: "Milimani Law Courts", subject: { phone: subject, name: "Peter", document: null }, grounds: ["court-order" as const], statement: "Order of the court." });

  it("goes the same way, once a command, and can be withdrawn by officers", async () => {
    const subject = aPhone();
    const done = await fileRequest(parts(), ANN, "command 1", request(subject));
    expect(await fileRequest(parts(), ANN, "command 1", request(subject))).toEqual(done);
    expect(await fileRequest(parts(), ANN, "command 1", request(aPhone()))).toEqual({ ok: false, refusal: "command-reused" });
    expect(await fileRequest(parts(), BEN, "command 2", request(subject))).toEqual(done);
    if (!done.ok) throw new Error("not filed");
    const { id, voices } = (await caseByReference(test.office, done.reference))!;
    expect(voices).toBe(2);
    expect(await decide.withdraw(parts(), BEN, done.reference, await wanted(id))).toMatchObject({ ok: true });
    const family = await caseOf(await filed(aPhone(), FAMILY(aPhone())));
    expect(await decide.withdraw(parts(), BEN, family.reference, await wanted(family.id))).toMatchObject({ refusal: "act-unfit" });
    expect(await fileRequest(parts(), ANN, "command 3", { ...request(aPhone()), kind: "operator" as never })).toMatchObject({ refusal: "choice-missing", field: "grounds" });
  });
});
