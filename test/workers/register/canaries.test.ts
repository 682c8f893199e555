import { describe, expect, it } from "vitest";
import { concat, toHex } from "../../../src/kernel/bytes.ts";
import { aCommand, aRegister, fault, phone, registered } from "./support.ts";

const p = (n: number): Uint8Array => new Uint8Array(16).fill(n);
const identifiers = (...ps: Uint8Array[]) => ps.map((one) => ({ kind: "msisdn" as const, p: one }));

describe("an identifier that is nobody's", () => {
  it("is known among others, however far its lineage reaches, until it is taken in", async () => {
    const { api } = aRegister();
    const [first, second] = [p(0xc1), p(0xc2)];
    expect(await api.putCanary({ id: "one", p: concat(first, second), excluded: false })).toEqual({ ok: true });
    expect(await api.putCanary({ id: "one", p: first, excluded: false })).toEqual({ ok: true });
    expect(await api.putCanary({ id: "two", p: p(0xc3), excluded: false })).toEqual({ ok: true });
    for (const asked of [first, concat(first, second), concat(first, p(9))]) expect(await api.canariesAmong([p(1), asked, p(2)])).toEqual(["one"]);
    expect((await api.canariesAmong([first, p(0xc3)])).toSorted()).toEqual(["one", "two"]);
    expect(await api.canariesAmong([])).toEqual([]);
    await api.removeCanary("one");
    await api.removeCanary("one");
    expect(await api.canariesAmong([first, second, p(0xc3)])).toEqual(["two"]);
  });

  it("stands in the set when it is to be found excluded, and leaves it when it is taken in", async () => {
    const { api } = aRegister();
    const before = await api.excludedCount();
    await api.putCanary({ id: "one", p: p(0xc1), excluded: true });
    const changes = async () => (await api.poll(0)).rows.flatMap((row) => ("p" in row && toHex(row.p) === toHex(p(0xc1)) ? [row.type] : []));
    expect([await changes(), await api.excludedCount()]).toEqual([["excluded"], before + 1]);
    expect(await api.noteIssued({ operator: "op", identifiers: identifiers(p(0xc1), p(1)) })).toEqual({ excluded: 1 });
    expect(await api.holdersOf([p(0xc1)])).toEqual([[]]);
    await api.putCanary({ id: "one", p: p(0xc1), excluded: false });
    expect([await changes(), await api.excludedCount()]).toEqual([["excluded", "released"], before]);
    await api.putCanary({ id: "one", p: p(0xc2), excluded: true });
    await api.removeCanary("one");
    expect([await api.canariesAmong([p(0xc1), p(0xc2)]), await api.excludedCount()]).toEqual([[], before]);
  });

  it("cannot be somebody's, or another canary's", async () => {
    const { api } = aRegister();
    const theirs = phone(71);
    await registered(api, aCommand("24h", theirs, []));
    expect(await api.putCanary({ id: "one", p: theirs.p, excluded: false })).toEqual({ ok: false, refusal: "identifier-taken" });
    await api.putCanary({ id: "one", p: p(0xc1), excluded: false });
    expect(await api.putCanary({ id: "two", p: p(0xc1), excluded: false })).toEqual({ ok: false, refusal: "identifier-taken" });
    expect(await api.noteIssued({ operator: "op", identifiers: identifiers(theirs.p, p(3)) })).toEqual({ excluded: 1 });
    expect(await api.noteIssued({ operator: "op", identifiers: [] })).toEqual({ excluded: 0 });
  });

  it("is not looked for among more than a thousand, or among what is no pseudonym", async () => {
    const { api } = aRegister();
    expect(await fault(() => api.canariesAmong(Array.from({ length: 1_001 }, () => p(1))))).toContain("at most 1000");
    expect(await fault(() => api.canariesAmong([new Uint8Array(3)]))).toContain("lineage");
  });
});

describe("the customers an operator declares", () => {
  it("are known where its tokens are made, and can be declared anew", async () => {
    const { api } = aRegister();
    const command = { commandId: crypto.randomUUID(), fingerprint: "f", name: "Kenbet", requiredKinds: ["msisdn" as const], declaredCustomers: 5 };
    const enrolled = await api.enrolOperator(command);
    if (!enrolled.ok) throw new Error(enrolled.refusal);
    const hash = toHex(crypto.getRandomValues(new Uint8Array(32)));
    await api.issueKey({ commandId: crypto.randomUUID(), fingerprint: "k", operator: enrolled.operator.id, hash, sealedReply: new Uint8Array(1) });
    const declared = async () => (await api.keyHolder(hash))?.declaredCustomers;
    expect(await declared()).toBe(5);
    for (const declaredCustomers of [900, 900]) expect(await api.declareCustomers({ operator: enrolled.operator.id, declaredCustomers })).toEqual({ ok: true });
    expect(await declared()).toBe(900);
    expect(await api.declareCustomers({ operator: "nobody", declaredCustomers: 1 })).toEqual({ ok: false, refusal: "operator-unknown" });
  });
});
