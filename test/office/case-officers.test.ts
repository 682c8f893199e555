import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { carryCases } from "../../src/domains/exclusions/cases/carry.ts";
import * as decide from "../../src/domains/exclusions/cases/decide.ts";
import { fileRequest } from "../../src/domains/exclusions/cases/file-for-office.ts";
import { lookAt } from "../../src/domains/exclusions/cases/look.ts";
import { caseByReference } from "../../src/domains/exclusions/cases/store.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { testOffice, unheard } from "../support/office.ts";
import { ANN, BEN, caseOffice, CAT, RECEIPT } from "../support/case-office.ts";

const test = testOffice();
const { world, asked, parts, aPhone, FAMILY, filed, caseOf, standing, wanted, propose, second, carry, heard, excluded } = caseOffice(test);

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
    const tries = await test.office.primary.select().from(auditEntries).where(eq(auditEntries.outcome, "refused"));
    expect(tries).toMatchObject([{ action: "case.seconded", resource: `case/${reference}`, actorId: ANN.id, payload: '{"refusal":"own-proposal"}' }]);
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
