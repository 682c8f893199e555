import { beforeEach, describe, expect, it } from "vitest";
import type { IdentityClaim, Verdict } from "../../src/adapters/identity-registry/port.ts";
import type { Sms } from "../../src/adapters/sms/port.ts";
import type { ReleaseCommand, ReleaseResult } from "../../src/domains/exclusions/identifiers-rpc.ts";
import { carryClaims, sweepClaims } from "../../src/domains/users/claims/carry.ts";
import { claimPhone } from "../../src/domains/users/claims/claim.ts";
import { decideClaim } from "../../src/domains/users/claims/decide.ts";
import type { ClaimParts } from "../../src/domains/users/claims/parts.ts";
import { BY_AGE, claimByReference, claimsBy } from "../../src/domains/users/claims/store.ts";
import { HOUR } from "../../src/kernel/clock.ts";
import { random } from "../../src/objects/shell.ts";
import { auditEntries, events } from "../../src/office/tables.ts";
import { Envelope, keyIdOf } from "../../src/sealing/envelope.ts";
import { ENVELOPE, fakeTokenizer } from "../support/api.ts";
import { testOffice } from "../support/office.ts";
import { holding, officeApi, somebody } from "../support/people.ts";

const test = testOffice();

const CODE = "123456";
const OFFICER = { kind: "user", id: "0190f5a0-0000-7000-8000-00000000000f", origin: null } as const;
const REASON = "came with the card, which fits";

const world = {
  now: Date.UTC(2026, 10, 23, 9),
  holder: "0190f5a0-0000-7000-8000-0000000000aa" as string | null,
  verdict: "verified" as Verdict,
  resembles: false,
  released: { ok: true } as ReleaseResult,
  smsTaken: true,
  registerAway: false,
  tries: 3,
};
const asked = { claims: [] as IdentityClaim[], releases: [] as ReleaseCommand[], sent: [] as Sms[], failures: [] as unknown[] };

const parts = (more: Partial<ClaimParts> = {}): ClaimParts => ({
  office: test.office,
  register: {
    holderOf: async () => world.holder,
    releasePhone: async (command) => {
      if (world.registerAway) throw new Error("Register is away");
      asked.releases.push(command);
      return world.released;
    },
  },
  tokenizer: fakeTokenizer,
  challenge: () => ({
    spend: async () => world.tries-- > 0,
    verify: async ({ code }) => (code === CODE ? { ok: true } : { ok: false, refusal: "code-wrong", triesLeft: 2 }),
  }),
  person: () => ({ isPerson: async () => world.resembles }),
  registry: { verify: async (claim) => (asked.claims.push(claim), { verdict: world.verdict, reference: null, differing: [], at: world.now }) },
  sms: { send: async (sms) => (asked.sent.push(sms), world.smsTaken ? { ok: true, messageId: "m" } : { ok: false, reason: "no credit" }) },
  envelope: ENVELOPE,
  clock: () => world.now,
  random,
  filled: () => {},
  ...more,
});

const form = (more: object = {}, document: object = {}) => ({
  formId: crypto.randomUUID(), phone: "0712 345 678", code: CODE, locale: "sw",
  document: { kind: "national_id", value: "20000002", name: "Peter Ng'ang'a", dateOfBirth: "2 11 1985", ...document }, ...more,
});

const claim = (more: object = {}) => claimPhone(parts(), form(more));
const carry = () => carryClaims(parts(), (error) => asked.failures.push(error));

/** Opens a case and answers its reference. */
async function opened(): Promise<string> {
  world.verdict = "unavailable";
  const done = await claim();
  if (!done.ok || done.outcome !== "officer") throw new Error("no case");
  return done.reference;
}

const decide = (reference: string, step: "release" | "refuse", version = 1) => decideClaim(parts(), OFFICER, reference, { step, reason: REASON, version });
const audited = async () => (await test.office.primary.select().from(auditEntries).all()).map(({ action, actorKind, payload }) => ({ action, actorKind, payload }));

beforeEach(() => {
  Object.assign(world, { holder: "0190f5a0-0000-7000-8000-0000000000aa", verdict: "verified", resembles: false, released: { ok: true }, smsTaken: true, registerAway: false, tries: 99 });
  for (const list of Object.values(asked)) list.length = 0;
});

describe("a claim to a phone", () => {
  it("is granted to who is, by the registry, somebody else than its holder", async () => {
    const one = form();
    expect(await claimPhone(parts(), one)).toEqual({ ok: true, outcome: "released" });
    expect(asked.claims).toMatchObject([{ kind: "national_id", number: "20000002", name: "Peter Ng'ang'a", dateOfBirth: "1985-11-02" }]);
    expect(asked.releases).toMatchObject([{ commandId: one.formId, by: "registry", document: { kind: "national_id" } }]);
    expect(Buffer.from(asked.releases[0]!.box).toString("latin1")).not.toContain("712345678");
  });

  it("whose answer got lost is answered the same: the phone is nobody's by then, and Register knows this form", async () => {
    world.holder = null;
    expect(await claim()).toEqual({ ok: true, outcome: "released" });
    world.released = { ok: false, refusal: "nothing-to-release" };
    expect(await claim()).toEqual({ ok: true, outcome: "nothing-to-release" });
    expect(asked.claims).toEqual([]);
  });

  it("is refused to who the registry does not know, and to who seems to be the holder; Register is not asked", async () => {
    world.verdict = "mismatch";
    expect(await claim()).toEqual({ ok: true, outcome: "mismatch" });
    world.resembles = true;
    expect(await claim()).toEqual({ ok: true, outcome: "mismatch" });
    world.verdict = "verified";
    expect(await claim()).toEqual({ ok: true, outcome: "kept" });
    expect(asked.releases).toEqual([]);
    world.resembles = false;
    world.released = { ok: false, refusal: "own-document" };
    expect(await claim()).toEqual({ ok: true, outcome: "kept" });
  });

  it("asks the registry and the vault no more often than its code has tries, because whoever asks may be guessing", async () => {
    Object.assign(world, { verdict: "mismatch", tries: 3 });
    const one = form();
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => claimPhone(parts(), one)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(3);
    expect(answers.at(-1)).toEqual({ ok: false, refusal: "code-used-up", field: "code" });
    expect(asked.claims).toHaveLength(3);
  });

  it("goes to an officer where nobody can say, and says then nothing of whom it resembles", async () => {
    const reference = await opened();
    world.resembles = true;
    expect(await claim()).toEqual({ ok: true, outcome: "officer", reference: expect.stringMatching(/^PC-/) });
    expect(await claimByReference(test.office, reference)).toMatchObject({ state: "open", concern: "registry-unavailable", resembles: false });
    world.verdict = "verified";
    world.resembles = false;
    for (const concern of ["no-document", "proven-lately"] as const) {
      world.released = { ok: false, refusal: concern };
      const done = await claim();
      if (!done.ok || done.outcome !== "officer") throw new Error("no case");
      expect(await claimByReference(test.office, done.reference)).toMatchObject({ concern });
    }
  });

  it("sent twice opens one case, and nothing of who claims stands in clear anywhere", async () => {
    world.verdict = "unavailable";
    const one = form();
    const [first, second] = [await claimPhone(parts(), one), await claimPhone(parts(), one)];
    expect(first).toEqual(second);
    expect(await claimPhone(parts(), { ...one, document: { ...one.document, value: "20000003" } })).toEqual({ ok: false, refusal: "form-reused", field: null });
    const { rows } = await test.office.primary.$client.execute("select * from phoneClaims");
    const text = JSON.stringify([rows, await audited()]) + rows.map(({ box }) => Buffer.from(box as ArrayBuffer).toString("latin1")).join();
    expect(text).not.toMatch(/712345678|20000002|Ng'ang|1985/);
  });

  it("without the right code, or with less than everything, does nothing", async () => {
    const refusals = [
      [{ code: "999999" }, "code-wrong", "code"], [{ phone: "0201234567" }, "phone-landline", "phone"], [{ document: null }, "document-missing", "document"],
      [{ formId: "1" }, "form-reused", null], [{ document: 7 }, "document-invalid", "document"],
    ] as const;
    for (const [change, refusal, field] of refusals) expect(await claim(change)).toMatchObject({ ok: false, refusal, field });
    const documents = [
      [{ value: " " }, "document-missing"], [{ value: "ABC" }, "document-invalid"], [{ name: " " }, "name-missing"], [{ name: "x\u0000" }, "text-unreadable"],
      [{ dateOfBirth: "" }, "birth-missing"], [{ dateOfBirth: "31 2 1990" }, "birth-impossible"],
    ] as const;
    for (const [change, refusal] of documents) expect(await claimPhone(parts(), form({}, change))).toMatchObject({ ok: false, refusal });
    for (const nothing of [undefined, null, "x", 7, []]) expect((await claimPhone(parts(), nothing)).ok).toBe(false);
    expect([asked.claims, asked.releases]).toEqual([[], []]);
  });
});

describe("an officer's decision", () => {
  it("releases the phone, tells who claimed, and then nobody knows any more who that was", async () => {
    const reference = await opened();
    expect(await decide(reference, "release")).toMatchObject({ ok: true, claim: { state: "released", version: 2 } });
    await carry();
    expect(asked.releases).toMatchObject([{ by: "officer" }]);
    expect(asked.sent).toEqual([{ to: "+254712345678", message: expect.stringContaining(reference) }]);
    expect(await claimByReference(test.office, reference)).toMatchObject({ state: "released", box: null, decidedBy: `user:${OFFICER.id}`, reason: REASON });
    await carry();
    expect(asked.sent).toHaveLength(1);
    expect(asked.failures).toEqual([]);
  });

  it("that refuses leaves Register alone, and is told too", async () => {
    const reference = await opened();
    await decide(reference, "refuse");
    await carry();
    expect(asked.releases).toEqual([]);
    expect(asked.sent[0]!.message).toContain("halikukubaliwa");
  });

  it("is carried out however often Register or the network is away, the SMS for an hour", async () => {
    const reference = await opened();
    await decide(reference, "release");
    world.registerAway = true;
    await carry();
    expect([asked.sent, asked.failures.length]).toEqual([[], 1]);
    Object.assign(world, { registerAway: false, smsTaken: false });
    await carry();
    expect(await claimByReference(test.office, reference)).toMatchObject({ box: expect.anything() });
    world.now += HOUR;
    await carry();
    expect(await claimByReference(test.office, reference)).toMatchObject({ state: "released", box: null });
    expect(await test.office.primary.select().from(events).all()).toEqual([]);
  });

  it("cannot let somebody shed their own phone, whenever that comes to light", async () => {
    world.resembles = true;
    expect(await decide(await opened(), "release")).toEqual({ ok: false, refusal: "same-person" });
    world.resembles = false;
    const reference = await opened();
    await decide(reference, "release");
    world.released = { ok: false, refusal: "own-document" };
    await carry();
    expect(await claimByReference(test.office, reference)).toMatchObject({ state: "kept", box: null });
    expect(asked.sent[0]!.message).toContain("halikukubaliwa");
  });

  it("is taken once: of two at once, or one that comes late, the other is refused", async () => {
    const reference = await opened();
    const both = await Promise.all([decide(reference, "release"), decide(reference, "refuse")]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await decide(reference, "refuse", 2)).toEqual({ ok: false, refusal: "decided-already" });
    expect(await decide("PC-0000000000", "refuse")).toEqual({ ok: false, refusal: "claim-unknown" });
    expect(await decide(await opened(), "refuse", 7)).toMatchObject({ ok: false, refusal: "conflict" });
  });
});

it("who claims stays readable when the key-encryption key changes: what is open is sealed anew", async () => {
  const reference = await opened();
  const key = (byte: number) => new Uint8Array(32).fill(byte);
  const rotated = new Envelope({ current: "2", byId: new Map([["1", key(1)], ["2", key(2)]]) }, random);
  await sweepClaims(parts({ envelope: rotated }), (error) => asked.failures.push(error));
  const claim = (await claimByReference(test.office, reference))!;
  expect([keyIdOf(claim.box!), claim.version, asked.failures]).toEqual(["2", 2, []]);
  await decide(reference, "refuse", 2);
  await carryClaims(parts({ envelope: rotated }), (error) => asked.failures.push(error));
  expect(asked.sent.filter(({ message }) => message.includes(reference)).map(({ to }) => to)).toEqual(["+254712345678"]);
});

describe("the staff's routes", () => {
  it("list what waits, show who claims after the audit log heard of it, and decide", async () => {
    const reference = await opened();
    const officer = await somebody(test.office, holding("grak_officer"));
    const { call } = await officeApi(test.office, { parts: { claims: () => parts() } });
    const at = `/v1/phone-claims/${reference}`;
    const { body: listed } = await call("GET", "/v1/phone-claims?limit=200", { headers: officer.headers() });
    expect(listed.items.find((item: { reference: string }) => item.reference === reference)).toMatchObject({ state: "open", concern: "registry-unavailable", version: 1 });
    const { body: who } = await call("POST", `${at}/claimant`, { headers: officer.headers(), json: { reason: "compares the card shown" } });
    expect(who).toEqual({ reference, phone: "+254712345678", document: { kind: "national_id", number: "20000002" }, name: "Peter Ng'ang'a", dateOfBirth: "1985-11-02" });
    const { response: named } = await call("POST", `${at}/decision`, { headers: officer.headers(), json: { step: "release", reason: "it is 0712345678 who asks", version: 1 } });
    expect(named.status).toBe(422);
    const { body: decided } = await call("POST", `${at}/decision`, { headers: officer.headers(), json: { step: "release", reason: REASON, version: 1 } });
    expect(decided).toMatchObject({ state: "released", decidedBy: `user:${officer.userId}`, version: 2 });
    const { response: again } = await call("POST", `${at}/decision`, { headers: officer.headers(), json: { step: "refuse", reason: REASON, version: 2 } });
    expect(again.status).toBe(409);
    for (const unknown of ["PC-0000000000", "nonsense"]) {
      expect((await call("POST", `/v1/phone-claims/${unknown}/claimant`, { headers: officer.headers(), json: { reason: "compares the card shown" } })).response.status).toBe(404);
    }
    const entries = (await audited()).filter(({ action }) => action.startsWith("phone-claim.") || action === "identity.read");
    expect(entries.map(({ action }) => action)).toContain("identity.read");
    expect(JSON.stringify(entries)).not.toMatch(/712345678|Ng'ang/);
    const rest = await claimsBy(test.office, { state: "released" }, { order: BY_AGE.receivedAt, limit: 200, after: null });
    expect(rest.rows.map((row) => row.reference)).toContain(reference);
  });
});
