import { describe, expect, it } from "vitest";
import type { Sms } from "../../../src/adapters/sms/port.ts";
import { Grants } from "../../../src/domains/authentication/index.ts";
import type { ChallengeApi } from "../../../src/domains/authentication/rpc.ts";
import * as citizen from "../../../src/domains/exclusions/citizen/index.ts";
import type { EndingApi, EndingCommand, EndingRefusal, EndingResult } from "../../../src/domains/exclusions/ending-rpc.ts";
import type { Receipt, RegisterCommand } from "../../../src/domains/exclusions/model.ts";
import { openIdentity } from "../../../src/domains/users/identity.ts";
import { toHex, utf8 } from "../../../src/kernel/bytes.ts";
import { MINUTE } from "../../../src/kernel/clock.ts";
import { random } from "../../../src/objects/shell.ts";
import { ENVELOPE, fakeTokenizer } from "../../support/api.ts";
import { PLAIN } from "../../support/exclusions.ts";

const PERSON = "0190f5a0-0000-7000-8000-0000000000aa";
const FORM = "0190f5a0-0000-7000-8000-000000000001";
const OTHER_FORM = "0190f5a0-0000-7000-8000-000000000002";
const ID = { kind: "national_id", value: "01 234 567" } as const;
const P = utf8("isdn+254712345678".slice(-16));

const receipt: Receipt = {
  ...PLAIN, reference: "NSER-111111111J", policy: "24h", endMode: "automatic", startedAt: 1, endsAt: 2, identifiers: [],
};

/** Codes as the object gives them, without limits: 000001, 000002, … */
function codesOfPhones() {
  const phones = new Map<string, Map<string, string>>();
  const withdrawn: string[] = [];
  let drawn = 0;
  const challenge = (phone: string): ChallengeApi => {
    const codes = phones.get(phone) ?? new Map<string, string>();
    phones.set(phone, codes);
    return {
      issue: async ({ formId, again }) => {
        if (codes.has(formId) && !again) return { ok: true, code: null };
        codes.set(formId, String(++drawn).padStart(6, "0"));
        return { ok: true, code: codes.get(formId)! };
      },
      withdraw: async ({ formId }) => void withdrawn.push(formId),
      spend: async () => true,
      verify: async ({ formId, code }) => {
        if (!codes.has(formId)) return { ok: false, refusal: "code-expired" };
        return codes.get(formId) === code ? { ok: true } : { ok: false, refusal: "code-wrong", triesLeft: 2 };
      },
    };
  };
  return { challenge, withdrawn, phones };
}

/** Register as the verbs see it: remembers commands, refuses a command id that comes with another policy. */
function aRegister() {
  const commands: RegisterCommand[] = [];
  const asked: string[] = [];
  const acts: (EndingCommand & { verb: keyof EndingApi })[] = [];
  const act = (verb: keyof EndingApi) => async (command: EndingCommand): Promise<EndingResult> => (acts.push({ verb, ...command }), { ok: true, receipt });
  const api: citizen.CitizenParts["register"] = {
    askToEnd: act("askToEnd"),
    confirmEnding: act("confirmEnding"),
    keep: act("keep"),
    historyOf: async (_, reference) => (reference === receipt.reference ? [{ at: 1, event: "began", endsAt: null }] : null),
    holderOf: async () => (commands.length > 0 ? PERSON : null),
    register: async (command) => {
      const earlier = commands.find(({ commandId }) => commandId === command.commandId);
      if (earlier && earlier.policy !== command.policy) return { ok: false, refusal: "command-reused" };
      if (!earlier) commands.push(command);
      return { ok: true, outcome: "registered", personId: PERSON, receipt, sequence: 1 };
    },
    extend: async ({ phone }) => {
      asked.push(toHex(phone));
      if (commands.length === 0) return { ok: false, refusal: "nothing-to-extend" };
      return { ok: true, outcome: "extended", personId: PERSON, receipt: { ...receipt, policy: "1y" }, sequence: 2 };
    },
    exclusionsOf: async (phone) => (asked.push(toHex(phone)), [receipt]),
  };
  return { api, commands, asked, acts };
}

function anOffice(changes: Partial<citizen.CitizenParts> = {}) {
  const codes = codesOfPhones();
  const register = aRegister();
  const sent: Sms[] = [];
  const reports: string[] = [];
  const addresses: string[] = [];
  let filled = 0;
  const parts: citizen.CitizenParts = {
    register: register.api,
    tokenizer: fakeTokenizer,
    challenge: codes.challenge,
    sms: { send: async (sms) => (sent.push(sms), { ok: true, messageId: "m" }) },
    envelope: ENVELOPE,
    grants: new Grants(new Uint8Array(32).fill(5), Date.now, random),
    clock: () => 0,
    admits: async (address) => (addresses.push(address), true),
    outboxFilled: () => void filled++,
    report: (reason) => reports.push(reason),
    ...changes,
  };
  return { parts, codes, register, sent, reports, addresses, filled: () => filled };
}

const codeForm = { formId: FORM, phone: "0712345678", document: null, locale: "en", address: "192.0.2.1", again: false };
const form = { formId: FORM, policy: "24h", phone: "0712345678", document: null, code: "000001", locale: "sw" };

describe("sending a code", () => {
  it("goes to the number in its canonical writing, in the person's language", async () => {
    const { parts, sent, addresses } = anOffice();
    expect(await citizen.sendCode(parts, { ...codeForm, phone: "0712 345-678", locale: "sw" })).toEqual({ ok: true, phone: "+254712345678" });
    expect(sent).toEqual([{ to: "+254712345678", message: expect.stringMatching(/msimbo.*000001.*10/) }]);
    expect(addresses).toEqual(["192.0.2.1"]);
  });

  it("sends nothing for a double submit, and another code when asked again", async () => {
    const { parts, sent } = anOffice();
    await Promise.all([citizen.sendCode(parts, codeForm), citizen.sendCode(parts, codeForm)]);
    expect(sent).toHaveLength(1);
    expect((await citizen.sendCode(parts, { ...codeForm, again: true })).ok).toBe(true);
    expect(sent).toHaveLength(2);
  });

  it("refuses what is wrong beside its field, before anything is sent", async () => {
    const { parts, sent } = anOffice();
    const refusals = [
      [{ phone: "0201234567" }, "phone-landline", "phone"],
      [{ phone: "+255712345678" }, "phone-foreign", "phone"],
      [{ phone: "07123" }, "phone-invalid", "phone"],
      [{ phone: 712345678 }, "phone-invalid", "phone"],
      [{ phone: undefined }, "phone-invalid", "phone"],
      [{ document: { kind: "national_id", value: "ABC" } }, "document-invalid", "document"],
      [{ document: { kind: "msisdn", value: "0712345678" } }, "document-invalid", "document"],
      [{ document: "12345678" }, "document-invalid", "document"],
      [{ formId: "1" }, "form-reused", null],
    ] as const;
    for (const [change, refusal, field] of refusals) {
      expect(await citizen.sendCode(parts, { ...codeForm, ...change })).toMatchObject({ ok: false, refusal, field });
    }
    for (const nothing of [undefined, null, "x", 7, []]) expect((await citizen.sendCode(parts, nothing)).ok).toBe(false);
    expect(sent).toEqual([]);
  });

  it("says how long to wait beyond the limits of the address and of the phone", async () => {
    const crowd = anOffice({ admits: async () => false });
    expect(await citizen.sendCode(crowd.parts, codeForm)).toEqual({ ok: false, refusal: "too-many-codes", field: "phone", minutes: 1 });
    const issue: ChallengeApi["issue"] = async () => ({ ok: false, refusal: "too-many-codes", retryAt: 4 * MINUTE + 1 });
    const often = anOffice({ challenge: (phone) => ({ ...codesOfPhones().challenge(phone), issue }) });
    expect(await citizen.sendCode(often.parts, codeForm)).toMatchObject({ refusal: "too-many-codes", minutes: 5 });
  });

  it("withdraws a code that did not go out", async () => {
    const { parts, codes, reports } = anOffice({ sms: { send: async () => ({ ok: false, reason: "403 InvalidPhoneNumber" }) } });
    expect(await citizen.sendCode(parts, codeForm)).toEqual({ ok: false, refusal: "sms-failed", field: "phone" });
    expect(codes.withdrawn).toEqual([FORM]);
    expect(reports).toEqual(["403 InvalidPhoneNumber"]);
  });
});

describe("registering", () => {
  it("commits pseudonyms and a sealed identity, and answers receipt and grant", async () => {
    const { parts, register, filled } = anOffice({ clock: () => Date.UTC(2026, 10, 23) });
    await citizen.sendCode(parts, codeForm);
    const answer = await citizen.register(parts, { ...form, document: { ...ID, name: " Ng'ang'a ", dateOfBirth: "27 3 1990" }, shown: [{ text: "terms", version: 1 }] });
    expect(answer).toMatchObject({ ok: true, receipt });
    const [command] = register.commands;
    expect(command).toMatchObject({ commandId: FORM, policy: "24h", channel: "web" });
    expect(command!.identifiers.map(({ kind, evidence }) => [kind, evidence])).toEqual([["msisdn", "code"], ["national_id", "typed"]]);
    expect(openIdentity(ENVELOPE, FORM, command!.box!)).toEqual({
      phone: "+254712345678", document: { kind: "national_id", typed: "01 234 567", canonical: "1234567" }, name: "Ng'ang'a", dateOfBirth: "1990-03-27",
      locale: "sw", accepted: [{ text: "terms", version: 1 }],
    });
    const seen = Buffer.from(command!.box!).toString("latin1");
    expect(seen).not.toMatch(/712345678|234 567|Ng'ang|1990/);
    expect(filled()).toBe(1);
  });

  it("says a county for statistics where one of the 47 was chosen, and nothing for anything else", async () => {
    for (const [county, said] of [["047", "047"], ["", null], ["048", null], ["Nairobi", null], [47, null], [undefined, null], ["__proto__", null]] as const) {
      const { parts, register } = anOffice();
      await citizen.sendCode(parts, codeForm);
      expect(await citizen.register(parts, { ...form, county })).toMatchObject({ ok: true });
      expect(register.commands).toMatchObject([{ county: said }]);
    }
  });

  it("takes a minor like anybody: nobody is too young to stop", async () => {
    const { parts, register } = anOffice({ clock: () => Date.UTC(2026, 10, 23) });
    await citizen.sendCode(parts, codeForm);
    expect(await citizen.register(parts, { ...form, document: { ...ID, name: "Brian Koech", dateOfBirth: "2012-02-29" } })).toMatchObject({ ok: true });
    expect(register.commands).toHaveLength(1);
  });

  it("takes a document without a name, as the pages before this release send it", async () => {
    const { parts, register } = anOffice();
    await citizen.sendCode(parts, codeForm);
    expect(await citizen.register(parts, { ...form, document: ID })).toMatchObject({ ok: true });
    expect(openIdentity(ENVELOPE, FORM, register.commands[0]!.box!)).toMatchObject({ document: { canonical: "1234567" }, name: null, dateOfBirth: null });
  });

  it("answers the same for a double submit, and refuses the form with another period", async () => {
    const { parts, register } = anOffice();
    await citizen.sendCode(parts, codeForm);
    const [one, two] = await Promise.all([citizen.register(parts, form), citizen.register(parts, form)]);
    expect(one).toMatchObject({ ok: true, receipt });
    expect(two).toMatchObject({ ok: true, receipt });
    expect(register.commands).toHaveLength(1);
    expect(await citizen.register(parts, { ...form, policy: "1y" })).toEqual({ ok: false, refusal: "form-reused", field: null });
  });

  it("keeps two tabs apart: one tab's code is not the other's", async () => {
    const { parts, register } = anOffice();
    await citizen.sendCode(parts, codeForm);
    await citizen.sendCode(parts, { ...codeForm, formId: OTHER_FORM });
    const crossed = await citizen.register(parts, { ...form, formId: OTHER_FORM, code: "000001" });
    expect(crossed).toEqual({ ok: false, refusal: "code-wrong", field: "code", triesLeft: 2 });
    expect((await citizen.register(parts, { ...form, formId: OTHER_FORM, code: "000002" })).ok).toBe(true);
    expect(register.commands).toHaveLength(1);
  });

  it("commits nothing without the right code, a known policy and readable identifiers", async () => {
    const { parts, register } = anOffice();
    await citizen.sendCode(parts, codeForm);
    const refusals = [
      [{ code: "999999" }, "code-wrong"],
      [{ code: undefined }, "code-wrong"],
      [{ code: { $ne: "" } }, "code-wrong"],
      [{ formId: OTHER_FORM }, "code-expired"],
      [{ phone: "0712345679" }, "code-expired"],
      [{ policy: "2h" }, "policy-unknown"],
      [{ policy: null }, "policy-unknown"],
      [{ phone: "0201234567" }, "phone-landline"],
      [{ document: { kind: "national_id", value: "1" } }, "document-invalid"],
      [{ document: { kind: "national_id", value: "9".repeat(10_000) } }, "document-invalid"],
      [{ document: { ...ID, name: "x".repeat(101) } }, "text-too-long"],
      [{ document: { ...ID, name: "Wanjiru\u202eKamau" } }, "text-unreadable"],
      [{ document: { ...ID, dateOfBirth: "1990" } }, "birth-unreadable"],
      [{ document: { ...ID, dateOfBirth: "31.2.1960" } }, "birth-impossible"],
      [{ formId: FORM.toUpperCase() }, "form-reused"],
    ] as const;
    for (const [change, refusal] of refusals) {
      expect(await citizen.register(parts, { ...form, ...change }), refusal).toMatchObject({ ok: false, refusal });
    }
    for (const nothing of [undefined, null, "x", 7, []]) expect((await citizen.register(parts, nothing)).ok).toBe(false);
    expect(register.commands).toEqual([]);
  });

  it("throws when a part it needs is down, and works when the form is sent again", async () => {
    const { parts, register } = anOffice();
    await citizen.sendCode(parts, codeForm);
    const down = async () => Promise.reject(new Error("down"));
    await expect(citizen.register({ ...parts, tokenizer: { evaluate: down } }, form)).rejects.toThrow("down");
    await expect(citizen.register({ ...parts, tokenizer: { evaluate: async () => [] } }, form)).rejects.toThrow("fewer");
    await expect(citizen.register({ ...parts, register: { ...register.api, register: down } }, form)).rejects.toThrow("down");
    expect((await citizen.register(parts, form)).ok).toBe(true);
  });
});

describe("looking and extending", () => {
  async function entered() {
    const office = anOffice();
    await citizen.sendCode(office.parts, codeForm);
    const answer = await citizen.enter(office.parts, { formId: FORM, phone: "0712345678", code: "000001" });
    if (!answer.ok) throw new Error(answer.refusal);
    return { ...office, grant: answer.grant };
  }

  it("asks Register about the proven phone and masks the number", async () => {
    const { parts, register, grant } = await entered();
    expect(await citizen.exclusions(parts, grant)).toEqual({ ok: true, phone: "+254 7•• ••• 678", receipts: [receipt] });
    expect(register.asked).toEqual([toHex(P)]);
  });

  it("extends what is in force, and says when nothing is", async () => {
    const { parts, grant, filled } = await entered();
    const extension = { grant, formId: OTHER_FORM, policy: "1y" };
    expect(await citizen.extend(parts, extension)).toEqual({ ok: false, refusal: "nothing-to-extend", field: null });
    const registered = await citizen.register(parts, form);
    expect(await citizen.extend(parts, { ...extension, grant: registered.ok && registered.grant })).toMatchObject({ ok: true, receipt: { policy: "1y" } });
    expect(filled()).toBe(2);
  });

  it("shows and lengthens nothing of a phone that is somebody else's since it was proven", async () => {
    const { parts, register } = await entered();
    const registered = await citizen.register(parts, form);
    const grant = registered.ok && registered.grant;
    expect(await citizen.exclusions(parts, grant)).toMatchObject({ ok: true });
    for (const now of [null, "0190f5a0-0000-7000-8000-0000000000bb"]) {
      const later = { ...parts, register: { ...register.api, holderOf: async () => now } };
      expect(await citizen.exclusions(later, grant)).toEqual({ ok: false, refusal: "grant-invalid", field: null });
      expect(await citizen.extend(later, { grant, formId: OTHER_FORM, policy: "1y" })).toMatchObject({ refusal: "grant-invalid" });
    }
  });

  it("shows and lengthens what is the holder's own, whatever else is sent with the grant", async () => {
    const { parts, register, grant } = await entered();
    const other = "0722000000";
    await citizen.sendCode(parts, { ...codeForm, formId: OTHER_FORM, phone: other });
    // One phone's code is not another's, whichever form it is typed into.
    expect(await citizen.enter(parts, { formId: FORM, phone: other, code: "000001" })).toMatchObject({ refusal: "code-expired" });
    expect(await citizen.enter(parts, { formId: OTHER_FORM, phone: other, code: "000001" })).toMatchObject({ refusal: "code-wrong" });
    await citizen.extend(parts, { grant, formId: OTHER_FORM, policy: "1y", phone: other } as Parameters<typeof citizen.extend>[1]);
    const theirs = await citizen.enter(parts, { formId: OTHER_FORM, phone: other, code: "000002" });
    await citizen.exclusions(parts, theirs.ok && theirs.grant);
    expect(register.asked).toEqual([toHex(P), toHex(utf8("isdn+254722000000".slice(-16)))]);
  });

  it("lets nobody in without a grant or with a wrong code", async () => {
    const { parts, register } = await entered();
    for (const grant of [undefined, null, 7, "", "x", {}, "x".repeat(10_000)]) {
      expect(await citizen.exclusions(parts, grant)).toEqual({ ok: false, refusal: "grant-invalid", field: null });
      expect(await citizen.extend(parts, { grant, formId: FORM, policy: "1y" })).toMatchObject({ refusal: "grant-invalid" });
    }
    const wrong = await citizen.enter(parts, { formId: FORM, phone: "0712345678", code: "000009" });
    expect(wrong).toEqual({ ok: false, refusal: "code-wrong", field: "code", triesLeft: 2 });
    expect(register.asked).toEqual([]);
  });
});

describe("stopping with a grant", () => {
  const stop = { formId: OTHER_FORM, locale: "sw", shown: [{ text: "terms", version: 1 }] };

  async function granted(changes: Partial<citizen.CitizenParts> = {}) {
    const office = anOffice(changes);
    await citizen.sendCode(office.parts, codeForm);
    const entered = await citizen.enter(office.parts, { formId: FORM, phone: "0712345678", code: "000001" });
    return { ...office, grant: entered.ok && entered.grant };
  }

  it("excludes for 24 hours who was never in the register, by the number the grant seals", async () => {
    const { parts, register, grant, filled } = await granted();
    expect(await citizen.stop(parts, { ...stop, grant })).toMatchObject({ ok: true, receipt });
    expect(register.commands).toMatchObject([{ commandId: OTHER_FORM, policy: "24h", channel: "web", identifiers: [{ p: P, kind: "msisdn", evidence: "code" }] }]);
    expect(openIdentity(ENVELOPE, OTHER_FORM, register.commands[0]!.box!)).toMatchObject({ phone: "+254712345678", document: null, locale: "sw", accepted: stop.shown });
    expect(filled()).toBe(1);
  });

  it("happens once however often it is pressed", async () => {
    const { parts, register, grant } = await granted();
    for (const _ of [1, 2]) expect(await citizen.stop(parts, { ...stop, grant })).toMatchObject({ ok: true, receipt });
    expect(register.commands).toHaveLength(1);
  });

  it("answers a grant for whom the phone has made somebody, no fresher than the one that was sent, and none for who was known", async () => {
    const { parts, grant } = await granted();
    const proven = await parts.grants.read(String(grant));
    const done = await citizen.stop(parts, { ...stop, grant });
    const next = done.ok && done.grant;
    expect(await parts.grants.read(String(next))).toMatchObject({ personId: PERSON, visit: { provenAt: proven!.visit.provenAt }, byCode: false });
    expect(await citizen.exclusions(parts, next)).toMatchObject({ ok: true });
    expect(await citizen.stop(parts, { ...stop, grant: next })).toMatchObject({ ok: true, grant: null });
  });

  it("sends to a code who has no grant, one of the release before, or a phone that is somebody else's by now", async () => {
    const { parts, register } = await granted();
    const before = await parts.grants.issue({ phone: P, maskedPhone: "", personId: null });
    for (const bad of [before, undefined, null, 7, "", "x", "x".repeat(10_000)]) {
      expect(await citizen.stop(parts, { ...stop, grant: bad })).toEqual({ ok: false, refusal: "grant-invalid", field: null });
    }
    const theirs = await parts.grants.issue({ phone: P, number: "+254712345678", maskedPhone: "", personId: PERSON });
    expect(await citizen.stop(parts, { ...stop, grant: theirs })).toMatchObject({ refusal: "grant-invalid" });
    expect(register.commands).toEqual([]);
  });
});

const { askToEnd, confirmEnding, keep } = citizen;
const ACTS = { askToEnd, confirmEnding, keep };

describe("ending and keeping", () => {
  const { reference } = receipt;

  async function holder(provenAt = 0) {
    const office = anOffice();
    const grants = new Grants(new Uint8Array(32).fill(5), () => provenAt, random);
    const parts = (now: number): citizen.CitizenParts => ({ ...office.parts, grants: new Grants(new Uint8Array(32).fill(5), () => now, random), clock: () => now });
    return { ...office, parts, act: { grant: await grants.issue({ phone: P, maskedPhone: "", personId: null }), formId: OTHER_FORM, reference } };
  }

  it.each(["askToEnd", "confirmEnding", "keep"] as const)("%s tells Register the proven phone, the reference and the form", async (verb) => {
    const { parts, act, register, filled } = await holder();
    expect(await ACTS[verb](parts(0), { ...act, reference: "nser 1111 1111 1j" })).toEqual({ ok: true, receipt });
    expect(register.acts).toEqual([{ verb, commandId: OTHER_FORM, phone: P, reference, channel: "web" }]);
    expect(filled()).toBe(1);
  });

  it("takes a code of the last five minutes to ask and to confirm, and none to keep", async () => {
    const { parts, act, register } = await holder();
    const late = parts(5 * MINUTE);
    for (const verb of ["askToEnd", "confirmEnding"] as const) {
      expect(await ACTS[verb](late, act)).toEqual({ ok: false, refusal: "code-too-old", field: null });
      expect(await ACTS[verb](parts(5 * MINUTE - 1), act)).toMatchObject({ ok: true });
    }
    expect(await citizen.keep(late, act)).toMatchObject({ ok: true });
    expect(await citizen.keep(parts(15 * MINUTE), act)).toMatchObject({ refusal: "grant-invalid" });
    expect(register.acts.map(({ verb }) => verb)).toEqual(["askToEnd", "confirmEnding", "keep"]);
  });

  it.each<[EndingRefusal, object]>([
    [{ refusal: "minimum-runs", from: 7 }, { refusal: "minimum-runs", from: 7 }],
    [{ refusal: "nothing-asked" }, { refusal: "nothing-asked" }],
    [{ refusal: "command-reused" }, { refusal: "form-reused" }],
  ])("hands on %o, and has nothing carried", async (refusal, said) => {
    const { parts, act, filled } = await holder();
    const refusing = { ...parts(0), register: { ...parts(0).register, askToEnd: async () => ({ ok: false as const, ...refusal }) } };
    expect(await citizen.askToEnd(refusing, act)).toEqual({ ok: false, ...said, field: null });
    expect(filled()).toBe(0);
  });

  it("asks Register nothing without a grant, a form or a reference that can be one, nor once the phone is somebody else's", async () => {
    const { parts, act, register } = await holder();
    const bad = [{ grant: "x" }, { grant: null }, { formId: "1" }, { formId: undefined }, { reference: "NSER-1111111111" }, { reference: null }, { reference: "PC-111111111J" }];
    for (const verb of ["askToEnd", "confirmEnding", "keep"] as const) {
      for (const change of bad) expect((await ACTS[verb](parts(0), { ...act, ...change })).ok, JSON.stringify(change)).toBe(false);
      for (const nothing of [undefined, null, "x", 7, []]) expect((await ACTS[verb](parts(0), nothing)).ok).toBe(false);
      const later = { ...parts(0), register: { ...parts(0).register, holderOf: async () => PERSON } };
      expect(await ACTS[verb](later, act)).toMatchObject({ refusal: "grant-invalid" });
    }
    expect(register.acts).toEqual([]);
  });

  it("shows a receipt with its history, and one that is not theirs like one there never was", async () => {
    const { parts, act: { grant } } = await holder();
    expect(await citizen.receipt(parts(0), { grant, reference })).toEqual({ ok: true, receipt, history: [{ at: 1, event: "began", endsAt: null }] });
    for (const other of ["NSER-9999999992", "NSER-1", ""]) expect(await citizen.receipt(parts(0), { grant, reference: other })).toEqual({ ok: false, refusal: "reference-unknown", field: null });
    expect(await citizen.receipt(parts(0), { grant: "x", reference })).toMatchObject({ refusal: "grant-invalid" });
  });
});
