import { describe, expect, it } from "vitest";
import * as verbs from "../../src/domains/authentication/passwords/index.ts";
import { sessionOf } from "../../src/domains/authentication/sessions/current.ts";
import { HOUR, MINUTE } from "../../src/kernel/clock.ts";
import { testOffice } from "../support/office.ts";
import { VISITOR } from "../support/passwords.ts";
import { NEW, OFFICER, OLD, resets, type World } from "../support/resets.ts";

const test = testOffice();
const { world, freshPhone, freshForm, set, linkFor, isPassword, actionsOn, everythingOf, withToken, isRevoked } = resets(test);

describe("one's own password", () => {
  const change = ({ parts }: World, visitor: typeof VISITOR, current: string, password = NEW) => verbs.changePassword(parts, { visitor, current, password, locale: "en" });

  it("is changed by who knows it: every other session ends, and access tokens with them", async () => {
    const it = world();
    const phone = freshPhone();
    const { userId, visitor, elsewhere } = await it.holder(undefined, { phone }, OLD);
    const tokenId = await withToken(it, userId);
    expect(await change(it, visitor, OLD)).toEqual({ ok: true });
    expect(await sessionOf(it.parts, visitor.session)).not.toBeNull();
    expect([await sessionOf(it.parts, elsewhere.session), await isRevoked(tokenId), await isPassword(it, userId, NEW)]).toEqual([null, true, true]);
    expect(it.sent.at(-1)!.to).toBe(phone);
    expect(await actionsOn(userId)).toContain("password.changed");
  });

  it("stays when the one typed is wrong; five wrong ones lock the sixth, right or not, for half an hour", async () => {
    const it = world();
    const { userId, visitor } = await it.holder(undefined, { phone: freshPhone() }, OLD);
    const wrong = await Promise.all([1, 2, 3, 4, 5].map(() => change(it, visitor, "not this one")));
    expect(wrong.map((answer: any) => answer.refusal)).toEqual(Array.from({ length: 5 }, () => "password-wrong"));
    expect(await change(it, visitor, OLD)).toEqual({ ok: false, refusal: "password-locked", field: "current", minutes: 30 });
    expect(await isPassword(it, userId, OLD)).toBe(true);
  });

  it("that was typed right at last forgets the wrong ones", async () => {
    const it = world();
    const { visitor } = await it.holder(undefined, { phone: freshPhone() }, OLD);
    for (const [was, will] of [[OLD, NEW], [NEW, OLD]] as const) {
      for (let tries = 0; tries < 4; tries++) await change(it, visitor, "not this one");
      expect(await change(it, visitor, was, will)).toEqual({ ok: true });
    }
  });

  it("costs no try while the new one will not do", async () => {
    const it = world();
    const { visitor } = await it.holder(undefined, { phone: freshPhone() }, OLD);
    for (let tries = 0; tries < 6; tries++) expect(await change(it, visitor, OLD, "short")).toMatchObject({ refusal: "password-short" });
    expect(await change(it, visitor, OLD)).toEqual({ ok: true });
  });

  it("is not changed without a session, with one that is over, or without a fresh proof", async () => {
    const it = world();
    const { visitor } = await it.holder(undefined, { phone: freshPhone() }, OLD);
    expect(await change(it, VISITOR, OLD)).toEqual({ ok: false, refusal: "signed-out", field: null });
    it.time.now += 5 * MINUTE;
    expect(await change(it, visitor, OLD)).toEqual({ ok: false, refusal: "proof-due", field: null });
    it.time.now += HOUR;
    expect(await change(it, visitor, OLD)).toMatchObject({ refusal: "signed-out" });
  });

  it("of an account that has none is wrong, whatever is typed", async () => {
    const it = world();
    const { visitor } = await it.holder(undefined, { phone: freshPhone() });
    expect(await change(it, visitor, "")).toMatchObject({ refusal: "password-wrong" });
  });
});

describe("one's own phone", () => {
  const startOn = ({ parts }: World, visitor: typeof VISITOR, phone: string, formId: string) => verbs.startPhoneChange(parts, { visitor, formId, phone, locale: "en", again: false });
  const change = ({ parts }: World, visitor: typeof VISITOR, phone: string, formId: string, code: string) => verbs.changePhone(parts, { visitor, formId, phone, code, locale: "en" });

  async function changed(it: World, visitor: typeof VISITOR, to: string) {
    const formId = freshForm();
    await startOn(it, visitor, to, formId);
    return change(it, visitor, to, formId, it.codeTo(to));
  }

  it("is another once that is proven: it is found by the new one alone, and the old one is told", async () => {
    const it = world();
    const [from, to] = [freshPhone(), freshPhone()];
    const { userId, visitor, elsewhere } = await it.holder(undefined, { phone: from }, OLD);
    const link = await linkFor(it, from);
    expect(await verbs.ownPhone(it.parts, visitor)).toMatchObject({ ok: true, phone: expect.stringMatching(/•/) });
    it.time.now += MINUTE;
    expect(await changed(it, visitor, to)).toEqual({ ok: true });
    const row = (await it.rowOf(userId))!;
    expect([row.phoneKey, row.phoneProvenAt, it.accounts.profileOf(row)!.phone]).toEqual([it.accounts.phoneKey(to), it.time.now, to]);
    expect(it.sent.at(-1)).toEqual({ to: from, message: expect.stringContaining("another phone number") });
    // What went out for the phone that was opens nothing any more.
    expect(await set(it, link)).toMatchObject({ refusal: "link-over" });
    expect(await sessionOf(it.parts, elsewhere.session)).not.toBeNull();
    expect(await actionsOn(userId)).toContain("phone.changed");
  });

  it("changes nothing in the register, whoever is excluded: it is not even asked", async () => {
    const it = world();
    const { visitor } = await it.holder(undefined, { phone: freshPhone() });
    const touched: PropertyKey[] = [];
    const parts = new Proxy(it.parts, { get: (target, name) => (touched.push(name), target[name as keyof typeof target]) });
    const asked: unknown[] = [];
    it.parts.tokenizer = { evaluate: async (identifiers) => (asked.push(...identifiers), [{ rootEpoch: 0, p: new Uint8Array(16) }]) };
    const [to, formId] = [freshPhone(), freshForm()];
    await verbs.startPhoneChange(parts, { visitor, formId, phone: to, locale: "en", again: false });
    expect(await verbs.changePhone(parts, { visitor, formId, phone: to, code: it.codeTo(to), locale: "en" })).toEqual({ ok: true });
    expect([...new Set(touched)].toSorted()).toEqual(["accounts", "admits", "afterwards", "challenge", "clock", "office", "random", "report", "sms", "tokenizer"]);
    expect(asked).toEqual([{ kind: "msisdn", value: to }, { kind: "msisdn", value: to }]);
  });

  it("is refused to who proves one that another account has, and touches nothing there; before the proof nothing is said", async () => {
    const it = world();
    const [from, taken] = [freshPhone(), freshPhone()];
    const { userId, visitor } = await it.holder(undefined, { phone: from }, OLD);
    const theirs = await it.holder(OFFICER, { phone: taken }, OLD);
    const before = [await everythingOf(it, userId), await everythingOf(it, theirs.userId)];
    const formId = freshForm();
    expect(await startOn(it, visitor, taken, formId)).toEqual({ ok: true, phone: taken });
    expect(await change(it, visitor, taken, formId, "1")).toMatchObject({ refusal: "code-wrong" });
    expect(await change(it, visitor, taken, formId, it.codeTo(taken))).toEqual({ ok: false, refusal: "phone-taken", field: "phone" });
    expect([await everythingOf(it, userId), await everythingOf(it, theirs.userId)]).toEqual(before);
  });

  it("goes to one of two who prove it at once", async () => {
    const it = world();
    const to = freshPhone();
    const [one, other] = [await it.holder(undefined, { phone: freshPhone() }), await it.holder(undefined, { phone: freshPhone() })];
    const done = [await changed(it, one.visitor, to), await changed(it, other.visitor, to)];
    expect(done).toEqual([{ ok: true }, { ok: false, refusal: "phone-taken", field: "phone" }]);
  });

  it("is not changed by a code that somebody else asked for, nor without a fresh proof", async () => {
    const it = world();
    const to = freshPhone();
    const [mine, theirs] = [await it.holder(undefined, { phone: freshPhone() }), await it.holder(undefined, { phone: freshPhone() })];
    const formId = freshForm();
    await startOn(it, theirs.visitor, to, formId);
    expect(await change(it, mine.visitor, to, formId, it.codeTo(to))).toMatchObject({ refusal: "code-expired" });
    it.time.now += 5 * MINUTE;
    expect(await change(it, theirs.visitor, to, formId, it.codeTo(to))).toMatchObject({ refusal: "proof-due" });
    expect(await startOn(it, VISITOR, to, formId)).toMatchObject({ refusal: "signed-out" });
  });
});
