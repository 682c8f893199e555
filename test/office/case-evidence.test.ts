import { describe, expect, it } from "vitest";
import { sweepCases } from "../../src/domains/exclusions/cases/carry.ts";
import { readEvidence } from "../../src/domains/exclusions/cases/evidence.ts";
import { lookAt, openCase } from "../../src/domains/exclusions/cases/look.ts";
import type { CitizenCaseParts } from "../../src/domains/exclusions/cases/parts.ts";
import { fromUtf8, toHex, utf8 } from "../../src/kernel/bytes.ts";
import { DAY } from "../../src/kernel/clock.ts";
import { random } from "../../src/objects/shell.ts";
import { Envelope } from "../../src/sealing/envelope.ts";
import { fakeTokenizer } from "../support/api.ts";
import { testOffice, unheard } from "../support/office.ts";
import { ANN, caseOffice, citizen, PDF, REASON } from "../support/case-office.ts";

const test = testOffice();
const {
  world, asked, parts, aPhone, grantOf, FAMILY, filed, caseOf, standing, sweep, decided, heard, viewOf, saying, audited,
} = caseOffice(test);

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
    expect((await audited()).map(({ action }) => action)).toEqual(expect.arrayContaining(["case.evidence-added", "case.evidence-read"]));
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
