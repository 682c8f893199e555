import { describe, expect, it, test } from "vitest";
import { auditOutbox } from "../../../src/audit/outbox.ts";
import { type ProvenReceipt, verifyReceipt } from "../../../src/audit/receipt.ts";
import { Grants } from "../../../src/domains/authentication/index.ts";
import * as citizen from "../../../src/domains/exclusions/citizen/index.ts";
import { DAY } from "../../../src/kernel/clock.ts";
import { random } from "../../../src/objects/shell.ts";
import { parsePolicy } from "../../../src/tlog/policy.ts";
import { anOffice } from "../../support/citizen.ts";
import { officersAt, TWO } from "../../support/officers.ts";
import { phone, RegisterHere } from "../../support/register.ts";
import { SmallLog, WITNESSED } from "../../support/small-log.ts";

/** Register, the log it tells, and what the holders of its phones ask of origin. */
function anOfficeWithALog() {
  const register = new RegisterHere();
  const log = new SmallLog(2);
  const grants = new Grants(new Uint8Array(32).fill(5), () => register.now, random);
  const parts: citizen.CitizenParts = { ...anOffice().parts, register: register.asOriginAsks, grants, log: () => log };
  const grantOf = async (n: number) =>
    grants.issue({ phone: phone(n).p, number: "+254712345678", maskedPhone: "", personId: await parts.register.holderOf(phone(n).p) });
  return {
    register, parts,
    ask: async (n: number, reference: string, entry: string | null = null, changes: Partial<citizen.CitizenParts> = {}) =>
      citizen.proof({ ...parts, ...changes }, { grant: await grantOf(n), reference, entry }),
    /** Tells the log what waits. */
    drain: () => register.carryOut((database) => {
      for (const { entry, settle } of auditOutbox(database, random).waiting(256)) settle(log.append("register", entry));
    }),
  };
}

async function proven(answer: Awaited<ReturnType<typeof citizen.proof>>): Promise<ProvenReceipt> {
  const policy = parsePolicy(WITNESSED);
  const verified = answer.ok && policy.ok ? await verifyReceipt(answer.file!, policy.policy) : answer;
  if (!verified.ok || !("opening" in verified)) throw new Error(JSON.stringify(verified));
  return verified;
}

describe("the proof of an exclusion", () => {
  it("proves what was registered, and each later step for itself", async () => {
    const { register, ask, drain } = anOfficeWithALog();
    const startedAt = register.now;
    const reference = register.register(1, "30d", 7);
    register.wait(DAY);
    register.toExtend(1, "6m")();
    drain();
    const first = await ask(1, reference);
    if (!first.ok) throw new Error(first.refusal);
    expect(first.steps.map(({ event, at }) => [event, at])).toEqual([["began", startedAt], ["lengthened", startedAt + DAY]]);
    const { opening } = await proven(first);
    expect(opening).toMatchObject({ source: "register", id: first.entry, at: startedAt, action: "exclusion.registered", record: { actor: null, outcome: "done", resource: reference } });
    expect(opening.record.payload).toMatchObject({ policy: "30d", startedAt });
    const later = await proven(await ask(1, reference, first.steps[1]!.entry));
    expect(later.opening).toMatchObject({ action: "exclusion.extended", at: startedAt + DAY, record: { payload: { policy: "6m", endsAt: register.receipts(1)[0]!.endsAt } } });
  });

  it("names nobody: neither a person, nor a number, nor a pseudonym", async () => {
    const { register, ask, drain } = anOfficeWithALog();
    const reference = register.register(1, "30d", 7);
    drain();
    const [{ record }, [row]] = [(await proven(await ask(1, reference))).opening, register.rows("select personId, hex(p) p from exclusions join exclusionIdentifiers on exclusionId = exclusions.id")];
    for (const secret of [row!.personId, String(row!.p).toLowerCase(), "712345678"]) expect(JSON.stringify(record).toLowerCase()).not.toContain(secret);
  });

  it("shows nothing of officers: what they decided has none, the rest has", async () => {
    const { register, ask, drain } = anOfficeWithALog();
    const own = register.register(1, "30d");
    const officers = officersAt(register);
    const imposed = officers.impose(2);
    officers.beginAnnulment({ reference: own });
    drain();
    const answers = [await ask(1, own), await ask(2, imposed.ok ? imposed.receipt.reference : "")];
    expect(answers).toMatchObject([{ ok: true, steps: [{ event: "began" }] }, { ok: true, steps: [], entry: null, file: null }]);
    expect(JSON.stringify(await proven(answers[0]!), (_, value: unknown) => (typeof value === "bigint" ? String(value) : value))).not.toContain(TWO[0]);
  });

  it("is not there until the log has it, and the exclusion is", async () => {
    const { register, ask, drain } = anOfficeWithALog();
    const reference = register.register(1, "30d");
    expect(await ask(1, reference)).toMatchObject({ ok: true, file: null, steps: [{ event: "began" }] });
    drain();
    expect(await ask(1, reference, null, { log: () => ({ prove: async () => null, policy: async () => "" }) })).toMatchObject({ ok: true, file: null });
    expect((await proven(await ask(1, reference))).opening.record.resource).toBe(reference);
  });

  it("says so by failing when the log is away; the receipt asks no log", async () => {
    const { register, ask, drain, parts } = anOfficeWithALog();
    const reference = register.register(1, "30d");
    drain();
    const away = { log: () => ({ prove: () => Promise.reject(new Error("away")), policy: () => Promise.reject(new Error("away")) }) };
    await expect(ask(1, reference, null, away)).rejects.toThrow("away");
    const grant = await parts.grants.issue({ phone: phone(1).p, number: "+254712345678", maskedPhone: "", personId: await parts.register.holderOf(phone(1).p) });
    expect(await citizen.receipt({ ...parts, ...away }, { grant, reference })).toMatchObject({ ok: true, receipt: { reference } });
  });
});

test("a proof is its holder's alone: nobody gets another's, nor another's entry under a reference of their own", async () => {
  const { register, ask, drain, parts } = anOfficeWithALog();
  const [mine, theirs] = [register.register(1, "30d"), register.register(2, "30d")];
  drain();
  const their = await ask(2, theirs);
  const entry = their.ok ? their.entry : null;
  const unknown = { ok: false, refusal: "reference-unknown", field: null };
  for (const answer of [await ask(1, theirs), await ask(1, theirs, entry), await ask(1, mine, entry), await ask(3, mine), await ask(1, "NSER-0000000000")]) expect(answer).toEqual(unknown);
  expect(await citizen.proof(parts, { grant: "forged", reference: mine, entry: null })).toMatchObject({ ok: false, refusal: "grant-invalid" });
  for (const question of [{}, null, { grant: 1 }, { grant: "x", reference: mine, entry: 7 }]) expect(await citizen.proof(parts, question)).toMatchObject({ ok: false });
});
