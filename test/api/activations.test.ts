import { beforeAll, describe, expect, it } from "vitest";
import { passkeys, recoveryCodes, totps } from "../../src/domains/authentication/factors/tables.ts";
import * as verbs from "../../src/domains/authentication/passwords/index.ts";
import { passwordLinks, passwords } from "../../src/domains/authentication/passwords/tables.ts";
import { sessionOf } from "../../src/domains/authentication/sessions/current.ts";
import { attempt } from "../../src/domains/authentication/sign-in/attempts.ts";
import { DAY, HOUR, MINUTE } from "../../src/kernel/clock.ts";
import { uuidv7 } from "../../src/kernel/ids.ts";
import { random } from "../../src/objects/shell.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { testOffice } from "../support/office.ts";
import { passwordWorld, VISITOR } from "../support/passwords.ts";
import { holding, officeApi, somebody, type Somebody } from "../support/people.ts";

const test = testOffice();
const PASSWORD = "three zebras by the lake";
let call: Awaited<ReturnType<typeof officeApi>>["call"];
const people = {} as Record<"root" | "officer" | "boss" | "otherBoss", Somebody>;
let [own, other] = ["", ""];

beforeAll(async () => {
  ({ call } = await officeApi(test.office));
  people.root = await somebody(test.office, holding("super_admin"));
  const enrol = async (name: string) => (await call("POST", "/v1/operators", { headers: people.root.headers(), json: { name, requiredKinds: ["msisdn"] } })).body.id;
  [own, other] = [await enrol("Own"), await enrol("Other")];
  people.officer = await somebody(test.office, holding("grak_officer"));
  people.boss = await somebody(test.office, holding("operator_admin", own));
  people.otherBoss = await somebody(test.office, holding("operator_admin", other));
});

type World = ReturnType<typeof passwordWorld>;

/** A minute after what the API does, which takes the time as it is. */
function world(): World {
  const it = passwordWorld(test.office);
  it.time.now = Date.now() + MINUTE;
  return it;
}

let phones = 0;
const freshPhone = (): string => `+2547220${String(++phones).padStart(5, "0")}`;

const issue = (by: Somebody, userId: string, reason = "no-password", headers = by.headers()) => call("POST", `/v1/users/${userId}/activation`, { headers, json: { reason } });
const issueToStaff = (by: Somebody, operator: string, userId: string, reason = "no-password", headers = by.headers()) =>
  call("POST", `/v1/operators/${operator}/users/${userId}/activation`, { headers, json: { reason } });

async function activate(it: World, link: string, phone: string, password = PASSWORD) {
  const formId = uuidv7(it.time.now, random);
  const asked = { visitor: VISITOR, formId, phone, link, locale: "en" };
  const sent = await verbs.startActivation(it.parts, { ...asked, again: false });
  return sent.ok ? verbs.activate(it.parts, { ...asked, code: it.codeTo(phone), password }) : sent;
}

async function giveFactors({ time }: World, userId: string) {
  const { primary } = test.office;
  const id = uuidv7(time.now, random);
  await primary.insert(totps).values({ id, userId, sessionId: "s", sealedSecret: new Uint8Array(8), createdAt: 1, confirmedAt: 1, lastStep: 0 }).run();
  await primary.insert(recoveryCodes).values({ id, userId, hash: id, createdAt: 1 }).run();
  await primary.insert(passkeys).values({ id, userId, credentialId: id, publicKey: new Uint8Array(8), counter: 0, transports: "[]", label: "l", createdAt: 1 }).run();
}

const rowsOf = async (userId: string) => {
  const { primary } = test.office;
  const all = await Promise.all([totps, recoveryCodes, passkeys, passwords, passwordLinks].map((table) => primary.select().from(table).all() as Promise<{ userId: string }[]>));
  return all.map((rows) => rows.filter((row) => row.userId === userId).length);
};

const auditOf = async (userId: string) => (await test.office.primary.select().from(auditEntries).all()).filter(({ resource }) => resource === `user/${userId}`);

describe("an activation", () => {
  it("gives somebody of an operator a phone and a first password, and signs nobody in", async () => {
    const it = world();
    const staff = await somebody(test.office, holding("operator_user", own));
    const { response, body } = await issueToStaff(people.boss, own, staff.userId);
    expect([response.status, Math.round((Date.parse(body.expiresAt) - Date.now()) / HOUR)]).toEqual([201, 72]);
    const phone = freshPhone();
    const key = it.accounts.phoneKey(phone);
    for (let tries = 0; tries < 7; tries++) await attempt(test.office, key, it.time.now);
    expect(await activate(it, body.secret, phone)).toEqual({ ok: true });
    expect(await attempt(test.office, key, it.time.now)).toBeNull();
    const row = (await it.rowOf(staff.userId))!;
    expect([row.phoneKey, row.phoneProvenAt, it.accounts.profileOf(row)!.phone]).toEqual([it.accounts.phoneKey(phone), it.time.now, phone]);
    expect(await rowsOf(staff.userId)).toEqual([0, 0, 0, 1, 1]);
    // A first password ends nothing: what they call the API with still holds.
    expect((await call("GET", "/v1/account", { headers: staff.headers() })).response.status).toBe(200);
    expect((await auditOf(staff.userId)).map(({ action, actorId }) => [action, actorId])).toEqual([
      ["user.added", "test"], ["user.activation-issued", people.boss.userId], ["user.activated", staff.userId],
    ]);
    expect(JSON.stringify(await auditOf(staff.userId))).not.toContain(body.secret);
    expect(it.sent.at(-1)!.to).toBe(phone);
  });

  it("for lost factors takes all of them, ends what was open, and tells the phone before", async () => {
    const it = world();
    const [before, after] = [freshPhone(), freshPhone()];
    const { userId, visitor } = await it.holder(holding("grak_auditor"), { phone: before }, "mango season in Meru");
    await giveFactors(it, userId);
    expect((await issue(people.root, userId)).body.type).toBe("/problems/conflict");
    const { body } = await issue(people.root, userId, "lost-factors");
    expect(await rowsOf(userId)).toEqual([1, 1, 1, 1, 1]);
    expect(await activate(it, body.secret, after)).toEqual({ ok: true });
    expect([await rowsOf(userId), await sessionOf(it.parts, visitor.session)]).toEqual([[0, 0, 0, 1, 1], null]);
    expect(it.sent.at(-1)).toMatchObject({ to: before, message: expect.stringContaining("password of your account was changed") });
  });

  it("for a first password takes no factor", async () => {
    const it = world();
    const { userId } = await it.holder();
    await giveFactors(it, userId);
    expect(await activate(it, (await issue(people.root, userId)).body.secret, freshPhone())).toEqual({ ok: true });
    expect(await rowsOf(userId)).toEqual([1, 1, 1, 1, 1]);
  });

  it("is for who cannot come back by their phone", async () => {
    const it = world();
    const citizen = await it.holder(undefined, { phone: freshPhone() }, "mango season in Meru");
    for (const reason of ["no-password", "lost-factors"]) expect((await issue(people.root, citizen.userId, reason)).response.status).toBe(409);
    const officer = await it.holder(holding("grak_officer"), { phone: freshPhone() }, "mango season in Meru");
    expect((await issue(people.root, officer.userId, "lost-factors")).response.status).toBe(201);
    expect((await issue(people.root, officer.userId, "whatever")).response.status).toBe(422);
  });

  it("answers the same to the same command, and is sealed until then", async () => {
    const { userId } = await somebody(test.office, holding("citizen"));
    const headers = people.root.headers();
    const [first, again] = [await issue(people.root, userId, "no-password", headers), await issue(people.root, userId, "no-password", headers)];
    expect(again.body).toEqual(first.body);
    expect((await issue(people.root, userId, "lost-factors", headers)).body.type).toBe("/problems/idempotency-key-reused");
    const { rows } = await test.office.primary.$client.execute("SELECT * FROM commands");
    expect(JSON.stringify([rows, await test.office.primary.select().from(passwordLinks).all()])).not.toContain(first.body.secret);
  });

  it("is given by who manages the account, of one's own operator, and never to oneself", async () => {
    const { root, boss, otherBoss, officer } = people;
    const staff = await somebody(test.office, holding("operator_user", own));
    const administrator = await somebody(test.office, holding("grak_admin"));
    expect((await issueToStaff(otherBoss, own, staff.userId)).response.status).toBe(403);
    expect((await issueToStaff(otherBoss, other, staff.userId)).response.status).toBe(404);
    expect((await issueToStaff(boss, own, people.officer.userId)).response.status).toBe(404);
    expect((await issueToStaff(boss, own, boss.userId)).response.status).toBe(403);
    expect((await issue(boss, staff.userId)).response.status).toBe(403);
    expect((await issue(officer, staff.userId)).response.status).toBe(403);
    expect((await issue(root, root.userId)).response.status).toBe(403);
    expect((await issue(administrator, root.userId)).response.status).toBe(403);
    expect((await issue(root, crypto.randomUUID())).response.status).toBe(404);
    for (const { userId } of [staff, boss, officer, root]) expect((await rowsOf(userId))[4]).toBe(0);
  });

  it("holds no longer once there is a newer one, a role was given, or 72 hours went by", async () => {
    const it = world();
    const staff = await somebody(test.office, holding("operator_user", own));
    const superseded = (await issueToStaff(people.boss, own, staff.userId)).body.secret;
    const second = (await issueToStaff(people.boss, own, staff.userId)).body.secret;
    expect(await activate(it, superseded, freshPhone())).toMatchObject({ refusal: "link-over" });
    // Whoever made it could give no such role, and must not come to hold it by what they made.
    expect((await call("PUT", `/v1/users/${staff.userId}/roles/grak_officer`, { headers: people.root.headers(), json: {} })).response.status).toBe(204);
    expect(await activate(it, second, freshPhone())).toMatchObject({ refusal: "link-over" });
    const third = (await issue(people.root, staff.userId)).body.secret;
    it.time.now += 3 * DAY;
    expect(await activate(it, third, freshPhone())).toMatchObject({ refusal: "link-over" });
    expect((await rowsOf(staff.userId))[3]).toBe(0);
  });

  it("is used once, of two at once too, and sets its own account's password alone", async () => {
    const it = world();
    const [one, two] = [await somebody(test.office, holding("citizen")), await somebody(test.office, holding("citizen"))];
    const { body } = await issue(people.root, one.userId);
    const done = await Promise.all([activate(it, body.secret, freshPhone()), activate(it, body.secret, freshPhone())]);
    expect(done.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await activate(it, body.secret, freshPhone())).toMatchObject({ refusal: "link-over" });
    expect([(await rowsOf(one.userId))[3], (await rowsOf(two.userId))[3]]).toEqual([1, 0]);
  });

  it("with a phone that another account has changes nothing on either, and says so to who proved it alone", async () => {
    const it = world();
    const phone = freshPhone();
    const theirs = await it.holder(holding("grak_officer"), { phone }, "mango season in Meru");
    const staff = await somebody(test.office, holding("operator_user", own));
    const { body } = await issueToStaff(people.boss, own, staff.userId);
    const state = async () => JSON.stringify([await it.rowOf(theirs.userId), await it.rowOf(staff.userId), await rowsOf(theirs.userId), await rowsOf(staff.userId), await auditOf(theirs.userId)]);
    const before = await state();
    const asked = { visitor: VISITOR, formId: uuidv7(it.time.now, random), phone, link: body.secret, locale: "en" };
    expect(await verbs.startActivation(it.parts, { ...asked, again: false })).toEqual({ ok: true, phone });
    expect(await verbs.activate(it.parts, { ...asked, code: "x", password: PASSWORD })).toMatchObject({ refusal: "code-wrong" });
    expect(await verbs.activate(it.parts, { ...asked, code: it.codeTo(phone), password: PASSWORD })).toEqual({ ok: false, refusal: "phone-taken", field: "phone" });
    expect(await state()).toBe(before);
    // It is still good, with a phone of one's own.
    expect(await activate(it, body.secret, freshPhone())).toEqual({ ok: true });
  });

  it("is no reset's link, nor takes the code of another activation", async () => {
    const it = world();
    const [one, two] = [await somebody(test.office, holding("citizen")), await somebody(test.office, holding("citizen"))];
    const [first, second] = [(await issue(people.root, one.userId)).body.secret, (await issue(people.root, two.userId)).body.secret];
    expect(await verbs.setPassword(it.parts, { visitor: VISITOR, link: first, password: PASSWORD, locale: "en" })).toMatchObject({ refusal: "link-over" });
    const asked = { visitor: VISITOR, formId: uuidv7(it.time.now, random), phone: freshPhone(), locale: "en" };
    await verbs.startActivation(it.parts, { ...asked, link: first, again: false });
    expect(await verbs.activate(it.parts, { ...asked, link: second, code: it.codeTo(asked.phone), password: PASSWORD })).toMatchObject({ refusal: "code-expired" });
  });
});
