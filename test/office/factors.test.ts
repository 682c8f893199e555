import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import * as verbs from "../../src/domains/authentication/factors/index.ts";
import { recoveryCodes, totps, passkeys } from "../../src/domains/authentication/factors/tables.ts";
import { devices } from "../../src/domains/authentication/sessions/tables.ts";
import { signIns } from "../../src/domains/authentication/sign-in/tables.ts";
import { sessionOf, signedIn } from "../../src/domains/authentication/sessions/current.ts";
import type { Visitor } from "../../src/domains/authentication/sessions/visitor.ts";
import { MINUTE } from "../../src/kernel/clock.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { codeOf, FactorsWorld, PASSWORD, STEP, visitorWith } from "../support/factors.ts";
import { testOffice } from "../support/office.ts";
import { holding } from "../support/people.ts";

const test = testOffice();
let world: FactorsWorld;
beforeAll(() => void (world = new FactorsWorld(test.office)));

const OFFICER = holding("grak_officer");
const WRONG = { ok: false, refusal: "factor-wrong" };
const LOCKED = { ok: false, refusal: "factor-locked", minutes: 30 };

const second = (visitor: Visitor, text: string, way: "totp" | "recovery-code" = "totp") => verbs.secondFactor(world.parts, { visitor, way, text });
const prove = (visitor: Visitor, way: string, text: string) => verbs.prove(world.parts, { visitor, way, text });
const stageOf = async (visitor: Visitor) => (await sessionOf(world.parts, visitor.session))?.stage ?? null;
const isFull = async (visitor: Visitor, fresh: "fresh" | null = null) => (await signedIn(world.parts, visitor.session, fresh)).ok;
const history = (userId: string) => test.office.primary.select().from(signIns).where(eq(signIns.userId, userId)).orderBy(signIns.id).all();
const actions = async (userId: string) =>
  (await test.office.primary.select().from(auditEntries).where(eq(auditEntries.resource, `user/${userId}`)).all()).map(({ action }) => action);
const wrongCode = (secret: string) => String((Number(codeOf(secret, world.now)) + 500_000) % 1_000_000).padStart(6, "0");
const withPasskey = (userId: string) =>
  test.office.primary.insert(passkeys).values({
    id: crypto.randomUUID(), userId, credentialId: crypto.randomUUID(), publicKey: new Uint8Array(1), counter: 0, transports: "[]", label: "key", createdAt: world.now,
  });

describe("an app", () => {
  it("is set up with a code of it, gives ten recovery codes, and its holder goes on in a new session", async () => {
    const { userId, visitor } = await world.person("enrolment", OFFICER);
    const begun = await verbs.startTotp(world.parts, visitor);
    expect(begun).toMatchObject({ ok: true, setup: { secret: expect.stringMatching(/^[A-Z2-7]{32}$/), uri: expect.stringContaining("otpauth://totp/NSER:") } });
    const { secret } = (begun as { setup: { secret: string } }).setup;
    expect(await verbs.overview(world.parts, visitor)).toMatchObject({ overview: { stage: "enrolment", demanded: true, totp: null, recoveryCodes: 0 } });
    const done = await verbs.confirmTotp(world.parts, { visitor, code: codeOf(secret, world.now) });
    if (!done.ok) throw new Error(done.refusal);
    expect(new Set(done.codes.filter((code) => /^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/.test(code))).size).toBe(10);
    expect([await stageOf(visitor), await stageOf(visitorWith(done.entered))]).toEqual([null, "full"]);
    expect(done.entered.device).toBe(visitor.device);
    expect(await verbs.overview(world.parts, visitorWith(done.entered))).toEqual({
      ok: true, overview: { stage: "full", demanded: true, password: world.now, totp: world.now, passkeys: 0, recoveryCodes: 10 },
    });
    expect(await actions(userId)).toEqual(["totp.begun", "totp.confirmed"]);
  });

  it("is stored sealed, for its own account alone, and no recovery code is stored", async () => {
    const [amina, barasa] = [await world.withApp(), await world.withApp()];
    const row = (await test.office.primary.select().from(totps).where(eq(totps.userId, amina.userId)).get())!;
    expect(Buffer.from(row.sealedSecret).toString("latin1")).not.toContain(amina.secret);
    const stored = JSON.stringify(await test.office.primary.select().from(recoveryCodes).where(eq(recoveryCodes.userId, amina.userId)).all());
    for (const code of amina.codes) expect(stored).not.toContain(code.replaceAll("-", ""));
    await test.office.primary.update(totps).set({ sealedSecret: row.sealedSecret }).where(eq(totps.userId, barasa.userId));
    await expect(second(barasa.visitor, codeOf(amina.secret, world.now))).rejects.toThrow("tag");
    expect(await stageOf(barasa.visitor)).toBe("second-factor");
  });

  it("that was begun is shown again to the same session, and to no other", async () => {
    const { userId, visitor } = await world.person();
    const [first, again] = [await verbs.startTotp(world.parts, visitor), await verbs.startTotp(world.parts, visitor)];
    expect(again).toEqual(first);
    const other = await world.session(userId, "full");
    const { secret } = (first as { setup: { secret: string } }).setup;
    expect(await verbs.confirmTotp(world.parts, { visitor: other, code: codeOf(secret, world.now) })).toEqual({ ok: false, refusal: "totp-not-begun" });
    expect(await verbs.startTotp(world.parts, other)).not.toEqual(first);
  });

  it("that nobody confirmed lets nobody in, and is over after ten minutes", async () => {
    const { userId, visitor } = await world.person();
    const begun = await verbs.startTotp(world.parts, visitor);
    const { secret } = (begun as { setup: { secret: string } }).setup;
    expect(await second(await world.session(userId, "second-factor"), codeOf(secret, world.now))).toEqual(WRONG);
    expect(await prove(visitor, "totp", codeOf(secret, world.now))).toEqual(WRONG);
    expect(await verbs.confirmTotp(world.parts, { visitor, code: wrongCode(secret) })).toEqual(WRONG);
    world.later(10 * MINUTE);
    expect(await verbs.confirmTotp(world.parts, { visitor, code: codeOf(secret, world.now) })).toEqual({ ok: false, refusal: "totp-not-begun" });
  });

  it("takes the place of the one before it, after a fresh proof", async () => {
    const { userId, secret } = await world.withApp();
    const visitor = await world.session(userId, "full", { second: "totp" });
    world.stale();
    expect(await verbs.startTotp(world.parts, visitor)).toEqual({ ok: false, refusal: "proof-due" });
    expect((await prove(visitor, "totp", codeOf(secret, world.now))).ok).toBe(true);
    const next = await world.enrol(visitor);
    const due = await world.session(userId, "second-factor");
    expect(await second(due, codeOf(secret, world.now))).toEqual(WRONG);
    expect((await second(due, codeOf(next.secret, world.now))).ok).toBe(true);
  });

  it("is set up once where two enrol at once, and then no session that only knew the password makes another", async () => {
    const userId = await world.account(OFFICER);
    const [mine, theirs] = [await world.session(userId, "enrolment"), await world.session(userId, "enrolment")];
    await world.enrol(mine);
    for (const refused of [await verbs.startTotp(world.parts, theirs), await verbs.overview(world.parts, theirs), await verbs.confirmTotp(world.parts, { visitor: theirs, code: "000000" })]) {
      expect(refused).toEqual({ ok: false, refusal: "signed-out" });
    }
  });

  it("is removed after a fresh proof with its recovery codes, but stays where the role demands one and it is the last", async () => {
    const amina = await world.withApp();
    const full = await world.session(amina.userId, "full", { second: "totp" });
    expect(await verbs.removeTotp(world.parts, full)).toEqual({ ok: true });
    expect(await verbs.overview(world.parts, full)).toMatchObject({ overview: { totp: null, recoveryCodes: 0 } });
    expect(await verbs.removeTotp(world.parts, full)).toEqual({ ok: true });

    const officer = await world.withApp(OFFICER);
    const session = await world.session(officer.userId, "full", { second: "totp" });
    expect(await verbs.removeTotp(world.parts, session)).toEqual({ ok: false, refusal: "factor-needed" });
    await withPasskey(officer.userId);
    world.stale();
    expect(await verbs.removeTotp(world.parts, session)).toEqual({ ok: false, refusal: "proof-due" });
    expect((await prove(session, "totp", codeOf(officer.secret, world.now))).ok).toBe(true);
    expect(await verbs.removeTotp(world.parts, session)).toEqual({ ok: true });
    expect(await verbs.overview(world.parts, session)).toMatchObject({ overview: { totp: null, passkeys: 1, recoveryCodes: 10 } });
  });
});

describe("a second factor", () => {
  it("leads on to a full session in the same browser, and is in the history", async () => {
    const { userId, secret, visitor } = await world.withApp(OFFICER);
    expect(await verbs.ways(world.parts, visitor)).toEqual({ ok: true, stage: "second-factor", ways: ["totp", "recovery-code"] });
    expect(await second(visitor, wrongCode(secret))).toEqual(WRONG);
    const code = codeOf(secret, world.later(1));
    const done = await second(visitor, ` ${code.slice(0, 3)} ${code.slice(3)}`);
    expect(done).toMatchObject({ ok: true, entered: { device: visitor.device, stage: "full" } });
    const entered = visitorWith((done as { entered: { session: string; device: string } }).entered);
    expect([await stageOf(visitor), await isFull(entered, "fresh")]).toEqual([null, true]);
    expect((await history(userId)).map(({ method, outcome, agent }) => [method, outcome, agent])).toEqual([
      ["totp", "wrong", "Firefox on Android"], ["totp", "succeeded", "Firefox on Android"],
    ]);
    expect(await actions(userId)).toEqual(["totp.begun", "totp.confirmed", "session.refused", "session.begun"]);
  });

  it("is good once: not the same code again, nor one of a step before it", async () => {
    const { userId, secret, visitor } = await world.withApp();
    const [before, code] = [codeOf(secret, world.now - STEP), codeOf(secret, world.now)];
    expect((await second(visitor, code)).ok).toBe(true);
    const again = await world.session(userId, "second-factor");
    for (const spent of [code, before]) expect(await second(again, spent)).toEqual(WRONG);
    world.later(STEP);
    expect(await second(again, code)).toEqual(WRONG);
    expect((await second(again, codeOf(secret, world.now))).ok).toBe(true);
  });

  it("shown in five browsers at the same moment lets in one", async () => {
    const { userId, secret, codes } = await world.withApp();
    const visitors = await Promise.all(Array.from({ length: 5 }, () => world.session(userId, "second-factor")));
    const code = codeOf(secret, world.now);
    const entered = await Promise.all(visitors.map((visitor) => second(visitor, code)));
    expect(entered.filter(({ ok }) => ok)).toHaveLength(1);
    expect(entered.filter(({ ok }) => !ok)).toEqual([WRONG, WRONG, WRONG, WRONG]);
    const others = await Promise.all(Array.from({ length: 4 }, () => world.session(userId, "second-factor")));
    const saved = await Promise.all(others.map((visitor) => second(visitor, codes[0]!, "recovery-code")));
    expect(saved.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it("can be a recovery code, each of them once, however it is written, and none of somebody else's", async () => {
    const [amina, barasa] = [await world.withApp(), await world.withApp()];
    const [first, last] = [amina.codes[0]!, amina.codes[9]!];
    expect(await second(amina.visitor, barasa.codes[0]!, "recovery-code")).toEqual(WRONG);
    expect((await second(amina.visitor, first.toLowerCase().replaceAll("-", " "), "recovery-code")).ok).toBe(true);
    const again = await world.session(amina.userId, "second-factor");
    expect(await second(again, first, "recovery-code")).toEqual(WRONG);
    expect((await second(again, last, "recovery-code")).ok).toBe(true);
    const full = await world.session(amina.userId, "full", { second: "totp" });
    expect(await verbs.overview(world.parts, full)).toMatchObject({ overview: { recoveryCodes: 8 } });
  });

  it("is tried five times, then for half an hour no more, right or wrong, in whatever session", async () => {
    const { userId, secret, codes, visitor } = await world.withApp();
    const at = world.now;
    const tries = await Promise.all(Array.from({ length: 12 }, () => second(visitor, wrongCode(secret))));
    expect([tries.filter((done) => !done.ok && done.refusal === "factor-wrong").length, tries.filter((done) => !done.ok && done.refusal === "factor-locked").length]).toEqual([5, 7]);
    const other = await world.session(userId, "second-factor");
    expect(await second(other, codeOf(secret, world.now))).toEqual(LOCKED);
    world.later(1);
    expect(await second(other, codes[0]!, "recovery-code")).toEqual(LOCKED);
    expect((await history(userId)).at(-1)).toMatchObject({ method: "recovery-code", outcome: "locked" });
    const full = await world.session(userId, "full", { second: "totp" });
    expect(await prove(full, "totp", codeOf(secret, world.now))).toEqual(LOCKED);
    world.now = at + 30 * MINUTE;
    expect((await second(await world.session(userId, "second-factor"), codeOf(secret, world.now))).ok).toBe(true);
  });

  it("that strangers locked is still tried in a browser its holder trusts", async () => {
    const { userId, secret, visitor } = await world.withApp();
    for (let tried = 0; tried < 6; tried++) await second(await world.session(userId, "second-factor"), wrongCode(secret));
    expect(await second(visitor, codeOf(secret, world.now))).toEqual(LOCKED);
    const session = (await sessionOf(world.parts, visitor.session))!;
    await test.office.primary.update(devices).set({ trustedAt: world.now }).where(eq(devices.id, session.deviceId));
    const elsewhere = await world.session(userId, "second-factor");
    for (const device of [null, elsewhere.device]) expect(await second({ ...visitor, device }, codeOf(secret, world.now))).toEqual(LOCKED);
    expect(await second({ ...elsewhere, device: visitor.device }, codeOf(secret, world.now))).toEqual(LOCKED);
    expect((await second(visitor, codeOf(secret, world.now))).ok).toBe(true);
  });

  it("is never a password, nor is what was begun with nothing due", async () => {
    const { userId, visitor } = await world.withApp();
    expect(await verbs.secondFactor(world.parts, { visitor, way: "password", text: PASSWORD })).toEqual({ ok: false, refusal: "signed-out" });
    expect(await second(await world.session(userId, "full", { second: "totp" }), "000000")).toEqual({ ok: false, refusal: "signed-in" });
    expect(await second(await world.session(userId, "enrolment"), "000000")).toEqual({ ok: false, refusal: "enrolment-due" });
  });

  it("that is due keeps its session out of everything else", async () => {
    const { visitor } = await world.withApp(OFFICER);
    const due = { ok: false, refusal: "second-factor-due" };
    expect(await Promise.all([
      verbs.overview(world.parts, visitor), verbs.startTotp(world.parts, visitor), verbs.confirmTotp(world.parts, { visitor, code: "000000" }),
      verbs.removeTotp(world.parts, visitor), verbs.newRecoveryCodes(world.parts, visitor), prove(visitor, "password", PASSWORD), signedIn(world.parts, visitor.session),
    ])).toEqual(Array.from({ length: 7 }, () => due));
  });
});

describe("step-up", () => {
  it("is by password for whoever has no second factor, and holds for five minutes", async () => {
    const { userId, visitor } = await world.person();
    world.stale();
    expect(await verbs.ways(world.parts, visitor)).toEqual({ ok: true, stage: "full", ways: ["password"] });
    expect(await signedIn(world.parts, visitor.session, "fresh")).toEqual({ ok: false, refusal: "proof-due" });
    expect(await prove(visitor, "password", "wrong")).toEqual(WRONG);
    expect(await isFull(visitor, "fresh")).toBe(false);
    expect(await prove(visitor, "password", PASSWORD)).toEqual({ ok: true });
    world.later(5 * MINUTE - 1);
    expect(await isFull(visitor, "fresh")).toBe(true);
    world.later(1);
    expect(await isFull(visitor, "fresh")).toBe(false);
    expect(await actions(userId)).toEqual(["session.refused", "session.proven"]);
  });

  it("is by the second factor for whoever has one, spent like any other", async () => {
    const { userId, secret, codes } = await world.withApp();
    const visitor = await world.session(userId, "full", { second: "totp" });
    world.stale();
    expect(await prove(visitor, "password", PASSWORD)).toEqual(WRONG);
    const code = codeOf(secret, world.now);
    expect(await prove(visitor, "totp", code)).toEqual({ ok: true });
    expect(await prove(visitor, "totp", code)).toEqual(WRONG);
    expect(await prove(visitor, "recovery-code", codes[3]!)).toEqual({ ok: true });
    expect(await prove(visitor, "recovery-code", codes[3]!)).toEqual(WRONG);
  });

  it("makes new recovery codes, and none before them is good", async () => {
    const { userId, secret, codes } = await world.withApp();
    const visitor = await world.session(userId, "full", { second: "totp" });
    world.stale();
    expect(await verbs.newRecoveryCodes(world.parts, visitor)).toEqual({ ok: false, refusal: "proof-due" });
    await prove(visitor, "totp", codeOf(secret, world.now));
    const made = await verbs.newRecoveryCodes(world.parts, visitor);
    expect(made).toMatchObject({ ok: true, codes: expect.not.arrayContaining(codes) });
    expect(await prove(visitor, "recovery-code", codes[0]!)).toEqual(WRONG);
    expect(await prove(visitor, "recovery-code", (made as { codes: string[] }).codes[0]!)).toEqual({ ok: true });
    expect(await verbs.newRecoveryCodes(world.parts, (await world.person()).visitor)).toEqual({ ok: false, refusal: "no-second-factor" });
  });
});

it("a role that demands more than its holder's session was begun with ends what the session can do", async () => {
  const { userId, visitor } = await world.person();
  const key = await world.session(userId, "full", { first: "passkey" });
  await world.give(userId, "grak_officer");
  expect([await stageOf(visitor), await stageOf(key)]).toEqual([null, "full"]);
});

it.each([null, 7, {}, [], "x", { visitor: {} }, { visitor: null, way: "totp", text: "1" }])("nobody stands behind a request that is not of our shape: %j", async (request) => {
  for (const verb of Object.values(verbs)) expect(await verb(world.parts, request)).toEqual({ ok: false, refusal: "signed-out" });
});

it("an office that breaks lets nobody in, and spends nothing", async () => {
  const { secret, visitor } = await world.withApp();
  const batch = async () => Promise.reject(new Error("the connection broke"));
  const primary = Object.create(test.office.primary, { $client: { value: { batch } } });
  const text = codeOf(secret, world.now);
  await expect(verbs.secondFactor({ ...world.parts, office: { ...test.office, primary } }, { visitor, way: "totp", text })).rejects.toThrow("broke");
  expect((await second(visitor, text)).ok).toBe(true);
});
