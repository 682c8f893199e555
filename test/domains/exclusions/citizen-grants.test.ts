import { describe, expect, it } from "vitest";
import * as citizen from "../../../src/domains/exclusions/citizen/index.ts";
import { openIdentity } from "../../../src/domains/users/identity.ts";
import { toHex, utf8 } from "../../../src/kernel/bytes.ts";
import { ENVELOPE } from "../../support/api.ts";
import { anOffice, codeForm, FORM, form, OTHER_FORM, P, PERSON, receipt } from "../../support/citizen.ts";

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
