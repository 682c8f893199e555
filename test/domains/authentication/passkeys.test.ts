import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import * as verbs from "../../../src/domains/authentication/passkeys/index.ts";
import { MOST_PASSKEYS } from "../../../src/domains/authentication/passkeys/rules.ts";
import { sessionOf } from "../../../src/domains/authentication/sessions/current.ts";
import { DAY, MINUTE } from "../../../src/kernel/clock.ts";
import { openOffice } from "../../../src/office/database.ts";
import { Authenticator, type Forgery } from "../../support/authenticator.ts";
import { testOffice } from "../../support/office.ts";
import { FORGERIES, good, PAGES, Passkeys, type Signed, visitorWith } from "../../support/passkeys.ts";

const test = testOffice();
let world: Passkeys;
beforeAll(() => void (world = new Passkeys(test.office)));

const REFUSED = { ok: false, refusal: "passkey-refused" };
const NO_SUCH = { ok: false, refusal: "unknown" };

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
    const { entered } = good(await world.signIn(authenticator));
    expect(await sessionOf(world.parts, entered.session)).toMatchObject({ principal: { userId }, stage: "full", first: "passkey", second: null });
    expect(await world.history(userId)).toEqual([{ method: "passkey", outcome: "succeeded", reasons: '["new-device"]' }]);
    expect((await world.audited(userId)).map(({ action }) => action)).toEqual(["passkey.added", "session.begun"]);
    expect(JSON.stringify(await world.audited(userId))).not.toMatch(/Amina|2547/);
  });

  it("in a browser the account knows is nothing unusual, and signs in on the same device", async () => {
    const { userId, visitor, authenticator } = await world.holder();
    const { entered } = good(await world.signIn(authenticator, {}, undefined, visitor));
    expect([entered.device, entered.session === visitor.session]).toEqual([visitor.device, false]);
    expect(await world.history(userId)).toEqual([{ method: "passkey", outcome: "succeeded", reasons: "[]" }]);
  });

  it("from elsewhere, or after a long time, is let in and said to be unusual", async () => {
    const { userId, visitor, authenticator } = await world.holder();
    good(await world.signIn(authenticator, {}, undefined, { ...visitor, origin: { ...visitor.origin, country: "UG" } }));
    world.now += 90 * DAY;
    good(await world.signIn(authenticator, {}, undefined, visitor));
    expect((await world.history(userId)).map(({ reasons }) => reasons)).toEqual(['["new-country"]', '["new-country","long-away"]']);
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
    expect(await world.kept(userId)).toHaveLength(1);
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
    good(await world.signIn(authenticator));
    const before = await world.sessions(userId);
    expect(await world.signIn(authenticator, forged, change)).toEqual(REFUSED);
    expect(await world.sessions(userId)).toEqual(before);
    expect((await world.history(userId)).map(({ outcome }) => outcome)).toEqual(["succeeded", "wrong"]);
    expect((await world.kept(userId))[0]!.counter).toBe(1);
    good(await world.signIn(authenticator));
  });

  it("for somebody else's passkey, and for nobody's", async () => {
    const [one, other] = [await world.holder(), await world.holder()];
    expect(await world.signIn(one.authenticator, {}, () => ({ credentialId: other.authenticator.credentialId }))).toEqual(REFUSED);
    expect(await world.signIn(one.authenticator, {}, () => ({ credentialId: "AAAA" }))).toEqual(REFUSED);
    expect([await world.sessions(other.userId), await world.history(one.userId)].map(({ length }) => length)).toEqual([1, 0]);
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
    expect((await world.history(userId)).map(({ outcome }) => outcome)).toEqual(["succeeded", "wrong"]);
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
    expect(await world.signIn(authenticator, {}, undefined, visitor)).toEqual(REFUSED);
    expect(await world.history(userId)).toMatchObject([{ outcome }]);
    expect(await world.sessions(userId)).toHaveLength(1);
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
    for (let time = 0; time < 3; time++) expect(await world.signIn(authenticator)).toMatchObject({ ok: true });
  });

  it("tells a copy: of two authenticators with one key the one behind is refused, and 0 never comes back", async () => {
    const { userId, authenticator } = await world.holder();
    good(await world.signIn(authenticator, { counter: 7 }));
    for (const counter of [7, 6, 0]) expect(await world.signIn(authenticator, { counter })).toEqual(REFUSED);
    good(await world.signIn(authenticator, { counter: 8 }));
    expect((await world.kept(userId))[0]!.counter).toBe(8);
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
    expect(await world.sessions(userId)).toHaveLength(3);
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
