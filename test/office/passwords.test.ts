import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import * as verbs from "../../src/domains/authentication/passwords/index.ts";
import { passwordLinks, passwords } from "../../src/domains/authentication/passwords/tables.ts";
import { sessionOf } from "../../src/domains/authentication/sessions/current.ts";
import { attempt } from "../../src/domains/authentication/sign-in/attempts.ts";
import { users } from "../../src/domains/users/accounts/tables.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { openOffice } from "../../src/office/database.ts";
import { testOffice } from "../support/office.ts";
import { VISITOR } from "../support/passwords.ts";
import { NEW, OFFICER, OLD, resets, UNKNOWN, type World } from "../support/resets.ts";

const test = testOffice();
const { world, freshPhone, freshForm, start, finish, set, linkFor, isPassword, actionsOn, withToken, isRevoked, giveTotp, totpsOf } = resets(test);

describe("a reset", () => {
  it("sets another password, ends all that the old one opened, and signs nobody in", async () => {
    const it = world();
    const phone = freshPhone();
    const { userId, visitor, elsewhere } = await it.holder(undefined, { phone }, OLD);
    const tokenId = await withToken(it, userId);
    const link = await linkFor(it, phone);
    const spare = await linkFor(it, phone);
    expect(await set(it, link)).toEqual({ ok: true });
    expect([await isPassword(it, userId, NEW), await isPassword(it, userId, OLD)]).toEqual([true, false]);
    expect([await sessionOf(it.parts, visitor.session), await sessionOf(it.parts, elsewhere.session)]).toEqual([null, null]);
    expect(await isRevoked(tokenId)).toBe(true);
    expect(await set(it, spare)).toMatchObject({ ok: false, refusal: "link-over" });
    expect(it.sent.at(-1)).toEqual({ to: phone, message: "NSER: the password of your account was changed. If it was not you, set a new one at once." });
    expect(await actionsOn(userId)).toEqual(["user.added", "password.reset-begun", "password.reset-begun", "password.reset"]);
  });

  it("is sealed: nothing of the password, its hash or the link's secret stands in the database", async () => {
    const it = world();
    const phone = freshPhone();
    await it.holder(undefined, { phone });
    const link = await linkFor(it, phone);
    await set(it, link);
    const all = JSON.stringify([await test.office.primary.select().from(passwords).all(), await test.office.primary.select().from(passwordLinks).all(), await test.office.primary.select().from(auditEntries).all()]);
    for (const secret of [NEW, "argon2", link, phone]) expect(all).not.toContain(secret);
  });

  it("lets in whoever others locked out", async () => {
    const it = world();
    const phone = freshPhone();
    await it.holder(undefined, { phone });
    const key = it.accounts.phoneKey(phone);
    for (let tries = 0; tries < 7; tries++) await attempt(test.office, key, it.time.now);
    await set(it, await linkFor(it, phone));
    expect(await attempt(test.office, key, it.time.now)).toBeNull();
  });

  it("takes no second factor away", async () => {
    const it = world();
    const phone = freshPhone();
    const { userId } = await it.holder(OFFICER, { phone }, OLD);
    await giveTotp(it, userId);
    expect(await set(it, await linkFor(it, phone))).toEqual({ ok: true });
    expect(await totpsOf(userId)).toHaveLength(1);
  });
});

describe("a reset tells nothing of whether a phone has an account", () => {
  type Steps = ((it: World, formId: string) => Promise<unknown>)[];

  /** What can be seen of a flow from outside, and how much work there was. */
  async function seen(phone: string, steps: Steps) {
    const it = world();
    const formId = freshForm();
    const before = { tries: it.hasher.tries, hashes: it.hasher.hashes };
    const answers: unknown[] = [];
    for (const step of steps) answers.push(await step(it, formId));
    return { answers: JSON.parse(JSON.stringify(answers).replaceAll(phone, "PHONE")), calls: it.codes.calls, hashes: [it.hasher.tries - before.tries, it.hasher.hashes - before.hashes] };
  }

  async function alike(steps: (phone: string) => Steps) {
    const known = freshPhone();
    await world().holder(undefined, { phone: known }, OLD);
    const one = await seen(known, steps(known));
    const other = await seen(UNKNOWN, steps(UNKNOWN));
    expect(one).toEqual(other);
    return one;
  }

  it("by a code that is asked for, again and beyond the limit", async () => {
    const { answers } = await alike((phone) => [0, 1, 2, 3, 4].map((at) => (it, formId) => start(it, phone, formId, at > 0)));
    expect(answers.map((answer: any) => answer.refusal ?? answer.phone)).toEqual(["PHONE", "PHONE", "PHONE", "too-many-codes", "too-many-codes"]);
  });

  it("by what cannot be a code", async () => {
    const { answers, calls, hashes } = await alike((phone) => [(it, formId) => start(it, phone, formId), ...["x", "000000x", "", "99", "12345"].map((code): Steps[number] => (it, formId) => finish(it, phone, formId, code))]);
    expect(answers[1]).toEqual({ ok: false, refusal: "code-wrong", triesLeft: 3, field: "code" });
    expect([calls.length, hashes]).toEqual([6, [0, 0]]);
  });

  it("by a code of six digits that is wrong", async () => {
    const phones = [freshPhone(), UNKNOWN];
    await world().holder(undefined, { phone: phones[0]! });
    const answers = await Promise.all(phones.map(async (phone) => {
      const it = world();
      const formId = freshForm();
      await start(it, phone, formId);
      const { codes } = [...it.codes.phones.values()][0]!;
      const right = [...codes.values()][0]!.code;
      const wrong = right === "000000" ? "000001" : "000000";
      const said: unknown[] = [];
      for (let tries = 0; tries < 4; tries++) said.push(await finish(it, phone, formId, wrong));
      return said;
    }));
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]!.map((answer: any) => answer.refusal)).toEqual(["code-wrong", "code-wrong", "code-used-up", "code-used-up"]);
  });

  it("by a message: it goes out when the answer is on its way, and one that is not taken changes nothing that shows", async () => {
    const it = world();
    const phone = freshPhone();
    await it.holder(undefined, { phone });
    let refuse: (answer: { ok: false; reason: string }) => void = () => {};
    it.parts.sms = { send: () => new Promise((resolve) => void (refuse = resolve)) };
    const formId = freshForm();
    expect(await start(it, phone, formId)).toEqual({ ok: true, phone });
    refuse({ ok: false, reason: "out of credit" });
    await Promise.all(it.later);
    expect([it.reports, it.codes.calls]).toEqual([["out of credit"], ["issue"]]);
    expect(await finish(it, phone, formId, "1")).toMatchObject({ refusal: "code-wrong", triesLeft: 3 });
  });

  it.each([["deleted", { deletedAt: 1 }], ["suspended", { state: "suspended" }]] as const)("nor of whether its account is %s", async (_, columns) => {
    const it = world();
    const phone = freshPhone();
    const { userId } = await it.holder(undefined, { phone }, OLD);
    await test.office.primary.update(users).set(columns).where(eq(users.id, userId)).run();
    expect(await start(it, phone, freshForm())).toEqual({ ok: true, phone });
    expect(it.sent).toEqual([]);
  });

  it("not even by a code that was guessed", async () => {
    const it = world();
    const formId = freshForm();
    await start(it, UNKNOWN, formId);
    const { code } = [...[...it.codes.phones.values()][0]!.codes.values()][0]!;
    expect(await finish(it, UNKNOWN, formId, code)).toEqual({ ok: false, refusal: "code-used-up", field: "code" });
    expect(it.sent).toEqual([]);
  });
});

describe("with the office away", () => {
  it("nothing is done and nobody is let in: each verb throws, which the page says", async () => {
    const it = world();
    const { visitor } = await it.holder(undefined, { phone: freshPhone() }, OLD);
    it.parts.office = openOffice({ url: "http://127.0.0.1:9", token: "" });
    const secret = visitor.session!;
    const proof = { visitor, formId: freshForm(), phone: UNKNOWN, code: "000000", locale: "en" };
    const asked = [
      () => start(it, UNKNOWN, freshForm()), () => finish(it, UNKNOWN, freshForm(), "000000"), () => set(it, secret), () => verbs.ownPhone(it.parts, visitor),
      () => verbs.changePassword(it.parts, { visitor, current: OLD, password: NEW, locale: "en" }), () => verbs.changePhone(it.parts, proof),
      () => verbs.activate(it.parts, { ...proof, link: secret, password: NEW }),
    ];
    for (const ask of asked) await expect(ask()).rejects.toThrow("Failed query");
    expect(it.sent).toEqual([]);
  });
});

describe("a request of another shape", () => {
  it.each([null, 1, "x", {}, { visitor: null }, { visitor: VISITOR, formId: "x", phone: "0712345678" }])("is begun again: %j", async (request) => {
    const { parts } = world();
    for (const verb of [verbs.startReset, verbs.finishReset, verbs.startActivation, verbs.activate, verbs.startPhoneChange, verbs.changePhone]) {
      expect(await verb(parts, request)).toEqual({ ok: false, refusal: "form-reused", field: null });
    }
  });
});
