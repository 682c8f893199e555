/** Cases over an office's database, with Register, the bucket and what goes out stood in for. */
import { beforeEach } from "vitest";
import type { Verdict } from "../../src/adapters/identity-registry/port.ts";
import type { Sms } from "../../src/adapters/sms/port.ts";
import { Grants } from "../../src/domains/authentication/index.ts";
import { carryCases, sweepCases } from "../../src/domains/exclusions/cases/carry.ts";
import type { FileRequest, Request } from "../../src/domains/exclusions/cases/cases-rpc.ts";
import * as verbs from "../../src/domains/exclusions/cases/citizen.ts";
import * as decide from "../../src/domains/exclusions/cases/decide.ts";
import { CaseKeys } from "../../src/domains/exclusions/cases/keys.ts";
import type { Act } from "../../src/domains/exclusions/cases/model.ts";
import * as said from "../../src/domains/exclusions/cases/said.ts";
import type { CitizenCaseParts } from "../../src/domains/exclusions/cases/parts.ts";
import { caseById, partByReference } from "../../src/domains/exclusions/cases/store.ts";
import type { Receipt } from "../../src/domains/exclusions/model.ts";
import type { Bucket } from "../../src/objects/recovery/bucket.ts";
import { toHex, utf8 } from "../../src/kernel/bytes.ts";
import { DAY, HOUR } from "../../src/kernel/clock.ts";
import { maskPhone } from "../../src/kernel/mask.ts";
import { random } from "../../src/objects/shell.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { ENVELOPE, fakeTokenizer, PAIR_KEY } from "./api.ts";
import type { TestOffice } from "./office.ts";

export const citizen = { ...verbs, ...said };

const OFFICERS = ["a", "b", "c", "d"].map((last) => ({ kind: "user", id: `0190f5a0-0000-7000-8000-00000000000${last}`, origin: null }) as const);
export const [ANN, BEN, CAT, DAN] = OFFICERS as [(typeof OFFICERS)[0], (typeof OFFICERS)[0], (typeof OFFICERS)[0], (typeof OFFICERS)[0]];
export const REASON = "as the papers in it show";
export const PDF = utf8("%PDF-1.7 a statement of accounts");
/** A Monday morning in Nairobi. */
const MONDAY = Date.UTC(2026, 10, 23, 9);

export const RECEIPT: Receipt = {
  reference: "NSER-0000000000", state: "active", origin: "self", caseReference: null, policy: "6m", endMode: "confirmed", startedAt: MONDAY, endsAt: MONDAY + 100 * DAY,
  reviewAt: null, askableFrom: null, endableFrom: null, endingLapsesAt: null, measureUntil: null, annulsAt: null, endedAt: null, identifiers: [],
};

/** The verbs of cases, and what they were told and asked; each test begins on the same Monday. */
export function caseOffice(test: TestOffice) {
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

  return {
    world, asked, verb, holders, parts, aPhone, grantOf, FAMILY, form, filed, caseOf, standing, wanted, propose,
    second, notify, carry, sweep, decided, heard, viewOf, saying, excluded, audited,
  };
}
