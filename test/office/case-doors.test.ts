import { beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../src/domains/authentication/capabilities.ts";
import { CaseKeys } from "../../src/domains/exclusions/cases/keys.ts";
import * as desk from "../../src/domains/exclusions/cases/desk.ts";
import type { StaffCaseParts } from "../../src/domains/exclusions/cases/parts.ts";
import type { OfficeRequest } from "../../src/domains/exclusions/cases/staff-cases-rpc.ts";
import { toBase64Url, utf8 } from "../../src/kernel/bytes.ts";
import { MINUTE } from "../../src/kernel/clock.ts";
import type { Bucket } from "../../src/objects/recovery/bucket.ts";
import { random } from "../../src/objects/shell.ts";
import { ENVELOPE, fakeTokenizer, PAIR_KEY } from "../support/api.ts";
import { signedInAs } from "../support/desk.ts";
import { testOffice } from "../support/office.ts";
import { holding, officeApi, somebody } from "../support/people.ts";

const test = testOffice();
const REASON = "as the order of the court says";
const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1);

const away = async () => Promise.reject(new Error("nobody is asked"));
const files = new Map<string, Uint8Array>();
const bucket: Bucket = { putNew: async (key, bytes) => (files.set(key, bytes), true), get: async (key) => files.get(key) ?? null, list: async () => [], delete: async () => {} };
const world = { now: Date.now() };

const parts = (): StaffCaseParts => ({
  office: { primary: test.office.primary, nearest: test.office.primary }, envelope: ENVELOPE, keys: new CaseKeys(PAIR_KEY), tokenizer: fakeTokenizer, evidence: bucket, clock: () => world.now, random, filled: () => {},
  register: {
    holderOf: away, exclusionsOf: away, impose: away, uphold: away, dismiss: away, review: away, lengthenTo: away, beginAnnulment: away, stopAnnulment: away, annulDocument: away,
  },
  registry: { verify: away }, sms: { send: async () => ({ ok: true, messageId: "m" }) }, admits: async () => true,
  settings: { hearingDays: 14, appealDays: 30, eraseDays: 365, holidays: new Set() },
});

let phones = 0;
const request = (): OfficeRequest => ({
  kind: "court", name: "Milimani Law Courts", grounds: ["court-order"], statement: "Order of 20 November.",
  subject: { phone: `07${String(10_000_000 + phones++)}`, name: "Peter Ng'ang'a", document: { kind: "national_id", value: "20000002" } },
});

describe("the API of cases", () => {
  it("files, lists, shows, opens, and has two officers decide", async () => {
    const [one, other] = [await somebody(test.office, holding("grak_officer")), await somebody(test.office, holding("grak_admin"))];
    const { call } = await officeApi(test.office, { parts: { cases: parts } });
    const filed = await call("POST", "/v1/cases", { headers: one.headers(), json: request() });
    expect(filed.response.status).toBe(201);
    const at = `/v1/cases/${filed.body.reference}`;
    const step = (who: typeof one, step: string, version: number) => call("POST", `${at}/steps`, { headers: who.headers(), json: { step, reason: REASON, version } });
    expect((await call("GET", `${at.toLowerCase()}`, { headers: one.headers() })).body).toMatchObject({ kind: "court", state: "open", timeline: [{ event: "filed", by: `user:${one.userId}` }] });
    expect((await call("POST", `${at}/evidence`, { headers: one.headers(), json: { name: "order.png", content: toBase64Url(PNG) } })).response.status).toBe(204);
    const [file] = (await call("GET", at, { headers: one.headers() })).body.evidence;
    expect((await call("POST", `${at}/evidence/${file.id}/content`, { headers: one.headers(), json: { reason: REASON } })).body).toEqual({ name: "order.png", type: "image/png", content: toBase64Url(PNG) });
    expect((await call("POST", `${at}/statements`, { headers: one.headers(), json: { reason: REASON } })).body.parties).toMatchObject([
      { role: "requester", name: "Milimani Law Courts", phone: null }, { role: "subject", name: "Peter Ng'ang'a", document: { number: "20000002" } },
    ]);
    const proposal = { act: "measure", until: new Date(world.now + 86_400_000).toISOString(), reason: REASON, version: 2 };
    expect((await call("POST", `${at}/proposal`, { headers: one.headers(), json: proposal })).body).toMatchObject({ proposal: { act: "measure", by: `user:${one.userId}` }, version: 3 });
    const listed = async (who: typeof one, query: string) => (await call("GET", `/v1/cases?limit=200&${query}`, { headers: who.headers() })).body.items.map((item: { reference: string }) => item.reference);
    expect([await listed(one, "proposal=mine"), await listed(other, "proposal=mine"), await listed(other, "proposal=others&kind=court")]).toEqual([[filed.body.reference], [], [filed.body.reference]]);
    expect((await step(one, "second", 3)).body).toMatchObject({ status: 409, detail: "A proposal takes another officer as its second." });
    expect((await step(other, "second", 2)).body).toMatchObject({ status: 409, detail: "It was changed meanwhile: read it again." });
    expect((await step(other, "second", 3)).body).toMatchObject({ state: "open", measureUntil: proposal.until, proposal: null });
    expect((await call("GET", at, { headers: one.headers() })).body.decisions).toMatchObject([{ proposedBy: `user:${one.userId}`, secondedBy: `user:${other.userId}`, carriedOutAt: null }]);
    expect((await step(one, "withdraw", 4)).response.status).toBe(409);
  });

  it("names the field that is wrong, and nothing of what is not there", async () => {
    const officer = await somebody(test.office, holding("grak_officer"));
    const { call } = await officeApi(test.office, { parts: { cases: parts } });
    const wrong = [
      [{ name: " " }, "/name"], [{ subject: { ...request().subject, phone: "0201234567" } }, "/subject/phone"], [{ grounds: [] }, "/grounds"], [{ statement: "\u0000" }, "/statement"],
      [{ kind: "family" }, "/kind"], [{ kind: "operator" }, "/grounds"],
    ] as const;
    for (const [change, pointer] of wrong) {
      expect((await call("POST", "/v1/cases", { headers: officer.headers(), json: { ...request(), ...change } })).body, pointer).toMatchObject({ status: 422, errors: [{ pointer }] });
    }
    for (const reference of ["CASE-0000000000", "x", "NSER-0000000000"]) {
      const asked = { headers: officer.headers(), json: { reason: REASON } };
      expect((await call("POST", `/v1/cases/${reference}/statements`, asked)).response.status).toBe(404);
      expect((await call("POST", `/v1/cases/${reference}/evidence/x/content`, asked)).response.status).toBe(404);
    }
    const { body } = await call("POST", "/v1/cases/CASE-0000000000/steps", { headers: officer.headers(), json: { step: "second", reason: "it is 0712345678 who asks", version: 1 } });
    expect(body).toMatchObject({ status: 422, errors: [{ pointer: "/reason" }] });
  });
});

describe("the desk of cases", () => {
  const visitors = {} as Record<Role, Awaited<ReturnType<typeof signedInAs>>>;
  let reference = "";

  beforeAll(async () => {
    for (const role of ["grak_officer", "grak_admin", "grak_auditor", "operator_admin"] as const) {
      const { userId } = await somebody(test.office, holding(role, role === "operator_admin" ? "op" : null));
      visitors[role] = await signedInAs(test.office, userId, world.now);
    }
    const filed = await desk.file(parts(), { visitor: visitors.grak_officer, formId: crypto.randomUUID(), request: request() });
    if (!filed.ok) throw new Error(filed.refusal);
    reference = filed.reference;
  });

  it("lets auditors look and decide nothing, and tells an operator's people that there is nothing", async () => {
    const by = (role: Role) => ({ visitor: visitors[role], reference, reason: REASON, version: 1, act: "refuse", until: null });
    expect(await desk.look(parts(), by("grak_auditor"))).toMatchObject({ ok: true, may: { acts: [], second: false, notify: false, read: false } });
    expect(await desk.look(parts(), by("grak_officer"))).toMatchObject({ ok: true, may: { acts: ["measure", "grant", "refuse", "refuse-as-false"], notify: true, withdraw: true, read: true } });
    for (const verb of [desk.notify, desk.propose, desk.second, desk.sendBack, desk.withdraw, desk.stop, desk.open, desk.openEvidence, desk.addEvidence, desk.file]) {
      expect(await verb(parts(), by("grak_auditor"))).toEqual({ ok: false, refusal: "not-found" });
      for (const nobody of [undefined, null, 7, {}, { visitor: null }]) expect(await verb(parts(), nobody)).toEqual({ ok: false, refusal: "signed-out" });
    }
    for (const verb of [desk.list, desk.look]) expect(await verb(parts(), { ...by("operator_admin"), filter: {}, after: null })).toEqual({ ok: false, refusal: "not-found" });
  });

  it("takes a factor shown lately for every step and every word opened", async () => {
    world.now += 6 * MINUTE;
    const asked = { visitor: visitors.grak_officer, reference, reason: REASON, version: 1, act: "refuse", until: null, id: "x", formId: crypto.randomUUID(), request: request(), name: "a", bytes: PNG };
    for (const verb of [desk.notify, desk.propose, desk.second, desk.sendBack, desk.withdraw, desk.stop, desk.open, desk.openEvidence, desk.addEvidence, desk.file]) {
      expect(await verb(parts(), asked)).toEqual({ ok: false, refusal: "proof-due" });
    }
    expect((await desk.look(parts(), asked)).ok).toBe(true);
    world.now -= 6 * MINUTE;
  });

  it("turns pages of what it lists, and begins anew at a place that is none", async () => {
    const list = (filter: object, after: string | null = null) => desk.list(parts(), { visitor: visitors.grak_officer, filter, after });
    const first = await list({ kind: "court", state: "open" });
    if (!first.ok) throw new Error(first.refusal);
    expect(first.cases.map((one) => one.reference)).toContain(reference);
    expect(first.next).toBeNull();
    for (const after of ["x", "[]", "[1]", '["x", 1]']) expect(await list({ kind: "court", state: "open" }, after)).toEqual(first);
    expect(await list({ overdue: true })).toMatchObject({ ok: true, cases: [] });
  });

  it("proposes, seconds and sends back as the API does, and refuses a reason that names somebody", async () => {
    const by = (role: Role, more: object = {}) => ({ visitor: visitors[role], reference, reason: REASON, version: 1, ...more });
    expect(await desk.propose(parts(), by("grak_officer", { act: "refuse", until: null, reason: "she is 0712 345 678" }))).toEqual({ ok: false, refusal: "reason-unfit" });
    expect(await desk.propose(parts(), by("grak_officer", { act: "dance", until: null }))).toEqual({ ok: false, refusal: "act-unfit" });
    expect(await desk.propose(parts(), by("grak_officer", { act: "refuse", until: null }))).toEqual({ ok: true });
    expect(await desk.second(parts(), by("grak_officer", { version: 2 }))).toEqual({ ok: false, refusal: "own-proposal" });
    expect(await desk.sendBack(parts(), by("grak_admin", { version: 2 }))).toEqual({ ok: true });
    expect(await desk.second(parts(), by("grak_admin", { version: 3 }))).toEqual({ ok: false, refusal: "nothing-proposed" });
    expect(await desk.notify(parts(), by("grak_admin", { version: 3 }))).toEqual({ ok: true });
    expect(await desk.addEvidence(parts(), by("grak_officer", { name: "order.png", bytes: PNG }))).toEqual({ ok: true });
    expect(await desk.addEvidence(parts(), by("grak_officer", { name: "x", bytes: utf8("MZ") }))).toEqual({ ok: false, refusal: "evidence-type" });
    const looked = await desk.look(parts(), by("grak_officer"));
    const id = looked.ok ? looked.evidence[0]!.id : "";
    expect(await desk.openEvidence(parts(), by("grak_officer", { id }))).toMatchObject({ ok: true, file: { name: "order.png", type: "image/png" } });
    expect(await desk.open(parts(), by("grak_officer"))).toMatchObject({ ok: true, opened: { parties: [{ role: "requester" }, { role: "subject" }], evidence: [{ name: "order.png" }] } });
    for (const unknown of ["CASE-0000000000", "x", 7]) expect(await desk.second(parts(), by("grak_admin", { reference: unknown }))).toEqual({ ok: false, refusal: "not-found" });
  });
});
