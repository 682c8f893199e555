import { describe, expect, it } from "vitest";
import * as entrance from "../../../src/domains/authentication/sign-in/index.ts";
import type { AccountParts } from "../../../src/domains/authentication/parts.ts";
import { DAY, MINUTE } from "../../../src/kernel/clock.ts";
import { type Office, openOffice } from "../../../src/office/database.ts";
import { before, citizen, entranceParts, freshPhone, international, PASSWORD, staff, whoIs } from "../../support/entrance.ts";
import { testOffice } from "../../support/office.ts";

const test = testOffice();

const WRONG = "three brown hens";
const FAILED = { ok: false, refusal: "sign-in-failed", field: null };
const signIn = (parts: AccountParts, phone: string, password = PASSWORD, visitor = before()) =>
  entrance.signIn(parts, { visitor, phone, password, locale: "en" });

async function cameIn(answer: ReturnType<typeof signIn>) {
  const done = await answer;
  if (!done.ok) throw new Error(done.refusal);
  return done.entered;
}

const rows = async (query: string, ...args: string[]): Promise<any[]> => (await test.office.primary.$client.execute({ sql: query, args })).rows;
const change = (query: string, ...args: (string | number)[]) => test.office.primary.$client.execute({ sql: query, args });
const userIdOf = async ({ accounts }: AccountParts, phone: string): Promise<string> =>
  (await rows("select id from users where phoneKey = ?", accounts.phoneKey(international(phone))))[0].id;
const historyOf = async (parts: AccountParts, phone: string) =>
  (await rows("select outcome, reasons, deviceId from signIns where userId = ? order by rowid", await userIdOf(parts, phone))).map(({ outcome, reasons }) => [outcome, ...JSON.parse(reasons)]);

/** The office, its next batches done by `batch`. */
const meddled = (office: Office, batch: (run: () => Promise<unknown>) => Promise<unknown>): Office => {
  const { primary } = office;
  const client = { batch: (...given: Parameters<typeof primary.$client.batch>) => batch(() => primary.$client.batch(...given)) };
  return { ...office, primary: new Proxy(primary, { get: (target, key) => (key === "$client" ? client : Reflect.get(target, key)) }) };
};

describe("signing in", () => {
  it("begins a session for whoever knows phone and password, however the phone is written", async () => {
    const { parts } = entranceParts(test.office);
    const { phone } = await citizen(parts);
    const entered = await cameIn(signIn(parts, `+254 (${phone.slice(1, 4)}) ${phone.slice(4)}`));
    expect(await whoIs(parts, before(entered))).toEqual({ stage: "full", roles: [{ role: "citizen", operator: null }] });
  });

  it("takes a password typed on another keyboard for the same", async () => {
    const { parts } = entranceParts(test.office);
    const { phone } = await staff(parts, [], "caffè lungo".normalize("NFD"));
    expect(await signIn(parts, phone, "caffè lungo".normalize("NFC"))).toMatchObject({ ok: true });
  });

  it("leads on to the second factor, or to making one, by what the account has and needs", async () => {
    const { parts } = entranceParts(test.office);
    const officer = await staff(parts, [{ role: "grak_officer", operator: null }]);
    const { phone } = await citizen(parts);
    expect((await cameIn(signIn(parts, officer.phone))).stage).toBe("enrolment");
    await change("insert into totps (id, userId, sessionId, sealedSecret, createdAt, lastStep) values (hex(randomblob(8)), ?, 's', zeroblob(1), 1, 0)", officer.userId);
    expect((await cameIn(signIn(parts, officer.phone))).stage).toBe("enrolment");
    await change("update totps set confirmedAt = 1");
    const due = await cameIn(signIn(parts, officer.phone));
    expect([due.stage, (await whoIs(parts, before(due)))?.stage]).toEqual(["second-factor", "second-factor"]);
    await change("insert into totps (id, userId, sessionId, sealedSecret, createdAt, confirmedAt, lastStep) values (hex(randomblob(8)), ?, 's', zeroblob(1), 1, 1, 0)", await userIdOf(parts, phone));
    expect((await cameIn(signIn(parts, phone))).stage).toBe("second-factor");
    expect((await historyOf(parts, officer.phone)).map(([outcome]) => outcome)).toEqual(["succeeded", "succeeded", "second-factor-due"]);
  });

  it("ends the session the browser held before, whoever's it was", async () => {
    const { parts } = entranceParts(test.office);
    const [one, other] = [await citizen(parts), await citizen(parts)];
    await cameIn(signIn(parts, other.phone, PASSWORD, before(one.entered)));
    expect(await whoIs(parts, before(one.entered))).toBeNull();
    expect(await whoIs(parts, before(other.entered))).not.toBeNull();
  });

  it("knows two accounts of one browser apart, and both again", async () => {
    const { parts, sent, settled } = entranceParts(test.office);
    const [one, other] = [await citizen(parts), await citizen(parts)];
    const { device } = await cameIn(signIn(parts, other.phone, PASSWORD, before({ device: one.entered.device })));
    expect(device).toBe(one.entered.device);
    sent.length = 0;
    await cameIn(signIn(parts, one.phone, PASSWORD, before({ device })));
    await cameIn(signIn(parts, other.phone, PASSWORD, before({ device })));
    await settled();
    expect(sent).toEqual([]);
  });

  it("hashes a password anew only when the cost was another", async () => {
    const { parts } = entranceParts(test.office);
    const { phone, userId } = await staff(parts, []);
    const sealed = async () => Buffer.from((await rows("select sealedHash from passwords where userId = ?", userId))[0].sealedHash).toString("hex");
    const first = await sealed();
    await cameIn(signIn(parts, phone));
    expect(await sealed()).toBe(first);
    const dearer = Object.assign(Object.create(parts.hasher), { isOutdated: () => true, hash: (text: string) => parts.hasher.hash(text), matches: (...given: [string, string]) => parts.hasher.matches(...given) });
    await cameIn(signIn({ ...parts, hasher: dearer }, phone));
    const second = await sealed();
    expect(second).not.toBe(first);
    await cameIn(signIn(parts, phone));
    expect(await sealed()).toBe(second);
  });

  it("is audited with ids alone", async () => {
    const { parts } = entranceParts(test.office);
    const { phone, entered } = await citizen(parts);
    await entrance.signOut(parts, before(await cameIn(signIn(parts, phone, PASSWORD, before(entered)))));
    const userId = await userIdOf(parts, phone);
    const entries = await rows("select action, actorKind, actorId, network, payload from auditEntries where resource = ? order by rowid", `user/${userId}`);
    expect(entries.map(({ action, actorKind, actorId, network }) => [action, actorKind, actorId, network])).toEqual(
      ["user.signed-up", "session.begun", "session.ended"].map((action) => [action, "user", userId, "192.0.2.0/24"]),
    );
    expect(JSON.stringify(entries)).not.toMatch(new RegExp(`${phone.slice(1)}|Wanjir|${entered.session}`));
  });
});

describe("what fails", () => {
  it("is told the same, after the same work, whatever the reason is", async () => {
    const { parts, hasher } = entranceParts(test.office);
    const [right, suspended, deleted, blocked] = [await citizen(parts), await citizen(parts), await citizen(parts), await citizen(parts)];
    const none = await staff(parts, [{ role: "grak_admin", operator: null }], null);
    await change("update users set state = 'suspended' where id = ?", await userIdOf(parts, suspended.phone));
    await change("update users set deletedAt = 1 where id = ?", await userIdOf(parts, deleted.phone));
    await change("update devices set blockedAt = 1 where userId = ?", await userIdOf(parts, blocked.phone));
    const tries: [phone: string, password: string, device?: string][] = [
      [freshPhone(), PASSWORD], [right.phone, WRONG], [none.phone, PASSWORD], [none.phone, ""], [suspended.phone, PASSWORD], [deleted.phone, PASSWORD],
      [blocked.phone, PASSWORD, blocked.entered.device],
    ];
    for (const [phone, password, device = null] of tries) {
      hasher.tries = 0;
      expect(await signIn(parts, phone, password, before({ device }))).toEqual(FAILED);
      expect(hasher.tries).toBe(1);
    }
    expect(await signIn(parts, blocked.phone)).toMatchObject({ ok: true });
  });

  it("locks a phone after five for half an hour, right password or not, and says so of any phone alike", async () => {
    const { parts, time } = entranceParts(test.office);
    const [{ phone }, nobodys] = [await citizen(parts), freshPhone()];
    const asked = async (of: string) => {
      const answers = [];
      for (const password of [WRONG, WRONG, WRONG, WRONG, WRONG, PASSWORD]) answers.push(await signIn(parts, of, password));
      return answers;
    };
    const answers = await asked(phone);
    expect(answers).toEqual([...Array.from({ length: 5 }, () => FAILED), { ok: false, refusal: "sign-in-locked", field: null, minutes: 30 }]);
    expect(await asked(nobodys)).toEqual(answers);
    time.now += 29 * MINUTE;
    expect(await signIn(parts, phone)).toMatchObject({ refusal: "sign-in-locked", minutes: 1 });
    time.now += MINUTE;
    expect(await signIn(parts, phone)).toMatchObject({ ok: true });
  });

  it("that fails is in the audit by the account alone, twenty of an hour; of a phone without one nothing is", async () => {
    const { parts, settled } = entranceParts(test.office);
    const { phone } = await citizen(parts);
    const userId = await userIdOf(parts, phone);
    for (let n = 0; n < 25; n++) await signIn(parts, phone, WRONG);
    await settled();
    const all = () => rows("select id from auditEntries");
    const before = (await all()).length;
    await signIn(parts, freshPhone(), WRONG);
    await settled();
    expect(await all()).toHaveLength(before);
    const entries = await rows("select actorKind, actorId, outcome, payload, requestId from auditEntries where resource = ? and action = 'session.refused' order by position", `user/${userId}`);
    expect(entries.map(({ actorKind, actorId, outcome }) => [actorKind, actorId, outcome])).toEqual(Array.from({ length: 20 }, () => ["system", "sign-in", "refused"]));
    expect([JSON.parse(entries[0].payload), JSON.parse(entries[19].payload)]).toEqual([{ by: "password", outcome: "wrong" }, { by: "password", outcome: "locked", furtherLeftOut: true }]);
  });

  it("is judged five times of twenty at once", async () => {
    const { parts, hasher } = entranceParts(test.office);
    const { phone } = await citizen(parts);
    hasher.tries = 0;
    const answers = await Promise.all(Array.from({ length: 20 }, () => signIn(parts, phone, WRONG)));
    expect(hasher.tries).toBe(5);
    expect(answers.filter((answer) => !answer.ok && answer.refusal === "sign-in-locked")).toHaveLength(15);
  });

  it("counts no more once somebody came in", async () => {
    const { parts } = entranceParts(test.office);
    const { phone } = await citizen(parts);
    for (let round = 0; round < 3; round++) {
      for (let time = 0; time < 4; time++) expect(await signIn(parts, phone, WRONG)).toEqual(FAILED);
      await cameIn(signIn(parts, phone));
    }
  });

  it("elsewhere does not lock a trusted browser out, which has a count of its own", async () => {
    const { parts } = entranceParts(test.office);
    const { phone, entered } = await citizen(parts);
    const own = before({ device: entered.device });
    await change("update devices set trustedAt = 1 where userId = ?", await userIdOf(parts, phone));
    for (let time = 0; time < 6; time++) await signIn(parts, phone, WRONG);
    expect(await signIn(parts, phone)).toMatchObject({ refusal: "sign-in-locked" });
    expect(await signIn(parts, phone, PASSWORD, own)).toMatchObject({ ok: true });
    expect(await signIn(parts, phone)).toMatchObject({ refusal: "sign-in-locked" });
    for (let time = 0; time < 5; time++) expect(await signIn(parts, phone, WRONG, own)).toEqual(FAILED);
    expect(await signIn(parts, phone, PASSWORD, own)).toMatchObject({ refusal: "sign-in-locked" });
  });

  it("beyond what one address may try is not counted against the phone", async () => {
    const addresses: string[] = [];
    const { parts, hasher } = entranceParts(test.office, { admits: async (address) => (addresses.push(address), false) });
    const phone = freshPhone();
    for (let time = 0; time < 7; time++) expect(await signIn(parts, phone)).toEqual({ ok: false, refusal: "too-many-tries", field: null, minutes: 1 });
    expect([hasher.tries, addresses[0]]).toEqual([0, "sign-in 192.0.2.1"]);
    expect(await signIn({ ...parts, admits: async () => true }, phone)).toEqual(FAILED);
  });

  it.each([
    undefined, null, 7, "x", [], {}, { phone: "0712345678" }, { visitor: {}, phone: 1, password: 2 }, { visitor: before(), phone: "0712345678", password: {} },
    { visitor: before(), phone: "0712345678", password: "x".repeat(1_000_000) }, { visitor: before(), phone: "0712345678", password: "\ud800\0' or 1=1" },
    { visitor: before({ session: "'--", device: "\0" }), phone: "0712345678", password: "x" },
  ])("is said of whatever comes: %#", async (request) => {
    const { parts } = entranceParts(test.office);
    const answer = await entrance.signIn(parts, request);
    expect(answer.ok || ["sign-in-failed", "phone-invalid", "sign-in-locked"].includes(answer.refusal)).toBe(true);
    expect(answer.ok).toBe(false);
  });

  it("with a password that was changed meanwhile lets nobody in", async () => {
    const { parts } = entranceParts(test.office);
    const { phone } = await citizen(parts);
    const userId = await userIdOf(parts, phone);
    const office = meddled(test.office, async (run) => {
      await change("update passwords set sealedHash = zeroblob(9) where userId = ?", userId);
      return run();
    });
    expect(await signIn({ ...parts, office }, phone)).toEqual(FAILED);
    expect(await rows("select id from sessions where userId = ?", userId)).toHaveLength(1);
  });

  it("with the office away lets nobody in", async () => {
    const { parts } = entranceParts(openOffice({ url: "http://127.0.0.1:9", token: "" }));
    await expect(signIn(parts, "0712345678")).rejects.toThrow(/fetch|query/i);
    await expect(whoIs(parts, before({ session: "s".repeat(43) }))).rejects.toThrow(/fetch|query/i);
  });
});

describe("what is unusual", () => {
  it("stands in the history, and is told to the holder, once they are in", async () => {
    const { parts, sent, time, settled } = entranceParts(test.office);
    const { phone, entered } = await citizen(parts);
    const own = (origin: object = {}) => before({ device: entered.device }, origin);
    sent.length = 0;
    await cameIn(signIn(parts, phone, PASSWORD, own()));
    await settled();
    expect(sent).toEqual([]);
    await cameIn(signIn(parts, phone, PASSWORD, before({}, { agent: "Safari on iOS" })));
    await cameIn(signIn(parts, phone, PASSWORD, own({ country: "SE" })));
    await cameIn(signIn(parts, phone, PASSWORD, own({ country: null })));
    for (let failed = 0; failed < 3; failed++) await signIn(parts, phone, WRONG, own());
    await settled();
    await cameIn(signIn(parts, phone, PASSWORD, own()));
    time.now += 90 * DAY;
    await cameIn(entrance.signIn(parts, { visitor: own({ agent: null }), phone, password: PASSWORD, locale: "sw" }));
    await settled();
    expect(await historyOf(parts, phone)).toEqual([
      ["succeeded"], ["succeeded"], ["succeeded", "new-device"], ["succeeded", "new-country"], ["succeeded"],
      ["wrong"], ["wrong"], ["wrong"], ["succeeded", "after-failures"], ["succeeded", "long-away"],
    ]);
    expect(sent.map(({ to }) => to)).toEqual(Array(4).fill(international(phone)));
    expect(sent[0]!.message).toBe("NSER: your account was signed in to on 4 November 2026, 14:30, with Safari on iOS. If it was not you, set a new password at once.");
    expect(sent[3]!.message).toContain("kivinjari kisichojulikana");
  });

  it("keeps nobody out when the message is not taken", async () => {
    const { parts, reports, settled } = entranceParts(test.office, { sms: { send: async () => ({ ok: false, reason: "no credit" }) } });
    const { phone } = await citizen(parts);
    await cameIn(signIn(parts, phone));
    await settled();
    expect(reports).toEqual(["no credit"]);
  });

  it("is written down of tries that fail too, when they are answered", async () => {
    const { parts, settled } = entranceParts(test.office);
    const { phone, entered } = await citizen(parts);
    const userId = await userIdOf(parts, phone);
    await change("update devices set blockedAt = 1 where userId = ?", userId);
    await signIn(parts, phone, PASSWORD, before({ device: entered.device }));
    await settled();
    await change("update users set state = 'suspended' where id = ?", userId);
    for (let time = 0; time < 5; time++) await signIn(parts, phone);
    await settled();
    const outcomes = (await historyOf(parts, phone)).map(([outcome]) => outcome);
    expect([outcomes.slice(0, 3), outcomes.at(-1)]).toEqual([["succeeded", "blocked-device", "suspended"], "locked"]);
  });
});

describe("signing out", () => {
  it("ends this session and no other, and what it opened opens nothing any more", async () => {
    const { parts } = entranceParts(test.office);
    const { phone, entered } = await citizen(parts);
    const elsewhere = await cameIn(signIn(parts, phone));
    await entrance.signOut(parts, before(entered));
    await entrance.signOut(parts, before(entered));
    expect([await whoIs(parts, before(entered)), (await whoIs(parts, before(elsewhere)))?.stage]).toEqual([null, "full"]);
    const ended = await rows("select action from auditEntries where resource = ? and action = 'session.ended'", `user/${await userIdOf(parts, phone)}`);
    expect(ended).toHaveLength(1);
  });

  it.each([null, undefined, {}, before(), before({ session: "x" }), before({ session: "s".repeat(43) })])("of nobody does nothing: %#", async (visitor) => {
    const { parts } = entranceParts(test.office);
    expect(await entrance.signOut(parts, visitor)).toBeUndefined();
  });
});
