import { describe, expect, it } from "vitest";
import type { ChallengeApi } from "../../../src/domains/authentication/rpc.ts";
import * as citizen from "../../../src/domains/exclusions/citizen/index.ts";
import { openIdentity } from "../../../src/domains/users/identity.ts";
import { MINUTE } from "../../../src/kernel/clock.ts";
import { ENVELOPE } from "../../support/api.ts";
import { anOffice, codeForm, codesOfPhones, FORM, form, ID, OTHER_FORM, receipt } from "../../support/citizen.ts";

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
