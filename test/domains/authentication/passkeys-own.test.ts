import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import * as verbs from "../../../src/domains/authentication/passkeys/index.ts";
import { list, remove, rename } from "../../../src/domains/authentication/passkeys/manage.ts";
import { sessionOf, signedIn } from "../../../src/domains/authentication/sessions/current.ts";
import { MINUTE } from "../../../src/kernel/clock.ts";
import { Authenticator, type Forgery } from "../../support/authenticator.ts";
import { testOffice } from "../../support/office.ts";
import { FORGERIES, good, PAGES, Passkeys, visitorWith } from "../../support/passkeys.ts";
import { holding } from "../../support/people.ts";

const test = testOffice();
let world: Passkeys;
beforeAll(() => void (world = new Passkeys(test.office)));

const REFUSED = { ok: false, refusal: "passkey-refused" };
const NO_SUCH = { ok: false, refusal: "unknown" };
const ADMINISTRATOR = holding("grak_admin");

describe("a registration", () => {
  it.each<[string, Forgery]>([
    ...FORGERIES,
    ["a sign-in's answer", { type: "webauthn.get" }],
    ["a maker's certificate nobody asked for", { attested: "by its maker" }],
  ])("of %s is refused, and nothing is kept", async (_, forged) => {
    const { userId, visitor } = await world.holder();
    const { ceremony } = good(await verbs.startRegistration(world.parts, visitor));
    const authenticator = new Authenticator(PAGES);
    expect(await verbs.finishRegistration(world.parts, { visitor, attestation: authenticator.create(ceremony, forged) })).toEqual(REFUSED);
    await world.settled();
    expect(await verbs.finishRegistration(world.parts, { visitor, attestation: authenticator.create(ceremony) })).toEqual(REFUSED);
    expect(await world.kept(userId)).toHaveLength(1);
  });

  it("names the credential that the authenticator made, not another", async () => {
    const visitor = await world.session(await world.account());
    const { ceremony } = good(await verbs.startRegistration(world.parts, visitor));
    const attestation = { ...new Authenticator(PAGES).create(ceremony), credentialId: "AAAA" };
    expect(await verbs.finishRegistration(world.parts, { visitor, attestation })).toEqual(REFUSED);
  });

  it("may come with a statement by the key itself, as some browsers leave it", async () => {
    const visitor = await world.session(await world.account());
    const { ceremony } = good(await verbs.startRegistration(world.parts, visitor));
    const attestation = new Authenticator(PAGES).create(ceremony, { attested: "by itself" });
    expect(await verbs.finishRegistration(world.parts, { visitor, attestation })).toEqual({ ok: true, entered: null });
  });

  it("is its account's own, and each challenge is good for one", async () => {
    const [one, other] = [await world.session(await world.account()), await world.session(await world.account())];
    const { ceremony } = good(await verbs.startRegistration(world.parts, one));
    const finish = (visitor: typeof one) => verbs.finishRegistration(world.parts, { visitor, attestation: new Authenticator(PAGES).create(ceremony) });
    expect(await finish(other)).toEqual(REFUSED);
    expect((await Promise.all([finish(one), finish(one), finish(one)])).filter(({ ok }) => ok)).toHaveLength(1);
  });

  it("takes a factor shown just before", async () => {
    const { visitor, authenticator } = await world.holder();
    world.now += 6 * MINUTE;
    expect(await verbs.startRegistration(world.parts, visitor)).toEqual({ ok: false, refusal: "proof-due" });
    const { ceremony } = good(await verbs.startProof(world.parts, visitor));
    expect(good(await verbs.finishProof(world.parts, { visitor, assertion: authenticator.get(ceremony) })).entered).toBeNull();
    good(await verbs.startRegistration(world.parts, visitor));
  });

  it("lets whoever has to make a second factor go on in a new session, once", async () => {
    const userId = await world.account(ADMINISTRATOR);
    const [visitor, thief] = [await world.session(userId, "enrolment"), await world.session(userId, "enrolment")];
    const late = good(await verbs.startRegistration(world.parts, thief)).ceremony;
    const { ceremony } = good(await verbs.startRegistration(world.parts, visitor));
    const { entered } = good(await verbs.finishRegistration(world.parts, { visitor, attestation: new Authenticator(PAGES).create(ceremony) }));
    expect(entered).toMatchObject({ stage: "full", device: visitor.device });
    expect(await sessionOf(world.parts, entered!.session)).toMatchObject({ stage: "full", first: "password", second: "passkey" });
    expect(await sessionOf(world.parts, visitor.session)).toBeNull();
    expect(await verbs.startRegistration(world.parts, thief)).toEqual({ ok: false, refusal: "signed-out" });
    expect(await verbs.finishRegistration(world.parts, { visitor: thief, attestation: new Authenticator(PAGES).create(late) })).toEqual({ ok: false, refusal: "signed-out" });
    expect(await world.kept(userId)).toHaveLength(1);
  });

  it("by two at once who only know the password lets one of them go on", async () => {
    const userId = await world.account(ADMINISTRATOR);
    const visitors = [await world.session(userId, "enrolment"), await world.session(userId, "enrolment")];
    const ceremonies = await Promise.all(visitors.map(async (visitor) => good(await verbs.startRegistration(world.parts, visitor)).ceremony));
    const finish = (at: number) => verbs.finishRegistration(world.parts, { visitor: visitors[at]!, attestation: new Authenticator(PAGES).create(ceremonies[at]!) });
    expect((await Promise.all([finish(0), finish(1)])).filter(({ ok }) => ok)).toHaveLength(1);
    expect(await world.kept(userId)).toHaveLength(1);
  });
});

describe("a proof", () => {
  const prove = async (visitor: ReturnType<typeof visitorWith>, authenticator: Authenticator, forged: Forgery = {}) => {
    const { ceremony } = good(await verbs.startProof(world.parts, visitor));
    const done = await verbs.finishProof(world.parts, { visitor, assertion: authenticator.get(ceremony, forged) });
    await world.settled();
    return done;
  };

  it("is the second factor of whoever showed the first", async () => {
    const { userId, authenticator } = await world.holder(ADMINISTRATOR);
    const visitor = await world.session(userId, "second-factor");
    const { entered } = good(await prove(visitor, authenticator));
    expect(await sessionOf(world.parts, entered!.session)).toMatchObject({ stage: "full", first: "password", second: "passkey" });
    expect([await sessionOf(world.parts, visitor.session), entered!.device]).toEqual([null, visitor.device]);
    expect(await world.history(userId)).toMatchObject([{ method: "passkey", outcome: "succeeded" }]);
  });

  it.each(FORGERIES)("with %s is none, and is written down where a second factor was due", async (_, forged) => {
    const { userId, visitor, authenticator } = await world.holder();
    const due = await world.session(userId, "second-factor");
    world.now += 6 * MINUTE;
    expect([await prove(visitor, authenticator, forged), await prove(due, authenticator, forged)]).toEqual([REFUSED, REFUSED]);
    expect(await signedIn(world.parts, visitor.session, "fresh")).toEqual({ ok: false, refusal: "proof-due" });
    expect(await signedIn(world.parts, due.session)).toEqual({ ok: false, refusal: "second-factor-due" });
    expect(await world.history(userId)).toMatchObject([{ outcome: "wrong" }]);
  });

  it("is by a passkey of the account and to its own challenge", async () => {
    const [one, other] = [await world.holder(), await world.holder()];
    expect(await prove(one.visitor, other.authenticator, { userHandle: "" })).toEqual(REFUSED);
    const { ceremony } = good(await verbs.startProof(world.parts, other.visitor));
    expect(await verbs.finishProof(world.parts, { visitor: one.visitor, assertion: one.authenticator.get(ceremony) })).toEqual(REFUSED);
    const added = good(await verbs.startRegistration(world.parts, one.visitor)).ceremony;
    const toAnother = { ceremonyId: added.ceremonyId, options: { ...ceremony.options, challenge: added.options.challenge } };
    expect(await verbs.finishProof(world.parts, { visitor: one.visitor, assertion: one.authenticator.get(toAnother) })).toEqual(REFUSED);
    const entrance = good(await verbs.startSignIn(world.parts, one.visitor)).ceremony;
    expect(await verbs.finishProof(world.parts, { visitor: one.visitor, assertion: one.authenticator.get(entrance) })).toEqual(REFUSED);
  });

  it("needs a session and a passkey", async () => {
    const userId = await world.account(ADMINISTRATOR);
    expect(await verbs.startProof(world.parts, visitorWith())).toEqual({ ok: false, refusal: "signed-out" });
    expect(await verbs.startProof(world.parts, await world.session(userId, "enrolment"))).toEqual({ ok: false, refusal: "enrolment-due" });
    expect(await verbs.startProof(world.parts, await world.session(userId, "second-factor"))).toEqual({ ok: false, refusal: "no-passkey" });
  });
});

describe("one's passkeys", () => {
  it("are listed with when they were used, and are nobody else's to change", async () => {
    const { visitor, authenticator } = await world.holder();
    const other = await world.holder();
    world.now += MINUTE;
    good(await world.signIn(authenticator));
    const { passkeys } = good(await verbs.list(world.parts, visitor));
    expect(passkeys).toMatchObject([{ label: "Firefox on Android", createdAt: world.now - MINUTE, usedAt: world.now }]);
    expect(Object.keys(passkeys[0]!).toSorted()).toEqual(["createdAt", "id", "label", "usedAt"]);
    const request = { visitor: other.visitor, passkeyId: passkeys[0]!.id };
    expect([await verbs.rename(world.parts, { ...request, label: "mine" }), await verbs.remove(world.parts, request)]).toEqual([NO_SUCH, NO_SUCH]);
    expect(good(await verbs.list(world.parts, visitor)).passkeys).toEqual(passkeys);
  });

  it("are called as their holder likes, on one line", async () => {
    const { visitor } = await world.holder();
    const passkeyId = good(await verbs.list(world.parts, visitor)).passkeys[0]!.id;
    for (const label of [" Ufunguo wa أمينة ", "'; drop table passkeys; --", "<b>🔑</b>", "Ω".repeat(40)]) {
      good(await verbs.rename(world.parts, { visitor, passkeyId, label }));
      expect(good(await verbs.list(world.parts, visitor)).passkeys[0]!.label).toBe(label.trim());
    }
    for (const label of ["", "  ", "a\nb", "\u0000", "\ud800", "x".repeat(41)]) {
      expect(await verbs.rename(world.parts, { visitor, passkeyId, label })).toEqual({ ok: false, refusal: "label-invalid" });
    }
  });

  it("are removed with a fresh proof, and then sign nobody in; the codes on paper go with the last", async () => {
    const { userId, visitor, authenticator } = await world.holder();
    const passkeyId = good(await verbs.list(world.parts, visitor)).passkeys[0]!.id;
    await world.rows("insert into recoveryCodes (id, userId, hash, createdAt) values (?, ?, 'h', 1)", randomUUID(), userId);
    world.now += 6 * MINUTE;
    expect(await verbs.remove(world.parts, { visitor, passkeyId })).toEqual({ ok: false, refusal: "proof-due" });
    world.now -= 6 * MINUTE;
    expect(await verbs.remove(world.parts, { visitor, passkeyId })).toEqual({ ok: true });
    expect([await world.kept(userId), await world.rows("select id from recoveryCodes where userId = ?", userId), await world.signIn(authenticator)]).toEqual([[], [], REFUSED]);
  });

  it("but not the last second factor of who needs one; two removed at once leave one", async () => {
    const { userId, visitor } = await world.holder(ADMINISTRATOR);
    await world.enrol(visitor);
    const [one, two] = good(await verbs.list(world.parts, visitor)).passkeys;
    await world.rows("insert into recoveryCodes (id, userId, hash, createdAt) values (?, ?, 'h', 1)", randomUUID(), userId);
    const both = await Promise.all([one!, two!].map(({ id }) => verbs.remove(world.parts, { visitor, passkeyId: id })));
    expect(both.toSorted((a, b) => Number(a.ok) - Number(b.ok))).toEqual([{ ok: false, refusal: "factor-needed" }, { ok: true }]);
    const [left] = await world.kept(userId);
    const request = { visitor, passkeyId: String(left!.id) };
    await world.rows("insert into totps (id, userId, sessionId, sealedSecret, createdAt, lastStep) values ('t', ?, 's', x'00', 1, 0)", userId);
    expect(await verbs.remove(world.parts, request)).toEqual({ ok: false, refusal: "factor-needed" });
    await world.rows("update totps set confirmedAt = 1 where userId = ?", userId);
    expect(await verbs.remove(world.parts, request)).toEqual({ ok: true });
    expect(await world.rows("select id from recoveryCodes where userId = ?", userId)).toHaveLength(1);
  });

  it.each([["list", list], ["rename", rename], ["remove", remove]])("are shut to who is not fully signed in: %s", async (name, verb) => {
    const { userId } = await world.holder();
    for (const [visitor, refusal] of [[visitorWith(), "signed-out"], [await world.session(userId, "second-factor"), "second-factor-due"], [await world.session(userId, "enrolment"), "enrolment-due"]]) {
      expect(await verb(world.parts, name === "list" ? visitor : { visitor, passkeyId: randomUUID(), label: "x" })).toEqual({ ok: false, refusal });
    }
  });
});
