import { describe, expect, it } from "vitest";
import type { Request } from "../../src/domains/exclusions/cases/cases-rpc.ts";
import * as decide from "../../src/domains/exclusions/cases/decide.ts";
import { putOperators } from "../../src/domains/operators/office/store.ts";
import { toHex } from "../../src/kernel/bytes.ts";
import { HOUR, MINUTE } from "../../src/kernel/clock.ts";
import { fakeTokenizer } from "../support/api.ts";
import { testOffice } from "../support/office.ts";
import { ANN, caseOffice, CAT, citizen, PDF, RECEIPT } from "../support/case-office.ts";

const test = testOffice();
const {
  world, asked, holders, parts, aPhone, grantOf, FAMILY, form, filed, caseOf, standing, wanted, propose, carry, decided, viewOf, saying,
  excluded,
} = caseOffice(test);

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
    await putOperators(test.office.primary, [{ id: "kenbet", name: "Kenbet", state: "active", requiredKinds: [], enrolledAt: 1, declaredCustomers: 0, licensedUntil: null, generation: 1 }]);
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
