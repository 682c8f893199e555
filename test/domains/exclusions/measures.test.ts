import { describe, expect, test } from "vitest";
import { confirm, exclusionsOf, forget, lend, releasePhone } from "../../../src/domains/exclusions/index.ts";
import type { MeasureResult } from "../../../src/domains/exclusions/measures-rpc.ts";
import { POLICIES } from "../../../src/domains/exclusions/policies.ts";
import { toHex } from "../../../src/kernel/bytes.ts";
import { DAY, HOUR } from "../../../src/kernel/clock.ts";
import { periodEnd } from "../../../src/kernel/periods.ts";
import { officersAt, shownDocument, shownPhone } from "../../support/officers.ts";
import { pseudonym, RegisterHere } from "../../support/register.ts";

const refused = (refusal: string) => ({ ok: false, refusal });
const YEAR = 365 * DAY;

function aRegister() {
  const register = new RegisterHere();
  const states = () => register.rows("select origin, state from exclusions order by rowid").map(({ origin, state }) => `${origin} ${state}`);
  const covered = () => register.rows("select p from covered order by p").map(({ p }) => toHex(p as Uint8Array));
  const audited = () => register.rows("select action, channel, payload from audit order by position").map((row) => ({ action: row.action, channel: row.channel, payload: JSON.parse(String(row.payload)) as unknown }));
  const notices = () => register.carryOut((database, now) => lend(database, 100, now)).map((row) => (row.topic === "notice" ? row.notice.template : row.topic));
  const receipts = (number: number) => register.carryOut((database, now) => exclusionsOf(database, pseudonym(number), now));
  const known = (reference: string) => register.carryOut((database, ...at) => {
    const [{ personId, p } = {}] = register.rows(`select personId, p from exclusions join exclusionIdentifiers on exclusionId = id where reference = '${reference}' and kind <> 'msisdn'`);
    return confirm(database, { commandId: `known ${reference}`, personId: String(personId), p: p as Uint8Array }, ...at);
  });
  return { register, officers: officersAt(register), states, covered, audited, notices, receipts, known };
}

const hex = (...numbers: number[]): string[] => numbers.map((number) => toHex(pseudonym(number)));
const taken = (result: MeasureResult) => {
  if (!result.ok) throw new Error(result.refusal);
  return result;
};

describe("an exclusion that two officers impose", () => {
  test("is in force at once, is told and sealed into a vault, and ends by itself at its promised end", () => {
    const { register, officers, covered, states, notices, audited } = aRegister();
    const endsAt = register.now + YEAR;
    const { receipt } = taken(officers.impose(1, { identifiers: [shownPhone(1), shownDocument(1)], endsAt, origin: "court" }));
    expect(receipt).toMatchObject({ state: "active", origin: "court", caseReference: "CS-1", policy: "custom", endMode: "automatic", endsAt, askableFrom: null });
    expect(receipt.identifiers).toEqual([{ kind: "msisdn", provisionalUntil: null }, { kind: "national_id", provisionalUntil: null }]);
    expect(covered()).toEqual(hex(1, 1_000_001));
    expect(notices()).toEqual(["identity", "exclusion-imposed"]);
    expect(audited()).toMatchObject([{ action: "exclusion.imposed", channel: "office", payload: { caseReference: "CS-1", officers: ["officer 1", "officer 2"], origin: "court" } }]);
    register.wait(endsAt - register.now - 1);
    expect(covered()).toHaveLength(2);
    register.wait(1);
    expect([covered(), states()]).toEqual([[], ["court ended"]]);
  });

  test("stands beside the person's own, which is neither touched nor shortened by it, nor by its end", () => {
    const { register, officers, covered, receipts, states } = aRegister();
    register.register(1, "6m");
    const [own] = receipts(1);
    const { receipt } = taken(officers.impose(1, { endsAt: register.now + 31 * DAY }));
    taken(officers.impose(1, { caseReference: "CS-2", endsAt: null }));
    expect(receipts(1).find(({ origin }) => origin === "self")).toEqual(own);
    taken(officers.dismiss());
    expect(receipts(1).find(({ reference }) => reference === receipt.reference)).toMatchObject({ state: "dismissed" });
    register.wait(40 * YEAR);
    expect([covered(), states()]).toEqual([hex(1), ["self active", "family dismissed", "family active"]]);
  });

  test("is one a case, and one of two different officers", () => {
    const { officers, states, audited } = aRegister();
    expect(officers.impose(1, { officers: ["officer 1", "officer 1"] })).toEqual(refused("one-officer"));
    const first = officers.impose(1, { commandId: "c" });
    expect(officers.impose(1, { commandId: "c" })).toEqual(first);
    expect(officers.impose(2, { commandId: "c" })).toEqual(refused("command-reused"));
    expect(officers.impose(1)).toEqual(refused("not-now"));
    expect([states(), audited().length]).toEqual([["family active"], 1]);
  });

  test("lasts five years or for good, a measure 30 days, and neither is over when it begins", () => {
    const { register, officers } = aRegister();
    const { now } = register;
    const longest = periodEnd(now, POLICIES["5y"].period!);
    const bounds = { endsAt: null, measureUntil: null };
    for (const bad of [{ endsAt: now }, { endsAt: longest + 1 }, { measureUntil: now }, { measureUntil: now + 30 * DAY + 1 }, { endsAt: now + DAY, measureUntil: now + 2 * DAY }]) {
      expect(officers.impose(1, { ...bounds, ...bad })).toEqual(refused("out-of-bounds"));
    }
    for (const [at, good] of [{ endsAt: longest }, { measureUntil: now + 30 * DAY }, { endsAt: now + DAY, measureUntil: now + DAY }].entries()) {
      expect(officers.impose(1, { ...bounds, ...good, caseReference: `CS-1${at}` })).toMatchObject({ ok: true });
    }
  });

  test("is of what officers were shown, the phone first", () => {
    const { officers, states } = aRegister();
    expect(() => officers.impose(1, { identifiers: [shownDocument(1)] })).toThrow("phone");
    expect(() => officers.impose(1, { identifiers: [shownPhone(1, "code")] })).toThrow("officers vouch");
    expect(() => officers.impose(1, { identifiers: [{ ...shownPhone(1), p: new Uint8Array(3) }] })).toThrow("16 bytes");
    expect(officers.impose(1, { identifiers: [shownPhone(1), shownPhone(1)] })).toMatchObject({ ok: true });
    expect(states()).toEqual(["family active"]);
  });

  test("finds the phone's holder before anybody a document tells of, and who proves the phone later finds it", () => {
    const { register, officers, known, receipts } = aRegister();
    known(register.register(2, "1y", 2));
    register.register(1, "1y");
    const both = [shownPhone(1), shownDocument(2)] as const;
    taken(officers.impose(1, { identifiers: [...both] }));
    expect(receipts(1).map(({ origin }) => origin).toSorted()).toEqual(["family", "self"]);
    taken(officers.impose(3, { caseReference: "CS-2" }));
    register.register(3, "24h");
    expect(receipts(3).map(({ origin }) => origin).toSorted()).toEqual(["family", "self"]);
  });

  test("finds whom the registry knows by a document, and the phone officers were shown opens nothing of theirs", () => {
    const { register, officers, known, receipts, covered } = aRegister();
    known(register.register(2, "1y", 2));
    taken(officers.impose(1, { identifiers: [shownPhone(1), shownDocument(2)] }));
    expect(receipts(2).map(({ origin }) => origin).toSorted()).toEqual(["family", "self"]);
    expect([receipts(1), covered().length]).toEqual([[], 3]);
  });

  test("finds nobody by a document that was only typed, that two persons are known by, or of what was annulled", () => {
    const { register, officers, known, receipts } = aRegister();
    register.register(2, "1y", 2);
    const people = () => register.rows("select distinct personId from exclusions").length;
    taken(officers.impose(11, { caseReference: "CS-11", identifiers: [shownPhone(11), shownDocument(2)] }));
    expect(people()).toBe(2);
    known(register.register(3, "1y", 3));
    known(register.register(4, "1y", 3));
    taken(officers.impose(12, { caseReference: "CS-12", identifiers: [shownPhone(12), shownDocument(3)] }));
    expect(people()).toBe(5);
    const stolen = register.register(5, "1y", 5);
    known(stolen);
    taken(officers.beginAnnulment({ reference: stolen }));
    register.wait(72 * HOUR);
    taken(officers.impose(13, { caseReference: "CS-13", identifiers: [shownPhone(13), shownDocument(5)] }));
    expect([people(), receipts(5)]).toMatchObject([7, [{ state: "annulled" }]]);
  });

  test("is kept as long as the law says, and while in force as long as the longest of a person's", () => {
    const { register, officers } = aRegister();
    register.register(1, "24h");
    const { personId } = taken(officers.impose(1, { endsAt: register.now + YEAR }));
    const forgotten = () => register.carryOut((database, ...at) => forget(database, personId, ...at));
    expect(forgotten()).toEqual({ ok: false, refusal: "exclusion-active", until: register.now + YEAR });
    taken(officers.impose(1, { caseReference: "CS-2", endsAt: null }));
    expect(forgotten()).toEqual({ ok: false, refusal: "exclusion-active", until: null });
    taken(officers.dismiss({ caseReference: "CS-2" }));
    register.wait(YEAR);
    expect(forgotten()).toMatchObject({ refusal: "retention-runs" });
    register.wait(8 * YEAR);
    register.register(2, "24h");
    const entries = () => register.rows("select resource, payload, salt, actor from audit order by position");
    const before = entries();
    const references = register.rows(`select reference from exclusions where personId = '${personId}'`).map(({ reference }) => reference);
    expect(forgotten()).toEqual({ ok: true });
    expect(register.rows("select personId from exclusions")).not.toContainEqual({ personId });
    const erased = before.filter(({ resource }) => references.includes(resource));
    expect(erased.length).toBeGreaterThan(3);
    expect(entries().slice(0, before.length)).toEqual(before.map((entry) => (erased.includes(entry) ? { ...entry, payload: "{}", salt: null, actor: null } : entry)));
  });

  test("lets go of a phone that is somebody else's by now, and keeps the rest", () => {
    const { register, officers, covered } = aRegister();
    taken(officers.impose(1, { identifiers: [shownPhone(1), shownDocument(1)] }));
    const command = { commandId: "r", phone: pseudonym(1), document: { kind: "national_id" as const, p: pseudonym(9) }, by: "officer" as const, box: new Uint8Array(1) };
    expect(register.carryOut((database, ...at) => releasePhone(database, command, ...at, 90))).toEqual({ ok: true });
    expect(covered()).toEqual(hex(1_000_001));
  });
});

describe("a provisional measure", () => {
  const measured = () => {
    const here = aRegister();
    const measureUntil = here.register.now + 14 * DAY;
    const { receipt } = taken(here.officers.impose(1, { measureUntil }));
    return { ...here, measureUntil, receipt };
  };

  test("says until when it stands, and lapses then by itself", () => {
    const { register, receipt, measureUntil, notices, covered, states, officers } = measured();
    expect(receipt).toMatchObject({ state: "provisional", measureUntil });
    expect(notices()).toEqual(["identity", "measure-taken"]);
    register.now = measureUntil;
    expect(officers.uphold({ endsAt: null })).toEqual(refused("not-now"));
    register.wait(0);
    expect([covered(), states(), notices().at(-1)]).toEqual([[], ["family dismissed"], "exclusion-dismissed"]);
  });

  test("that is upheld goes on, never shorter than the measure", () => {
    const { register, officers, measureUntil, notices, covered } = measured();
    expect(officers.uphold({ endsAt: measureUntil - 1 })).toEqual(refused("shortens"));
    expect(officers.uphold({ endsAt: register.now + 6 * YEAR })).toEqual(refused("out-of-bounds"));
    expect(officers.uphold({ endsAt: null, officers: ["a", "a"] })).toEqual(refused("one-officer"));
    expect(officers.uphold({ endsAt: null, caseReference: "CS-0" })).toEqual(refused("unknown"));
    expect(taken(officers.uphold({ endsAt: null })).receipt).toMatchObject({ state: "active", measureUntil: null, policy: "permanent", endMode: "automatic", endsAt: null, reviewAt: null });
    expect(officers.uphold({ endsAt: null })).toEqual(refused("not-now"));
    register.wait(30 * YEAR);
    expect([covered(), notices()]).toEqual([hex(1), ["identity", "measure-taken", "measure-upheld"]]);
  });

  test("is lifted by two officers, once", () => {
    const { officers, covered } = measured();
    expect(officers.dismiss({ officers: ["a", "a"] })).toEqual(refused("one-officer"));
    expect(covered()).toEqual(hex(1));
    expect(officers.dismiss({ commandId: "d" })).toMatchObject({ ok: true, receipt: { state: "dismissed" } });
    expect(officers.dismiss({ commandId: "d" })).toMatchObject({ ok: true });
    expect([officers.dismiss(), covered()]).toEqual([refused("not-now"), []]);
  });
});

describe("somebody's own exclusion", () => {
  test("that is permanent is reviewed after three years, and again a year after a refusal; its holder may end it only then", () => {
    const { register, officers, receipts, covered } = aRegister();
    const reference = register.register(1, "permanent");
    const { reviewAt } = receipts(1)[0]!;
    const asked = { reference, granted: false };
    expect(officers.review({ ...asked, granted: true })).toEqual({ ok: false, refusal: "too-early", from: reviewAt });
    register.wait(reviewAt! - register.now);
    const again = taken(officers.review(asked)).receipt.reviewAt!;
    expect(again).toBe(periodEnd(register.now, POLICIES.permanent.reviewAgainAfter!));
    expect(officers.review(asked)).toEqual({ ok: false, refusal: "too-early", from: again });
    register.wait(again - register.now);
    expect(taken(officers.review({ ...asked, granted: true })).receipt).toMatchObject({ state: "active", askableFrom: register.now });
    expect(officers.review(asked)).toEqual(refused("not-now"));
    register.wait(10 * YEAR);
    expect(covered()).toEqual(hex(1));
  });

  test("with an end, or imposed, is not reviewed", () => {
    const { register, officers } = aRegister();
    const { reference } = taken(officers.impose(2, { endsAt: null })).receipt;
    for (const one of [register.register(1, "5y"), reference]) expect(officers.review({ reference: one, granted: true })).toEqual(refused("not-now"));
    expect(officers.review({ reference: "NSER-0", granted: true })).toEqual(refused("unknown"));
  });

  test("is lengthened to an end of its own and waits for its holder where it did; never shortened", () => {
    const { register, officers, notices, audited } = aRegister();
    const [long, short, forGood] = [register.register(1, "1y"), register.register(2, "7d"), register.register(3, "permanent")];
    const endsAt = register.now + 2 * YEAR;
    expect(taken(officers.lengthenTo({ reference: long, endsAt, commandId: "l" })).receipt).toMatchObject({ policy: "custom", endMode: "confirmed", endsAt, askableFrom: endsAt });
    expect(taken(officers.lengthenTo({ reference: short, endsAt })).receipt).toMatchObject({ policy: "custom", endMode: "automatic", endsAt });
    for (const reference of [long, forGood]) expect(officers.lengthenTo({ reference, endsAt })).toEqual(refused("shortens"));
    expect(officers.lengthenTo({ reference: long, endsAt: register.now + 6 * YEAR })).toEqual(refused("out-of-bounds"));
    const { reference } = taken(officers.impose(4)).receipt;
    expect(officers.lengthenTo({ reference, endsAt })).toEqual(refused("not-now"));
    expect(register.rows("select policy, endMode, endsAt from extensions where commandId = 'l'")).toEqual([{ policy: "custom", endMode: "confirmed", endsAt }]);
    expect(notices().filter((template) => template === "exclusion-extended")).toHaveLength(2);
    expect(audited().filter(({ action }) => action === "exclusion.extended")).toHaveLength(2);
  });

  test("is never dismissed", () => {
    const { register, officers, covered } = aRegister();
    const reference = register.register(1, "24h");
    expect(officers.dismiss({ caseReference: reference })).toEqual(refused("unknown"));
    expect(covered()).toEqual(hex(1));
  });

  test("is annulled by two officers 72 hours later, and told of it twice", () => {
    const { register, officers, covered, notices, receipts } = aRegister();
    const reference = register.register(1, "permanent");
    expect(officers.beginAnnulment({ reference, officers: ["a", "a"] })).toEqual(refused("one-officer"));
    expect(taken(officers.beginAnnulment({ reference })).receipt).toMatchObject({ state: "annulling", annulsAt: register.now + 72 * HOUR });
    expect(officers.beginAnnulment({ reference })).toEqual(refused("not-now"));
    register.wait(72 * HOUR - 1);
    expect(covered()).toEqual(hex(1));
    register.wait(1);
    expect([covered(), receipts(1)[0]!.state, notices()]).toEqual([[], "annulled", ["exclusion-started", "annulment-begun", "exclusion-annulled"]]);
    expect(officers.stopAnnulment({ reference, by: "officer 3" })).toEqual(refused("not-now"));
  });

  test.each(["officer 3", "the holder"])("is not annulled when somebody objects: %s", (who) => {
    const { register, officers, covered, audited } = aRegister();
    const reference = register.register(1, "permanent");
    const { personId } = taken(officers.beginAnnulment({ reference }));
    const by = who === "officer 3" ? who : personId;
    expect(taken(officers.stopAnnulment({ reference, by })).receipt).toMatchObject({ state: "active", annulsAt: null });
    register.wait(YEAR);
    expect(covered()).toEqual(hex(1));
    expect(audited()[2]).toMatchObject({ action: "exclusion.annulment-stopped", payload: { by: who === "officer 3" ? who : "holder" } });
    expect(JSON.stringify(audited())).not.toContain(personId);
  });

  test("that a case imposed is dismissed, not annulled", () => {
    const { officers } = aRegister();
    const { reference } = taken(officers.impose(1)).receipt;
    expect(officers.beginAnnulment({ reference })).toEqual(refused("not-now"));
  });
});

describe("a document that somebody else typed", () => {
  const document = (number: number) => shownDocument(number).p;

  test("leaves every exclusion it was only typed into, and nobody's receipt or notices say so", () => {
    const { register, officers, covered, receipts, notices } = aRegister();
    for (const number of [1, 2, 3, 4]) register.register(number, "1y", 1);
    const before = [1, 2, 3, 4].map(receipts);
    const told = notices();
    expect(officers.annulDocument({ p: document(1), officers: ["a", "a"] })).toEqual(refused("one-officer"));
    expect(officers.annulDocument({ p: document(1), commandId: "a" })).toEqual({ ok: true, exclusions: 4 });
    expect(officers.annulDocument({ p: document(1), commandId: "a" })).toEqual({ ok: true, exclusions: 4 });
    expect(officers.annulDocument({ p: document(1) })).toEqual({ ok: true, exclusions: 0 });
    expect(covered()).toEqual(hex(1, 2, 3, 4));
    register.register(1, "1y", 1);
    expect(covered()).toEqual(hex(1, 2, 3, 4));
    expect([1, 2, 3, 4].map(receipts)).toEqual(before);
    register.wait(31_000);
    expect(notices()).toEqual(told);
  });

  test("stays where the registry or officers know it as the person's, and phones stay always", () => {
    const { register, officers, covered, known } = aRegister();
    known(register.register(1, "1y", 1));
    register.register(2, "1y", 1);
    taken(officers.impose(3, { identifiers: [shownPhone(3), shownDocument(1)] }));
    expect(officers.annulDocument({ p: document(1) })).toEqual({ ok: true, exclusions: 1 });
    expect(officers.annulDocument({ p: pseudonym(1) })).toEqual({ ok: true, exclusions: 0 });
    expect(covered()).toEqual(hex(1, 2, 3, 1_000_001));
  });
});

describe("officers find", () => {
  test("every exclusion that states an identifier, newest first, and each by its reference", () => {
    const { register, officers, receipts } = aRegister();
    const over = register.register(1, "24h", 1);
    register.wait(2 * DAY);
    const newer = register.register(2, "1y", 1);
    expect(officers.statedIn(shownDocument(1).p)).toEqual([newer, over]);
    expect(officers.statedIn(pseudonym(9))).toEqual([]);
    expect(officers.byReference(over)).toMatchObject({ receipt: receipts(1)[0]! });
    expect(officers.byReference("NSER-0")).toBeNull();
  });

  test("at most 100", () => {
    const { register, officers } = aRegister();
    for (let number = 1; number <= 101; number++) register.register(number, "24h", 1);
    expect(officers.statedIn(shownDocument(1).p)).toHaveLength(100);
  });
});
