import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { replaceDataKey } from "../../src/domains/users/accounts/store.ts";
import { users } from "../../src/domains/users/accounts/tables.ts";
import { readProfile } from "../../src/domains/users/identities/profiles.ts";
import { Accounts } from "../../src/domains/users/index.ts";
import type { Rewrap } from "../../src/domains/users/rewrapping/rewrap.ts";
import { keysInUse, type RewrapParts, rewrapStep, type Step } from "../../src/domains/users/rewrapping/step.ts";
import { rewraps } from "../../src/domains/users/rewrapping/tables.ts";
import { systemActor } from "../../src/kernel/actor.ts";
import { random } from "../../src/objects/shell.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { Envelope, keyIdOf } from "../../src/sealing/envelope.ts";
import { admin, testApi } from "../support/api.ts";
import { testOffice } from "../support/office.ts";

const test = testOffice();
const actor = systemActor("test");

/** An envelope that holds these keys, the last one current. */
const holding = (...ids: string[]) =>
  new Envelope({ current: ids.at(-1)!, byId: new Map(ids.map((id) => [id, new Uint8Array(32).fill(Number(id))])) }, random);

let made = 0;

async function addUsers(count: number, envelope: Envelope): Promise<string[]> {
  const accounts = new Accounts({ database: test.office.primary, envelope, lookupKey: new Uint8Array(32), random });
  const added = Array.from({ length: count }, () => accounts.newUser({ name: "Somebody", email: `${made++}@example.test` }, actor, 1));
  await test.office.primary.batch(added.map(({ insert }) => insert) as never);
  return added.map(({ id }) => id);
}

/** Vaults as their objects would answer: under the key they have, or none. */
function peopleWith(keyIds: (string | null)[]) {
  const vaults = new Map(keyIds.map((keyId, at) => [`person-${String(at).padStart(4, "0")}`, keyId]));
  const rewrap = async (id: string, envelope: Envelope): Promise<Rewrap | null> => {
    const keyId = vaults.get(id) ?? null;
    if (keyId === null) return null;
    if (!envelope.keyIds.includes(keyId)) return { outcome: "failed", keyId, reason: `no box key "${keyId}"` };
    vaults.set(id, envelope.current);
    return { outcome: keyId === envelope.current ? "already" : "rewrapped", keyId: envelope.current };
  };
  const personsAfter = async (after: string, limit: number) => [...vaults.keys()].filter((id) => id > after).slice(0, limit);
  return { vaults, rewrap, personsAfter };
}

function aRewrapping(envelope: Envelope, people = peopleWith([])) {
  const reports: string[] = [];
  const parts: RewrapParts = {
    office: test.office, envelope, personsAfter: people.personsAfter, vaultOf: (id) => ({ rewrap: () => people.rewrap(id, envelope) }),
    clock: Date.now, random, report: (error) => reports.push(String(error)),
  };
  const step = (changes: Partial<RewrapParts> = {}) => rewrapStep({ ...parts, ...changes }, actor);
  const pass = async (): Promise<Step[]> => {
    const steps: Step[] = [];
    do {
      const answer = await step();
      if (!answer.ok) throw new Error(answer.refusal);
      const { ok: _, ...done } = answer;
      steps.push(done);
    } while (steps.at(-1)!.next !== null);
    return steps;
  };
  return { parts, step, pass, reports, uses: async () => (await keysInUse(parts)).keys };
}

const keyOf = async (id: string) => keyIdOf((await test.office.primary.select().from(users).where(eq(users.id, id)).get())!.dataKey!);
const nameOf = (userId: string, envelope: Envelope) => {
  const parts = { office: test.office, envelope, clock: Date.now, random };
  return readProfile(parts, { role: "super_admin", actor, reason: "for the test" }, userId);
};

beforeEach(async () => {
  await test.office.primary.delete(rewraps);
  await test.office.primary.delete(users);
});

describe("a pass of re-wrapping", () => {
  it("takes every record to the current key in bounded steps, and says what can be retired", async () => {
    const ids = await addUsers(120, holding("1"));
    const people = peopleWith([...Array.from({ length: 130 }, () => "1"), null, "2"]);
    const { pass, uses } = aRewrapping(holding("1", "2"), people);
    expect(await uses()).toEqual([
      { keyId: "1", held: true, users: null, vaults: null, retirable: false }, { keyId: "2", held: true, users: null, vaults: null, retirable: false },
    ]);
    expect(await pass()).toEqual([
      { done: 100, rewrapped: 100, already: 0, failed: 0, next: expect.stringMatching(/^users\/.{36}$/) },
      { done: 20, rewrapped: 20, already: 0, failed: 0, next: "vaults/" },
      { done: 100, rewrapped: 100, already: 0, failed: 0, next: "vaults/person-0099" },
      { done: 32, rewrapped: 30, already: 1, failed: 0, next: null },
    ]);
    expect(await uses()).toEqual([
      { keyId: "1", held: true, users: 0, vaults: 0, retirable: true }, { keyId: "2", held: true, users: 120, vaults: 131, retirable: false },
    ]);
    expect(await nameOf(ids[0]!, holding("2"))).toMatchObject({ name: "Somebody" });
    expect((await pass()).map(({ rewrapped, already }) => [rewrapped, already])).toEqual([[0, 100], [0, 20], [0, 100], [0, 31]]);
  });

  it("leaves what stands under a key that is gone as it is, says so, and keeps nobody from the rest", async () => {
    const [[lost], [whole]] = [await addUsers(1, holding("9")), await addUsers(1, holding("1"))];
    const { pass, reports, uses } = aRewrapping(holding("1", "2"), peopleWith(["9", "1"]));
    expect((await pass()).map(({ rewrapped, failed }) => [rewrapped, failed])).toEqual([[1, 1], [1, 1]]);
    expect(reports).toEqual([expect.stringContaining('no box key "9"'), expect.stringContaining('no box key "9"')]);
    expect(await uses()).toContainEqual({ keyId: "9", held: false, users: 1, vaults: 1, retirable: false });
    expect([await keyOf(lost!), await keyOf(whole!)]).toEqual(["9", "2"]);
    expect(await nameOf(lost!, holding("9"))).toMatchObject({ name: "Somebody" });
  });

  it("stands where it stood when a vault does not answer, and goes on from there", async () => {
    await addUsers(1, holding("1"));
    const people = peopleWith(Array.from({ length: 3 }, () => "1"));
    const { step, uses } = aRewrapping(holding("1", "2"), people);
    expect(await step()).toMatchObject({ rewrapped: 1, next: "vaults/" });
    await expect(step({ vaultOf: () => ({ rewrap: () => Promise.reject(new Error("away")) }) })).rejects.toThrow("away");
    expect((await uses())[0]).toMatchObject({ keyId: "1", retirable: false });
    expect(await step()).toMatchObject({ done: 3, rewrapped: 3, next: null });
    expect((await uses())[0]).toMatchObject({ keyId: "1", retirable: true });
  });

  it("counts each record once when a step happened and nobody heard of it", async () => {
    await addUsers(3, holding("1"));
    const { step, uses } = aRewrapping(holding("1", "2"));
    await step();
    expect(await step()).toMatchObject({ done: 0, next: null });
    expect((await uses())[1]).toMatchObject({ keyId: "2", users: 3 });
  });

  it("that two take a step of at once goes one step", async () => {
    await addUsers(150, holding("1"));
    const { step, uses, pass } = aRewrapping(holding("1", "2"));
    await step();
    const answers = await Promise.all([step(), step()]);
    expect(answers.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    expect(answers).toContainEqual({ ok: false, refusal: "conflict" });
    await pass();
    expect((await uses())[1]).toMatchObject({ keyId: "2", users: 150 });
  });

  it("begins anew when there is a newer key meanwhile", async () => {
    const [id] = await addUsers(1, holding("1"));
    await aRewrapping(holding("1", "2")).step();
    const { pass, uses } = aRewrapping(holding("1", "2", "3"));
    expect((await uses()).some(({ retirable }) => retirable)).toBe(false);
    await pass();
    expect([await keyOf(id!), (await uses()).map(({ retirable }) => retirable)]).toEqual(["3", [true, true, false]]);
  });

  it("does not bring back a key that was shredded meanwhile", async () => {
    const { primary } = test.office;
    const [id] = await addUsers(1, holding("1"));
    const { dataKey } = (await primary.select().from(users).where(eq(users.id, id!)).get())!;
    await primary.update(users).set({ dataKey: null }).where(eq(users.id, id!));
    await replaceDataKey(primary, id!, dataKey!, dataKey!);
    expect((await primary.select().from(users).where(eq(users.id, id!)).get())!.dataKey).toBeNull();
  });

  it("is in the audit log step by step, with who took it", async () => {
    const before = await test.office.primary.$count(auditEntries);
    const { pass } = aRewrapping(holding("1", "2"));
    const steps = await pass();
    const entries = (await test.office.primary.select().from(auditEntries).all()).slice(before);
    expect(entries.map(({ action, actorId }) => [action, actorId])).toEqual([["rewrap.begun", "test"], ...steps.map(() => ["rewrap.continued", "test"])]);
  });
});

describe("the operation", () => {
  it("is the administrator's, by the API", async () => {
    await addUsers(2, holding("1"));
    const { call } = await testApi({ parts: { office: test.office, envelope: holding("1", "2") } });
    const look = () => call("GET", "/v1/encryption-keys", { headers: admin() });
    expect((await look()).body).toMatchObject({ current: "2", pass: null });
    const step = () => call("POST", "/v1/encryption-keys/rewrap", { headers: admin() });
    expect((await step()).body).toEqual({ done: 2, rewrapped: 2, already: 0, failed: 0, next: "vaults/" });
    expect((await look()).body.pass).toMatchObject({ keyId: "2", finishedAt: null });
    expect((await step()).body).toMatchObject({ done: 0, next: null });
    expect((await look()).body.keys[0]).toEqual({ keyId: "1", held: true, users: 0, vaults: 0, retirable: true });
  });

  it("is nobody else's, and a 503 without the office", async () => {
    const officer = { principalOf: async () => ({ userId: "u", assignments: [{ role: "grak_officer" as const, operator: null }] }) };
    const { call } = await testApi({ access: officer });
    const away = await testApi();
    for (const [method, path] of [["GET", "/v1/encryption-keys"], ["POST", "/v1/encryption-keys/rewrap"]] as const) {
      expect((await call(method, path, { headers: admin() })).response.status).toBe(403);
      expect((await call(method, path)).response.status).toBe(401);
      expect((await away.call(method, path, { headers: admin() })).response.status).toBe(503);
    }
  });
});
