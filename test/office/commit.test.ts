import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { accessBy } from "../../src/domains/authentication/access/access.ts";
import { bootstrap } from "../../src/domains/authentication/access/bootstrap.ts";
import { users } from "../../src/domains/users/accounts/tables.ts";
import { Accounts } from "../../src/domains/users/index.ts";
import { systemActor } from "../../src/kernel/actor.ts";
import { random } from "../../src/objects/shell.ts";
import { updatedBy } from "../../src/office/columns.ts";
import { type Change, commit, once } from "../../src/office/commit.ts";
import { auditEntries, events, guard } from "../../src/office/tables.ts";
import { ENVELOPE } from "../support/api.ts";
import { testOffice } from "../support/office.ts";

const test = testOffice();
const actor = systemActor("test");
const senses = { now: 1_000, random };
const accounts = () => new Accounts({ database: test.office.primary, envelope: ENVELOPE, lookupKey: new Uint8Array(32), random });

const parts = () => ({ office: test.office, accounts: accounts(), envelope: ENVELOPE, clock: Date.now, random });
const profile = { name: "Wanjiku Ng'ang'a", email: "w@example.test" };

/** A change that adds a user. */
function adding(email: string): Change<{ userId: string }> {
  const user = accounts().newUser({ name: "Somebody", email }, actor, senses.now);
  const audit = { action: "user.added", resource: `user/${user.id}`, payload: {} };
  return { actor, rows: [user.insert], audit, events: [{ topic: "user-added", subject: user.id, payload: {} }], answer: { userId: user.id } };
}

/** A change of a user read in version `version`. */
function suspending(userId: string, version: number): Change<object> {
  const { primary } = test.office;
  const update = primary.update(users).set({ state: "suspended", ...updatedBy(actor, senses.now, version) });
  const rows = [{ exactlyOne: update.where(eq(users.id, userId)) }];
  return { actor, rows, audit: { action: "user.suspended", resource: `user/${userId}`, payload: {} }, answer: {} };
}

const entries = () => test.office.primary.select().from(auditEntries).all();

describe("a change", () => {
  it("is written with its audit entry and its events, or not at all", async () => {
    const before = (await entries()).length;
    const added = await commit(test.office, adding("a@example.test"), senses);
    expect(added).toMatchObject({ ok: true });
    expect(await entries()).toHaveLength(before + 1);
    expect(await test.office.primary.select().from(events).all()).toHaveLength(1);
    expect(await commit(test.office, adding("A@example.test"), senses)).toEqual({ ok: false, refusal: "duplicate" });
    expect(await entries()).toHaveLength(before + 1);
    expect(await test.office.primary.select().from(events).all()).toHaveLength(1);
  });

  it("that changes no row where it must change one is refused as a conflict, and leaves no entry", async () => {
    const before = (await entries()).length;
    expect(await commit(test.office, suspending("nobody", 1), senses)).toEqual({ ok: false, refusal: "conflict" });
    expect(await entries()).toHaveLength(before);
    expect(await test.office.primary.select().from(guard).all()).toEqual([]);
  });
});

describe("a command", () => {
  it("is carried out once, answers the same again, and is refused with other content", async () => {
    const command = { id: "c1", fingerprint: "f1" };
    const first = await once(test.office, command, senses, async () => adding("once@example.test"));
    expect(await once(test.office, command, senses, () => Promise.reject(new Error("asked again")))).toEqual(first);
    expect(await once(test.office, { ...command, fingerprint: "f2" }, senses, async () => adding("x@example.test"))).toEqual({ ok: false, refusal: "command-reused" });
  });

  it("that two carry out at once happens once", async () => {
    const command = { id: "c2", fingerprint: "f" };
    const answers = await Promise.all(["p@example.test", "q@example.test"].map((email) => once(test.office, command, senses, async () => adding(email))));
    expect(answers[0]).toEqual(answers[1]);
  });
});

describe("the first administrator", () => {
  it("is made once, and its token is good for everything", async () => {
    const command = { id: "b1", fingerprint: "f" };
    const first = await bootstrap(parts(), actor, profile, command);
    if (!first.ok) throw new Error(first.refusal);
    expect(await bootstrap(parts(), actor, profile, command)).toEqual(first);
    expect(await bootstrap(parts(), actor, { ...profile, email: "other@example.test" }, { id: "b2", fingerprint: "f" })).toEqual({ ok: false, refusal: "duplicate" });
    const principal = await accessBy(test.office, random).principalOf(first.token, Date.now());
    expect(principal).toEqual({ userId: first.userId, assignments: [{ role: "super_admin", operator: null }] });
    expect(await accessBy(test.office, random).principalOf(first.token, first.expiresAt)).toBeNull();
    expect(await accessBy(test.office, random).principalOf(`${first.token.slice(0, -1)}${first.token.endsWith("A") ? "E" : "A"}`, Date.now())).toBeNull();
  });
});
