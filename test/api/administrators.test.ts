import { describe, expect, it } from "vitest";
import { refusalToChange } from "../../src/domains/users/accounts/rules.ts";
import { accountOf, updateUser } from "../../src/domains/users/accounts/store.ts";
import { systemActor } from "../../src/kernel/actor.ts";
import { random } from "../../src/objects/shell.ts";
import { commit } from "../../src/office/commit.ts";
import { fresh, status, testAccounts, told } from "../support/accounts.ts";

const { test, api, somebody, change, remove, lock, restore } = testAccounts();

describe("an administrator", () => {
  const target = { id: "t", version: 1, deletedAt: null, assignments: [{ role: "super_admin", operator: null }], anotherAdministrator: false } as const;
  const principal = { userId: "a", assignments: target.assignments };

  it("that is the last is kept, by whomever", () => {
    expect(refusalToChange(principal, target, 1, true)).toBe("last-administrator");
    expect(refusalToChange(principal, target, 1, false)).toBeNull();
    expect(refusalToChange(principal, { ...target, anotherAdministrator: true }, 1, true)).toBeNull();
    expect(refusalToChange(principal, { ...target, assignments: [] }, 1, true)).toBeNull();
  });

  it("does neither suspend nor delete themself, and may change the rest", async () => {
    const bo = await somebody("super_admin");
    expect(await told(remove(bo.id, 1, bo))).toBe("Nobody locks, verifies or deletes themself.");
    expect(await status(lock(bo.id, bo))).toBe(403);
    expect(await status(change(bo.id, 1, { name: "Bo" }, bo))).toBe(200);
    expect(await status(remove(bo.id, 2))).toBe(204);
  });

  it("is not touched by others than administrators", async () => {
    const grak = await somebody("grak_admin");
    const bo = await somebody("super_admin");
    expect([await status(remove(bo.id, 1, grak)), await status(change(bo.id, 1, { email: fresh() }, grak))]).toEqual([403, 403]);
    await remove(bo.id);
    expect(await status(restore(bo.id, grak))).toBe(403);
  });

  it("is left when two delete each other at once", async () => {
    const bo = await somebody("super_admin");
    const answers = await Promise.all([status(remove(bo.id)), status(remove(api.ada.id, 1, bo))]);
    expect(answers.filter((one) => one === 204)).toHaveLength(1);
    // Whoever is left goes on.
    if (answers[1] === 204) api.ada = bo;
  });

  it("is left when both were judged before either was deleted", async () => {
    const { office } = test;
    const bo = await somebody("super_admin");
    const judged = await Promise.all([api.ada, bo].map(async ({ id }) => (await accountOf(office, id))!));
    expect(judged.map(({ anotherAdministrator }) => anotherAdministrator)).toEqual([true, true]);
    const deleting = (account: (typeof judged)[number]) => {
      const rows = [{ exactlyOne: updateUser(office.primary, account, { deletedAt: 1, deletedBy: "system:test", deletionReason: "left" }, true) }];
      return commit(office, { actor: systemActor("test"), rows, audit: { action: "user.deleted", resource: `user/${account.id}`, payload: {} }, answer: {} }, { now: 1, random });
    };
    expect(await deleting(judged[1]!)).toMatchObject({ ok: true });
    expect(await deleting(judged[0]!)).toEqual({ ok: false, refusal: "conflict" });
  });
});
