import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { FAILURES, factorsKeyOf } from "../../src/domains/authentication/index.ts";
import { insertFamily, standingFamily } from "../../src/domains/authentication/oauth/store.ts";
import { oauthClients } from "../../src/domains/authentication/oauth/tables.ts";
import { insertLink, linkByHash } from "../../src/domains/authentication/passwords/store.ts";
import { sessionOf } from "../../src/domains/authentication/sessions/current.ts";
import { sessions } from "../../src/domains/authentication/sessions/tables.ts";
import { attempt, keyOn } from "../../src/domains/authentication/sign-in/attempts.ts";
import { deleteUser } from "../../src/domains/users/accounts/delete.ts";
import { lock, look, unlock, verify } from "../../src/domains/users/people/desk.ts";
import { systemActor } from "../../src/kernel/actor.ts";
import { MINUTE } from "../../src/kernel/clock.ts";
import { random } from "../../src/objects/shell.ts";
import { createdBy } from "../../src/office/columns.ts";
import type { Office } from "../../src/office/database.ts";
import { deskOf, peopleOf, signedInAs } from "../support/desk.ts";
import { testOffice } from "../support/office.ts";
import { holding, somebody } from "../support/people.ts";

const test = testOffice();
const { actionsOn, citizen, form, staff, stateOf } = peopleOf(test);
let office: Office;
let parts: ReturnType<typeof deskOf>;

beforeAll(() => {
  office = { primary: test.office.primary, nearest: test.office.primary };
  parts = deskOf(office);
});

const SEEN = { method: "passport", reason: "seen-in-person" };

describe("a lock", () => {
  it("ends every session and token in its commit, and unlocking brings none of them back", async () => {
    const { visitor } = await staff("grak_officer");
    const { userId } = await citizen();
    const held = [await signedInAs(office, userId, Date.now()), await signedInAs(office, userId, Date.now(), "second-factor")];
    const standing = () => Promise.all(held.map(({ session }) => sessionOf(parts, session)));
    expect((await standing()).every(Boolean)).toBe(true);
    expect(await lock(parts, { visitor, userId, reason: "taken-over" })).toEqual({ ok: true });
    expect(await standing()).toEqual([null, null]);
    expect(await office.primary.$count(sessions, and(eq(sessions.userId, userId), eq(sessions.ending, "locked")))).toBe(2);
    expect(await look(parts, { visitor, userId })).toMatchObject({ account: { state: "suspended", lock: { at: expect.any(Number), reason: "taken-over" } } });
    expect(await lock(parts, { visitor, userId, reason: "misused" })).toEqual({ ok: true });
    expect(await unlock(parts, { visitor, userId })).toEqual({ ok: true });
    expect([await standing(), await stateOf(userId)]).toEqual([[null, null], "active"]);
    expect(await look(parts, { visitor, userId })).toMatchObject({ account: { lock: null } });
    expect(await actionsOn(`user/${userId}`)).toEqual([
      ["user.locked", { reason: "taken-over", state: "suspended", before: { state: "active" } }], ["user.unlocked", { state: "active", before: { state: "suspended" } }],
    ]);
  });

  it("ends what other programs have, and links that set a password, for good", async () => {
    const { visitor } = await staff("grak_officer");
    const { userId } = await citizen();
    const base = createdBy(systemActor("test"), Date.now(), random);
    const [familyId, hash, expiresAt] = [crypto.randomUUID(), crypto.randomUUID(), Date.now() + MINUTE];
    const { primary } = office;
    await primary.insert(oauthClients).values({ ...base, name: "c", state: "active", secretHash: null, redirectUris: [], scopes: [], grants: [], operator: null });
    await insertFamily(primary, { id: familyId, clientId: base.id, userId, scopes: [], generation: 1, createdAt: base.createdAt, rotatedAt: base.createdAt, expiresAt, endedAt: null, ending: null });
    await insertLink(primary, { id: crypto.randomUUID(), userId, hash, kind: "reset", reason: null, createdAt: base.createdAt, createdBy: base.createdBy, expiresAt, usedAt: null });
    expect(await standingFamily(office, familyId, Date.now())).toMatchObject({ userId });
    expect(await lock(parts, { visitor, userId, reason: "taken-over" })).toEqual({ ok: true });
    expect(await unlock(parts, { visitor, userId })).toEqual({ ok: true });
    expect([await standingFamily(office, familyId, Date.now()), (await linkByHash(office, hash))!.usedAt]).toEqual([null, expect.any(Number)]);
  });

  it("by an officer reaches no administrator, nobody of the regulator's, and never oneself", async () => {
    const officer = await staff("grak_officer");
    for (const role of ["super_admin", "grak_admin", "grak_auditor", "grak_officer"] as const) {
      const target = await somebody(office, holding(role));
      expect(await lock(parts, { visitor: officer.visitor, userId: target.userId, reason: "misused" }), role).toEqual({ ok: false, refusal: "beyond-own" });
      expect(await verify(parts, { visitor: officer.visitor, userId: target.userId, ...form(), ...SEEN }), role).toEqual({ ok: false, refusal: "beyond-own" });
      expect([await stateOf(target.userId), await actionsOn(`user/${target.userId}`)]).toEqual(["active", []]);
    }
    for (const act of [lock(parts, { visitor: officer.visitor, userId: officer.userId, reason: "misused" }), unlock(parts, officer), verify(parts, { ...officer, ...form(), ...SEEN })]) {
      expect(await act).toEqual({ ok: false, refusal: "oneself" });
    }
  });

  it("needs its reason from the list, and an account that is not deleted", async () => {
    const { visitor } = await staff("grak_admin");
    const { userId } = await citizen();
    for (const reason of ["", "because", "left", null, 7, undefined]) expect(await lock(parts, { visitor, userId, reason } as never)).toEqual({ ok: false, refusal: "choice-missing" });
    await deleteUser(parts, { principal: { userId: "a", assignments: holding("super_admin") }, actor: { kind: "user", id: "a", origin: null } }, userId, 1, "left");
    expect(await lock(parts, { visitor, userId, reason: "misused" })).toEqual({ ok: false, refusal: "deleted" });
    expect(await unlock(parts, { visitor, userId })).toEqual({ ok: false, refusal: "deleted" });
    expect(await verify(parts, { visitor, userId, ...form(), ...SEEN })).toEqual({ ok: false, refusal: "deleted" });
  });

  it("reaches an account whose seal is broken", async () => {
    const { visitor } = await staff("grak_officer");
    const { userId } = await citizen();
    await office.primary.$client.execute({ sql: "update users set sealedProfile = x'00' where id = ?", args: [userId] });
    await expect(lock(parts, { visitor, userId, reason: "misused" })).rejects.toThrow(/data|invalid|nonce/);
    expect(await stateOf(userId)).toBe("suspended");
  });

  it("by two at once is one", async () => {
    const [one, other] = [await staff("grak_officer"), await staff("grak_admin")];
    const { userId } = await citizen();
    const answers = await Promise.all([one, other].map(({ visitor }) => lock(parts, { visitor, userId, reason: "misused" })));
    expect(answers).toContainEqual({ ok: true });
    for (const answer of answers) if (!answer.ok) expect(answer.refusal).toBe("conflict");
    expect(await actionsOn(`user/${userId}`)).toHaveLength(1);
  });

  it("of each other leaves one administrator", async () => {
    const { primary } = office;
    await primary.$client.execute("update users set state = 'suspended' where id in (select userId from roleAssignments where role = 'super_admin')");
    const [ada, bo] = [await staff("super_admin"), await staff("super_admin")];
    const answers = await Promise.all([lock(parts, { visitor: ada.visitor, userId: bo.userId, reason: "misused" }), lock(parts, { visitor: bo.visitor, userId: ada.userId, reason: "misused" })]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const left = (await stateOf(ada.userId)) === "active" ? ada : bo;
    expect(await stateOf(left.userId)).toBe("active");
  });
});

describe("unlocking", () => {
  const wrongly = async (key: string, times: number): Promise<void> => {
    for (let tries = 0; tries < times; tries++) await attempt(office, key, Date.now());
  };

  it("forgets the wrong passwords and codes of an account on every device, and nobody else's", async () => {
    const { visitor } = await staff("grak_officer");
    const [target, other] = [await citizen(), await citizen()];
    const keysOf = (account: typeof target) => [account.phoneKey, factorsKeyOf(account.userId)].flatMap((key) => [key, keyOn(key, crypto.randomUUID())]);
    const keys = [...keysOf(target), ...keysOf(other)];
    for (const key of keys) await wrongly(key, FAILURES);
    expect(await look(parts, { visitor, userId: target.userId })).toMatchObject({ account: { state: "active", lockedUntil: expect.any(Number) } });
    expect(await unlock(parts, { visitor, userId: target.userId })).toEqual({ ok: true });
    expect(await look(parts, { visitor, userId: target.userId })).toMatchObject({ account: { lockedUntil: null } });
    const after = await Promise.all(keys.map((key) => attempt(office, key, Date.now())));
    expect(after).toEqual([...Array(4).fill(null), ...Array(4).fill(expect.any(Number))]);
    expect(await actionsOn(`user/${target.userId}`)).toEqual([["user.unlocked", { state: "active", before: { state: "active" } }]]);
  });

  it("is due wherever it is that too many were wrong, and when they were too few", async () => {
    const { visitor } = await staff("grak_officer");
    const kinds: ((account: Awaited<ReturnType<typeof citizen>>) => string)[] = [
      ({ phoneKey }) => phoneKey, ({ phoneKey }) => keyOn(phoneKey, "d"), ({ userId }) => factorsKeyOf(userId), ({ userId }) => keyOn(factorsKeyOf(userId), "d"),
    ];
    for (const keyOf of kinds) {
      const target = await citizen();
      await wrongly(keyOf(target), FAILURES - 1);
      expect(await look(parts, { visitor, userId: target.userId })).toMatchObject({ account: { lockedUntil: null } });
      await wrongly(keyOf(target), 1);
      expect(await look(parts, { visitor, userId: target.userId })).toMatchObject({ account: { lockedUntil: expect.any(Number) } });
      await unlock(parts, { visitor, userId: target.userId });
      expect(await attempt(office, keyOf(target), Date.now())).toBeNull();
    }
  });

  it("whoever is kept out by nothing changes nothing", async () => {
    const { visitor } = await staff("grak_officer");
    const { userId } = await citizen();
    expect(await unlock(parts, { visitor, userId })).toEqual({ ok: true });
    expect(await actionsOn(`user/${userId}`)).toEqual([]);
  });
});
