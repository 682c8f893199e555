import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Breached } from "../../src/adapters/breached-passwords/port.ts";
import { accessTokens } from "../../src/domains/authentication/access/tables.ts";
import { insertToken } from "../../src/domains/authentication/access/store.ts";
import { totps } from "../../src/domains/authentication/factors/tables.ts";
import * as verbs from "../../src/domains/authentication/passwords/index.ts";
import { openHash } from "../../src/domains/authentication/passwords/sealed.ts";
import { voidLinksOf } from "../../src/domains/authentication/passwords/store.ts";
import { passwordLinks, passwords } from "../../src/domains/authentication/passwords/tables.ts";
import { sessionOf } from "../../src/domains/authentication/sessions/current.ts";
import { attempt } from "../../src/domains/authentication/sign-in/attempts.ts";
import { users } from "../../src/domains/users/accounts/tables.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { DAY, HOUR, MINUTE } from "../../src/kernel/clock.ts";
import { uuidv7 } from "../../src/kernel/ids.ts";
import { random } from "../../src/objects/shell.ts";
import { openOffice } from "../../src/office/database.ts";
import { testOffice } from "../support/office.ts";
import { passwordWorld, VISITOR } from "../support/passwords.ts";

const test = testOffice();
const world = () => passwordWorld(test.office);
type World = ReturnType<typeof world>;

const OLD = "mango season in Meru";
const NEW = "three zebras by the lake";
const UNKNOWN = "+254700999999";
const OFFICER = [{ role: "grak_officer", operator: null }] as const;

let phones = 0;
const freshPhone = (): string => `+2547110${String(++phones).padStart(5, "0")}`;
const freshForm = (): string => uuidv7(Date.now(), random);

const start = ({ parts }: World, phone: string, formId: string, again = false) => verbs.startReset(parts, { visitor: VISITOR, formId, phone, locale: "en", again });
const finish = ({ parts }: World, phone: string, formId: string, code: string) => verbs.finishReset(parts, { visitor: VISITOR, formId, phone, code, locale: "en" });
const set = ({ parts }: World, link: string, password = NEW) => verbs.setPassword(parts, { visitor: VISITOR, link, password, locale: "en" });

/** A link for whoever has this phone. */
async function linkFor(it: World, phone: string): Promise<string> {
  const formId = freshForm();
  await start(it, phone, formId);
  const proven = await finish(it, phone, formId, it.codeTo(phone));
  if (!proven.ok) throw new Error(proven.refusal);
  return proven.link;
}

const isPassword = async ({ parts, accounts, rowOf }: World, userId: string, password: string) => {
  const row = (await test.office.primary.select().from(passwords).all()).find((one) => one.userId === userId);
  const user = await rowOf(userId);
  return row !== undefined && parts.hasher.matches(openHash(accounts.dataKeyOf(user!)!, row.sealedHash, userId), password);
};

const actionsOn = async (userId: string) =>
  (await test.office.primary.select().from(auditEntries).all()).filter(({ resource }) => resource === `user/${userId}`).map(({ action }) => action);

/** Everything that is written of an account. */
const everythingOf = async ({ rowOf }: World, userId: string) => ({
  row: await rowOf(userId),
  password: (await test.office.primary.select().from(passwords).all()).filter((one) => one.userId === userId),
  links: (await test.office.primary.select().from(passwordLinks).all()).filter((one) => one.userId === userId),
});

async function withToken({ time }: World, userId: string): Promise<string> {
  const id = uuidv7(time.now, random);
  await insertToken(test.office.primary, { id, userId, hash: id, label: "test", createdAt: time.now, createdBy: "system:test", expiresAt: time.now + DAY }).run();
  return id;
}

const isRevoked = async (tokenId: string) => (await test.office.primary.select().from(accessTokens).all()).find(({ id }) => id === tokenId)!.revokedAt !== null;

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

const giveTotp = ({ time }: World, userId: string) =>
  test.office.primary.insert(totps).values({ id: crypto.randomUUID(), userId, sessionId: "s", sealedSecret: new Uint8Array(8), createdAt: time.now, confirmedAt: time.now, lastStep: 0 }).run();
const totpsOf = async (userId: string) => (await test.office.primary.select().from(totps).all()).filter((row) => row.userId === userId);

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
