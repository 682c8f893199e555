import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import * as verbs from "../../../src/domains/authentication/passkeys/index.ts";
import { list, remove, rename } from "../../../src/domains/authentication/passkeys/manage.ts";
import { MOST_PASSKEYS } from "../../../src/domains/authentication/passkeys/rules.ts";
import { sessionOf, signedIn } from "../../../src/domains/authentication/sessions/current.ts";
import { DAY, MINUTE } from "../../../src/kernel/clock.ts";
import { openOffice } from "../../../src/office/database.ts";
import { Authenticator, type Forgery } from "../../support/authenticator.ts";
import { testOffice } from "../../support/office.ts";
import { good, PAGES, Passkeys, visitorWith } from "../../support/passkeys.ts";
import { holding } from "../../support/people.ts";

const test = testOffice();
let world: Passkeys;
beforeAll(() => void (world = new Passkeys(test.office)));

const REFUSED = { ok: false, refusal: "passkey-refused" };
const NO_SUCH = { ok: false, refusal: "unknown" };
const ADMINISTRATOR = holding("grak_admin");

type Signed = ReturnType<Authenticator["get"]>;

/** A sign-in whose answer is as the authenticator gives it, but for what a test changes. */
async function signIn(authenticator: Authenticator, forged: Forgery = {}, change: (answer: Signed) => Partial<Signed> = () => ({}), visitor = visitorWith()) {
  const { ceremony } = good(await verbs.startSignIn(world.parts, visitor));
  const answer = authenticator.get(ceremony, forged);
  const done = await verbs.finishSignIn(world.parts, { visitor, assertion: { ...answer, ...change(answer) } });
  await world.settled();
  return done;
}

const history = (userId: string) => world.rows("select method, outcome, reasons from signIns where userId = ? order by rowid", userId);
const sessions = (userId: string) => world.rows("select * from sessions where userId = ?", userId);
const kept = (userId: string) => world.rows("select id, credentialId, counter, label from passkeys where userId = ?", userId);
const audited = (userId: string) => world.rows("select action, payload from auditEntries where actorId = ? order by rowid", userId);

/** The same bytes but for one bit. */
const altered = (text: string): string => {
  const bytes = Buffer.from(text, "base64url");
  bytes[bytes.length - 1]! ^= 1;
  return bytes.toString("base64url");
};

describe("a passkey", () => {
  it.each(["ES256", "EdDSA", "RS256"] as const)("of %s is added and signs its holder in, fully", async (algorithm) => {
    const userId = await world.account();
    const authenticator = await world.enrol(await world.session(userId), new Authenticator(PAGES, algorithm));
    const { entered } = good(await signIn(authenticator));
    expect(await sessionOf(world.parts, entered.session)).toMatchObject({ principal: { userId }, stage: "full", first: "passkey", second: null });
    expect(await history(userId)).toEqual([{ method: "passkey", outcome: "succeeded", reasons: '["new-device"]' }]);
    expect((await audited(userId)).map(({ action }) => action)).toEqual(["passkey.added", "session.begun"]);
    expect(JSON.stringify(await audited(userId))).not.toMatch(/Amina|2547/);
  });

  it("in a browser the account knows is nothing unusual, and signs in on the same device", async () => {
    const { userId, visitor, authenticator } = await world.holder();
    const { entered } = good(await signIn(authenticator, {}, undefined, visitor));
    expect([entered.device, entered.session === visitor.session]).toEqual([visitor.device, false]);
    expect(await history(userId)).toEqual([{ method: "passkey", outcome: "succeeded", reasons: "[]" }]);
  });

  it("from elsewhere, or after a long time, is let in and said to be unusual", async () => {
    const { userId, visitor, authenticator } = await world.holder();
    good(await signIn(authenticator, {}, undefined, { ...visitor, origin: { ...visitor.origin, country: "UG" } }));
    world.now += 90 * DAY;
    good(await signIn(authenticator, {}, undefined, visitor));
    expect((await history(userId)).map(({ reasons }) => reasons)).toEqual(['["new-country"]', '["new-country","long-away"]']);
  });

  it("is made for our host, found without a user name, its holder verified, its maker unasked, and shows no more of the phone than a page would", async () => {
    const { visitor, authenticator } = await world.holder();
    const { ceremony: { options } } = good(await verbs.startRegistration(world.parts, visitor));
    expect(options).toMatchObject({
      rp: { id: "register.test" }, attestation: "none", authenticatorSelection: { residentKey: "required", userVerification: "required" },
      excludeCredentials: [{ id: authenticator.credentialId, transports: ["hybrid", "internal"] }],
    });
    expect(options.user.name).toMatch(/^\+254 7•• ••• \d{3}$/);
    expect(good(await verbs.startSignIn(world.parts, visitorWith())).ceremony.options).toMatchObject({ rpId: "register.test", allowCredentials: [], userVerification: "required" });
  });

  it("on one device is there once, for whomever", async () => {
    const { userId, visitor, authenticator } = await world.holder();
    for (const somebody of [visitor, await world.session(await world.account())]) {
      const { ceremony } = good(await verbs.startRegistration(world.parts, somebody));
      expect(await verbs.finishRegistration(world.parts, { visitor: somebody, attestation: authenticator.create(ceremony) })).toEqual({ ok: false, refusal: "passkey-known" });
    }
    expect(await kept(userId)).toHaveLength(1);
  });

  it("is one of ten at most", async () => {
    const { visitor } = await world.holder();
    const { ceremony } = good(await verbs.startRegistration(world.parts, visitor));
    for (let more = 1; more < MOST_PASSKEYS; more++) await world.enrol(visitor);
    expect(await verbs.startRegistration(world.parts, visitor)).toEqual({ ok: false, refusal: "too-many-passkeys" });
    const attestation = new Authenticator(PAGES).create(ceremony);
    expect(await verbs.finishRegistration(world.parts, { visitor, attestation })).toEqual({ ok: false, refusal: "too-many-passkeys" });
  });
});

const FORGERIES: [string, Forgery][] = [
  ["another origin", { origin: "https://register.test.elsewhere.test" }], ["plain HTTP", { origin: "http://register.test" }], ["another port", { origin: "https://register.test:8443" }],
  ["another host's key", { rpId: "elsewhere.test" }], ["another challenge", { challenge: Buffer.alloc(32).toString("base64url") }], ["no challenge", { challenge: "" }],
  ["a holder not verified", { flags: 0x01 }], ["nobody present", { flags: 0x04 }], ["neither", { flags: 0 }], ["a backup that cannot be", { flags: 0x15 }],
];

describe("a sign-in is refused", () => {
  it.each<[string, Forgery, ((answer: Signed) => Partial<Signed>)?]>([
    ...FORGERIES,
    ["a registration's answer", { type: "webauthn.create" }],
    ["an altered signature", {}, ({ signature }) => ({ signature: altered(signature) })],
    ["an altered counter", {}, ({ authenticatorData }) => ({ authenticatorData: altered(authenticatorData) })],
    ["no signature", {}, () => ({ signature: "" })],
    ["what is no base64url", {}, () => ({ signature: "ÿ∞", authenticatorData: "=", clientDataJSON: "{}" })],
    ["another account's handle", { userHandle: Buffer.from(randomUUID()).toString("base64url") }],
    ["no handle", { userHandle: "" }],
    ["a counter that stood still", { counter: 0 }],
    ["more than was asked", {}, ({ clientDataJSON }) => ({ clientDataJSON: Buffer.from(`${Buffer.from(clientDataJSON, "base64url").toString()} `).toString("base64url") })],
  ])("for %s, and one line is written down", async (_, forged, change) => {
    const { userId, authenticator } = await world.holder();
    good(await signIn(authenticator));
    const before = await sessions(userId);
    expect(await signIn(authenticator, forged, change)).toEqual(REFUSED);
    expect(await sessions(userId)).toEqual(before);
    expect((await history(userId)).map(({ outcome }) => outcome)).toEqual(["succeeded", "wrong"]);
    expect((await kept(userId))[0]!.counter).toBe(1);
    good(await signIn(authenticator));
  });

  it("for somebody else's passkey, and for nobody's", async () => {
    const [one, other] = [await world.holder(), await world.holder()];
    expect(await signIn(one.authenticator, {}, () => ({ credentialId: other.authenticator.credentialId }))).toEqual(REFUSED);
    expect(await signIn(one.authenticator, {}, () => ({ credentialId: "AAAA" }))).toEqual(REFUSED);
    expect([await sessions(other.userId), await history(one.userId)].map(({ length }) => length)).toEqual([1, 0]);
  });

  it("for a challenge that was used, however the first answer to it went", async () => {
    const { userId, authenticator } = await world.holder();
    for (const flags of [0x05, 0x01]) {
      const { ceremony } = good(await verbs.startSignIn(world.parts, visitorWith()));
      const assertion = authenticator.get(ceremony, { flags });
      const answers = [await verbs.finishSignIn(world.parts, { visitor: visitorWith(), assertion })];
      await world.settled();
      for (const again of [assertion, authenticator.get(ceremony)]) answers.push(await verbs.finishSignIn(world.parts, { visitor: visitorWith(), assertion: again }));
      expect(answers.map(({ ok }) => ok)).toEqual([flags === 0x05, false, false]);
    }
    await world.settled();
    expect((await history(userId)).map(({ outcome }) => outcome)).toEqual(["succeeded", "wrong"]);
  });

  it("for a challenge that is over, that was none of ours, or was for something else", async () => {
    const { visitor, authenticator } = await world.holder();
    const { ceremony } = good(await verbs.startSignIn(world.parts, visitorWith()));
    const assertion = authenticator.get(ceremony);
    world.now += 5 * MINUTE;
    expect(await verbs.finishSignIn(world.parts, { visitor: visitorWith(), assertion })).toEqual(REFUSED);
    world.now -= 5 * MINUTE;
    const proof = good(await verbs.startProof(world.parts, visitor)).ceremony;
    expect(await verbs.finishSignIn(world.parts, { visitor: visitorWith(), assertion: authenticator.get(proof) })).toEqual(REFUSED);
    expect(await verbs.finishSignIn(world.parts, { visitor: visitorWith(), assertion: { ...assertion, ceremonyId: randomUUID() } })).toEqual(REFUSED);
    good(await verbs.finishSignIn(world.parts, { visitor: visitorWith(), assertion }));
  });

  it.each([
    ["suspended", "update users set state = 'suspended' where id = ?"],
    ["suspended", "update users set deletedAt = 1 where id = ?"],
    ["blocked-device", "update devices set blockedAt = 1 where userId = ?"],
  ])("with the same words when the account or its browser is shut out: %s", async (outcome, statement) => {
    const { userId, visitor, authenticator } = await world.holder();
    await world.rows(statement, userId);
    expect(await signIn(authenticator, {}, undefined, visitor)).toEqual(REFUSED);
    expect(await history(userId)).toMatchObject([{ outcome }]);
    expect(await sessions(userId)).toHaveLength(1);
  });

  it.each([null, {}, { visitor: visitorWith() }, { visitor: visitorWith(), assertion: { ceremonyId: "x" } }, { visitor: {}, assertion: [] }])("for what no page of ours sends: %j", async (unread) => {
    expect(await verbs.finishSignIn(world.parts, unread)).toEqual(REFUSED);
    expect(await verbs.finishRegistration(world.parts, unread)).toEqual(REFUSED);
    expect(await verbs.finishProof(world.parts, unread)).toEqual(REFUSED);
    expect([await verbs.rename(world.parts, unread), await verbs.remove(world.parts, unread)]).toEqual([NO_SUCH, NO_SUCH]);
  });
});

describe("a counter", () => {
  it("that stays at 0, as synced passkeys' do, is good each time", async () => {
    const { authenticator } = await world.holder();
    authenticator.step = 0;
    for (let time = 0; time < 3; time++) expect(await signIn(authenticator)).toMatchObject({ ok: true });
  });

  it("tells a copy: of two authenticators with one key the one behind is refused, and 0 never comes back", async () => {
    const { userId, authenticator } = await world.holder();
    good(await signIn(authenticator, { counter: 7 }));
    for (const counter of [7, 6, 0]) expect(await signIn(authenticator, { counter })).toEqual(REFUSED);
    good(await signIn(authenticator, { counter: 8 }));
    expect((await kept(userId))[0]!.counter).toBe(8);
  });

  it("lets one of two in who show it at once, and a challenge too", async () => {
    const { userId, authenticator } = await world.holder();
    const [first, second] = [good(await verbs.startSignIn(world.parts, visitorWith())), good(await verbs.startSignIn(world.parts, visitorWith()))];
    const enter = (ceremony: typeof first.ceremony, counter: number) =>
      verbs.finishSignIn(world.parts, { visitor: visitorWith(), assertion: authenticator.get(ceremony, { counter }) });
    const same = await Promise.all([enter(first.ceremony, 4), enter(second.ceremony, 4)]);
    expect(same.filter(({ ok }) => ok)).toHaveLength(1);
    const third = good(await verbs.startSignIn(world.parts, visitorWith()));
    const spent = await Promise.all([5, 6, 7, 8].map((counter) => enter(third.ceremony, counter)));
    expect(spent.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await sessions(userId)).toHaveLength(3);
  });
});

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
    expect(await kept(userId)).toHaveLength(1);
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
    expect(await kept(userId)).toHaveLength(1);
  });

  it("by two at once who only know the password lets one of them go on", async () => {
    const userId = await world.account(ADMINISTRATOR);
    const visitors = [await world.session(userId, "enrolment"), await world.session(userId, "enrolment")];
    const ceremonies = await Promise.all(visitors.map(async (visitor) => good(await verbs.startRegistration(world.parts, visitor)).ceremony));
    const finish = (at: number) => verbs.finishRegistration(world.parts, { visitor: visitors[at]!, attestation: new Authenticator(PAGES).create(ceremonies[at]!) });
    expect((await Promise.all([finish(0), finish(1)])).filter(({ ok }) => ok)).toHaveLength(1);
    expect(await kept(userId)).toHaveLength(1);
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
    expect(await history(userId)).toMatchObject([{ method: "passkey", outcome: "succeeded" }]);
  });

  it.each(FORGERIES)("with %s is none, and is written down where a second factor was due", async (_, forged) => {
    const { userId, visitor, authenticator } = await world.holder();
    const due = await world.session(userId, "second-factor");
    world.now += 6 * MINUTE;
    expect([await prove(visitor, authenticator, forged), await prove(due, authenticator, forged)]).toEqual([REFUSED, REFUSED]);
    expect(await signedIn(world.parts, visitor.session, "fresh")).toEqual({ ok: false, refusal: "proof-due" });
    expect(await signedIn(world.parts, due.session)).toEqual({ ok: false, refusal: "second-factor-due" });
    expect(await history(userId)).toMatchObject([{ outcome: "wrong" }]);
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
    good(await signIn(authenticator));
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
    expect([await kept(userId), await world.rows("select id from recoveryCodes where userId = ?", userId), await signIn(authenticator)]).toEqual([[], [], REFUSED]);
  });

  it("but not the last second factor of who needs one; two removed at once leave one", async () => {
    const { userId, visitor } = await world.holder(ADMINISTRATOR);
    await world.enrol(visitor);
    const [one, two] = good(await verbs.list(world.parts, visitor)).passkeys;
    await world.rows("insert into recoveryCodes (id, userId, hash, createdAt) values (?, ?, 'h', 1)", randomUUID(), userId);
    const both = await Promise.all([one!, two!].map(({ id }) => verbs.remove(world.parts, { visitor, passkeyId: id })));
    expect(both.toSorted((a, b) => Number(a.ok) - Number(b.ok))).toEqual([{ ok: false, refusal: "factor-needed" }, { ok: true }]);
    const [left] = await kept(userId);
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

describe("challenges", () => {
  it("are given to one address so many times, and forgotten once they are over", async () => {
    world.admitted = false;
    const before = await world.rows("select id from ceremonies");
    expect(await verbs.startSignIn(world.parts, visitorWith())).toEqual({ ok: false, refusal: "too-many-tries" });
    expect(await world.rows("select id from ceremonies")).toEqual(before);
    world.admitted = true;
    world.now += 5 * MINUTE;
    const { ceremony } = good(await verbs.startSignIn(world.parts, visitorWith()));
    expect(await world.rows("select id from ceremonies")).toEqual([{ id: ceremony.ceremonyId }]);
  });

  it("are each another", async () => {
    const given = await Promise.all(Array.from({ length: 20 }, async () => good(await verbs.startSignIn(world.parts, visitorWith())).ceremony.options.challenge));
    expect(new Set(given).size).toBe(20);
    expect(Buffer.from(given[0]!, "base64url")).toHaveLength(32);
  });
});

it("nobody comes in, and nothing is said, when the database is away", async () => {
  const { visitor, authenticator } = await world.holder();
  const { ceremony } = good(await verbs.startSignIn(world.parts, visitorWith()));
  const assertion = authenticator.get(ceremony);
  const gone = { ...world.parts, office: openOffice({ url: "http://127.0.0.1:9", token: "" }) };
  const asked = [
    () => verbs.startSignIn(gone, visitor), () => verbs.finishSignIn(gone, { visitor, assertion }), () => verbs.startRegistration(gone, visitor),
    () => verbs.startProof(gone, visitor), () => verbs.list(gone, visitor),
  ];
  for (const ask of asked) await expect(ask()).rejects.toThrow(/Failed query|fetch failed/);
  good(await verbs.finishSignIn(world.parts, { visitor, assertion }));
});
