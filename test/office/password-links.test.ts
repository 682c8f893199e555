import { describe, expect, it } from "vitest";
import type { Breached } from "../../src/adapters/breached-passwords/port.ts";
import * as verbs from "../../src/domains/authentication/passwords/index.ts";
import { voidLinksOf } from "../../src/domains/authentication/passwords/store.ts";
import { HOUR } from "../../src/kernel/clock.ts";
import { testOffice } from "../support/office.ts";
import { VISITOR } from "../support/passwords.ts";
import { NEW, OFFICER, OLD, resets } from "../support/resets.ts";

const test = testOffice();
const { world, freshPhone, freshForm, start, finish, set, linkFor, isPassword, actionsOn, everythingOf } = resets(test);

describe("a link", () => {
  it("sets one password, of two at once too", async () => {
    const it = world();
    const phone = freshPhone();
    await it.holder(undefined, { phone });
    const link = await linkFor(it, phone);
    const done = await Promise.all([set(it, link, NEW), set(it, link, OLD)]);
    expect(done.filter(({ ok }) => ok)).toHaveLength(1);
    expect(done.find(({ ok }) => !ok)).toMatchObject({ refusal: expect.stringMatching(/^(changed-meanwhile|link-over)$/) });
    expect(await set(it, link)).toEqual({ ok: false, refusal: "link-over", field: "link" });
  });

  it("that is used or made void while it is being used sets nothing", async () => {
    const it = world();
    const phone = freshPhone();
    const { userId } = await it.holder(undefined, { phone }, OLD);
    const link = await linkFor(it, phone);
    it.parts.breached = async () => {
      await voidLinksOf(test.office.primary, userId, it.time.now).run();
      return false;
    };
    expect(await set(it, link)).toEqual({ ok: false, refusal: "changed-meanwhile", field: null });
    expect([await isPassword(it, userId, OLD), await actionsOn(userId)]).toEqual([true, ["user.added", "password.reset-begun"]]);
  });

  it("is over after an hour, and is none that is unknown, altered or of another kind", async () => {
    const it = world();
    const phone = freshPhone();
    const { userId } = await it.holder(undefined, { phone }, OLD);
    const link = await linkFor(it, phone);
    const altered = `${link.slice(0, -2)}${link.at(-1)}${link.at(-2)}`;
    for (const wrong of ["", "x", "'; drop table users", altered, link.toLowerCase()]) expect(await set(it, wrong)).toMatchObject({ refusal: "link-over" });
    expect(await verbs.activate(it.parts, { visitor: VISITOR, formId: freshForm(), phone, code: "000000", link, password: NEW, locale: "en" })).toMatchObject({ refusal: "link-over" });
    it.time.now += HOUR;
    expect(await set(it, link)).toMatchObject({ refusal: "link-over" });
    expect(await isPassword(it, userId, OLD)).toBe(true);
  });

  it("sets the password of its own account alone", async () => {
    const it = world();
    const [phone, others] = [freshPhone(), freshPhone()];
    const mine = await it.holder(undefined, { phone }, OLD);
    const theirs = await it.holder(undefined, { phone: others }, OLD);
    await set(it, await linkFor(it, phone));
    expect([await isPassword(it, mine.userId, NEW), await isPassword(it, theirs.userId, OLD)]).toEqual([true, true]);
  });

  it("is not had by the code of another form, nor by one that was told for something else", async () => {
    const it = world();
    const phone = freshPhone();
    const { visitor } = await it.holder(undefined, { phone });
    const [one, another] = [freshForm(), freshForm()];
    await start(it, phone, one);
    const code = it.codeTo(phone);
    expect(await finish(it, phone, another, code)).toMatchObject({ refusal: "code-expired" });
    await verbs.startPhoneChange(it.parts, { visitor, formId: another, phone, locale: "en", again: false });
    expect(await finish(it, phone, another, it.codeTo(phone))).toMatchObject({ refusal: "code-expired" });
  });

  it("is not had by the phone alone where the holder's role demands more, and they have no more", async () => {
    const it = world();
    const phone = freshPhone();
    const { userId } = await it.holder(OFFICER, { phone });
    const formId = freshForm();
    await start(it, phone, formId);
    expect(await finish(it, phone, formId, it.codeTo(phone))).toEqual({ ok: false, refusal: "activation-due", field: null });
    expect((await everythingOf(it, userId)).links).toEqual([]);
  });

  it("is over where the role that demands more came between", async () => {
    const it = world();
    const phone = freshPhone();
    const { userId } = await it.holder(undefined, { phone });
    const link = await linkFor(it, phone);
    await it.accounts.newAssignment(userId, OFFICER[0], { kind: "system", id: "test", origin: null }, it.time.now).insert.run();
    expect(await set(it, link)).toMatchObject({ refusal: "link-over" });
  });
});

describe("a new password", () => {
  it.each([
    ["password-short", "seven77"], ["password-long", "x1".repeat(65)], ["password-guessable", "Wanjiru Kamau"], ["password-guessable", "aaaaaaaaaaaa"],
  ])("is refused as %s: %s", async (refusal, password) => {
    const it = world();
    const phone = freshPhone();
    await it.holder(undefined, { phone });
    const link = await linkFor(it, phone);
    expect(await set(it, link, password)).toEqual({ ok: false, refusal, field: "password" });
    expect(await set(it, link, phone.replace("+254", "0"))).toMatchObject({ refusal: "password-guessable" });
    expect(await set(it, link)).toEqual({ ok: true });
  });

  it.each<[string, Breached, object]>([
    ["breached", async (password) => password === NEW, { ok: false, refusal: "password-breached", field: "password" }],
    ["of which nobody can say it", async () => "unavailable", { ok: true }],
  ])("that is %s", async (_, breached, answer) => {
    const it = world();
    const phone = freshPhone();
    await it.holder(undefined, { phone });
    it.parts.breached = breached;
    expect(await set(it, await linkFor(it, phone))).toEqual(answer);
  });

  it("may be anything people type, and is the same from another keyboard", async () => {
    const it = world();
    for (const password of ["spaces are characters   ", "пароль-пароль", "كلمة مرور طويلة", "'; DROP TABLE users; --", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👍", "\u0000\u0007 control!"]) {
      const phone = freshPhone();
      const { userId } = await it.holder(undefined, { phone });
      expect(await set(it, await linkFor(it, phone), password)).toEqual({ ok: true });
      expect(await isPassword(it, userId, password)).toBe(true);
    }
    const phone = freshPhone();
    const { userId } = await it.holder(undefined, { phone });
    await set(it, await linkFor(it, phone), "ñandú-ñandú");
    expect(await isPassword(it, userId, "ñandú-ñandú".normalize("NFD"))).toBe(true);
  });
});
