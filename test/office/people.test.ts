import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { ROLE_CAPABILITIES, ROLES } from "../../src/domains/authentication/capabilities.ts";
import { insertSignIn } from "../../src/domains/authentication/sign-in/store.ts";
import { changeUser } from "../../src/domains/users/accounts/change.ts";
import { deleteUser } from "../../src/domains/users/accounts/delete.ts";
import { showProfile } from "../../src/domains/users/identities/show.ts";
import { enterDesk, lock, look, revoke, search, unlock, verify } from "../../src/domains/users/people/desk.ts";
import { identityVerifications } from "../../src/domains/users/people/tables.ts";
import { MINUTE } from "../../src/kernel/clock.ts";
import { uuidv7 } from "../../src/kernel/ids.ts";
import { random } from "../../src/objects/shell.ts";
import { type Office, openOffice } from "../../src/office/database.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { deskOf, peopleOf, signedInAs, visitorWith } from "../support/desk.ts";
import { testOffice } from "../support/office.ts";
import { holding, somebody } from "../support/people.ts";

const test = testOffice();
const { actionsOn, citizen, form, staff, stateOf } = peopleOf(test);
let office: Office;
let parts: ReturnType<typeof deskOf>;

beforeAll(() => {
  office = { primary: test.office.primary, nearest: test.office.primary };
  parts = deskOf(office);
});

type Visitor = Awaited<ReturnType<typeof signedInAs>>;

const SEEN = { method: "passport", reason: "seen-in-person" };

describe("whoever is not of the regulator's people", () => {
  const asked = (visitor: unknown, userId: string) => [
    enterDesk(parts, visitor), search(parts, { visitor, identifier: userId }), look(parts, { visitor, userId }), lock(parts, { visitor, userId, reason: "misused" }),
    unlock(parts, { visitor, userId }), verify(parts, { visitor, userId, ...form(), ...SEEN }), revoke(parts, { visitor, userId, ...form(), reason: "mistaken" }),
    showProfile(parts, { visitor, userId, reason: "a good reason" }),
  ];

  it.each(["operator_admin", "operator_user", "api_user", "bematore_admin", "bematore_analyst", "citizen"] as const)("%s is told that there is nothing, of anybody", async (role) => {
    const operator = ["operator_admin", "operator_user", "api_user"].includes(role) ? "opacme01" : null;
    const target = await citizen([{ role: "operator_user", operator: "opacme01" }]);
    const { userId, visitor } = await staff(role, operator);
    const before = await office.primary.$count(auditEntries);
    for (const answer of await Promise.all([...asked(visitor, target.userId), ...asked(visitor, crypto.randomUUID())])) expect(answer).toEqual({ ok: false, refusal: "not-found" });
    const refused = await office.primary.$count(auditEntries, eq(auditEntries.actorId, userId));
    expect([await stateOf(target.userId), refused, await office.primary.$count(auditEntries)]).toEqual(["active", 16, before + 16]);
    expect(await office.primary.$count(auditEntries, and(eq(auditEntries.actorId, userId), eq(auditEntries.outcome, "refused")))).toBe(16);
  });

  it("has to sign in first, wholly", async () => {
    const { userId } = await somebody(office, holding("super_admin"));
    const second = await signedInAs(office, userId, Date.now(), "second-factor");
    const enrolment = await signedInAs(office, userId, Date.now(), "enrolment");
    for (const answer of await Promise.all(asked(second, userId))) expect(answer).toEqual({ ok: false, refusal: "second-factor-due" });
    for (const answer of await Promise.all(asked(enrolment, userId))) expect(answer).toEqual({ ok: false, refusal: "enrolment-due" });
    for (const visitor of [null, undefined, 7, {}, "x", visitorWith(null), visitorWith("x".repeat(43)), { ...visitorWith(null), session: ["x"] }]) {
      for (const answer of await Promise.all(asked(visitor, userId))) expect(answer).toEqual({ ok: false, refusal: "signed-out" });
    }
  });

  it("is nobody when the office does not answer", async () => {
    const { visitor } = await staff("grak_officer");
    const away = deskOf(openOffice({ url: "http://127.0.0.1:9", token: "" }));
    await expect(look(away, { visitor, userId: crypto.randomUUID() })).rejects.toThrow("Failed query");
  });
});

describe("each of the regulator's people", () => {
  it.each(ROLES.filter((role) => ROLE_CAPABILITIES[role].any.includes("users:read")))("%s may what the role says", async (role) => {
    const { visitor } = await staff(role);
    const { userId } = await citizen();
    const may = (capability: "users:lock" | "users:verify" | "identities:read") => ROLE_CAPABILITIES[role].any.includes(capability);
    expect(await look(parts, { visitor, userId })).toMatchObject({ ok: true, may: { lock: may("users:lock"), verify: may("users:verify"), identify: may("identities:read") } });
    expect((await lock(parts, { visitor, userId, reason: "misused" })).ok).toBe(may("users:lock"));
    await unlock(parts, { visitor, userId });
    expect((await verify(parts, { visitor, userId, ...form(), ...SEEN })).ok).toBe(may("users:verify"));
    await verify(parts, { visitor: (await staff("super_admin")).visitor, userId, ...form(), ...SEEN });
    expect((await revoke(parts, { visitor, userId, ...form(), reason: "mistaken" })).ok).toBe(may("users:verify"));
    expect((await showProfile(parts, { visitor, userId, reason: "a good reason" })).ok).toBe(may("identities:read"));
  });

  it("shows a factor again after 5 minutes before anything is changed or opened, and may still look", async () => {
    const { visitor } = await staff("grak_officer");
    const { userId } = await citizen();
    const later = deskOf(office, { clock: () => Date.now() + 5 * MINUTE });
    const due = { ok: false, refusal: "proof-due" };
    expect(await lock(later, { visitor, userId, reason: "misused" })).toEqual(due);
    expect(await unlock(later, { visitor, userId })).toEqual(due);
    expect(await verify(later, { visitor, userId, ...form(), ...SEEN })).toEqual(due);
    expect(await revoke(later, { visitor, userId, ...form(), reason: "mistaken" })).toEqual(due);
    expect(await showProfile(later, { visitor, userId, reason: "a good reason" })).toEqual(due);
    expect((await look(later, { visitor, userId })).ok).toBe(true);
    expect([await stateOf(userId), await actionsOn(`user/${userId}`)]).toEqual(["active", []]);
  });

  it("is asked to wait when the calls of a minute are used up", async () => {
    const { userId, visitor } = await staff("grak_officer");
    const counted: string[] = [];
    const busy = deskOf(office, { admits: async (caller) => (counted.push(caller), false) });
    expect(await search(busy, { visitor, identifier: userId })).toEqual({ ok: false, refusal: "too-many-calls" });
    expect([counted, await actionsOn("users")]).toEqual([[userId], expect.not.arrayContaining([["user.searched", { by: "id", hits: 1 }]])]);
  });
});

describe("a search", () => {
  let visitor: Visitor;
  beforeAll(async () => void ({ visitor } = await staff("grak_auditor")));
  const by = (identifier: unknown) => search(parts, { visitor, identifier } as never);

  it("finds by a phone in any writing, an address in any case, an id, and the same as the audit log has it; each leaves an entry that names nobody", async () => {
    const number = "+254790111222";
    const { userId } = await somebody(office, [], { phone: number, email: "Wanjiku.O'Brien@example.KE" });
    const phonesTyped = [number, "0790111222", "790 111 222", "254-790-111-222", " (0790) 111222 ", "٠٧٩٠١١١٢٢٢", "+2540790111222"];
    const others = ["wanjiku.o'brien@EXAMPLE.ke", userId, userId.toUpperCase(), `user/${userId}`, `user:${userId}`];
    for (const typed of [...phonesTyped, ...others]) expect(await by(typed), typed).toEqual({ ok: true, userId });
    const entries = (await actionsOn("users")).slice(-12);
    expect(entries).toEqual([...phonesTyped.map(() => "phone"), "email", ...Array(4).fill("id")].map((kind) => ["user.searched", { by: kind, hits: 1 }]));
  });

  it("finds nothing by a part, and says so; that is an entry, too", async () => {
    for (const typed of ["0790111223", "wanjiku@example.ke", "o'brien@example.ke", crypto.randomUUID()]) expect(await by(typed), typed).toEqual({ ok: true, userId: null });
    expect((await actionsOn("users")).slice(-4)).toEqual(["phone", "email", "email", "id"].map((kind) => ["user.searched", { by: kind, hits: 0 }]));
  });

  it.each(["%", "*", "Wanjiku", "079011122", "790111", "@", "a@", "@b", "user/", "user:x", "0201234567", "+255712345678", "' OR 1=1 --", "\0", "\ud800", "👩🏾‍⚖️", "\u202e0790111222x", "x".repeat(255), `${"a".repeat(250)}@example.ke`, "9".repeat(10_000)])(
    "by %j is none", async (typed) => {
      const before = await office.primary.$count(auditEntries);
      expect(await by(typed)).toEqual({ ok: false, refusal: "identifier-unreadable" });
      expect(await office.primary.$count(auditEntries)).toBe(before);
    });

  it("by nothing, by no text, or by what is a person's, is refused", async () => {
    for (const typed of ["", "  "]) expect(await by(typed)).toEqual({ ok: false, refusal: "identifier-missing" });
    for (const typed of [null, 7, { by: "id" }, ["0790111222"]]) expect(await by(typed)).toEqual({ ok: false, refusal: "identifier-unreadable" });
    expect(await by("nser-111111111J")).toEqual({ ok: false, refusal: "reference-of-person" });
  });

  it("finds a deleted account, and no erased one by what it was registered under", async () => {
    const gone = await citizen();
    const by1 = { principal: { userId: "a", assignments: holding("super_admin") }, actor: { kind: "user", id: "a", origin: null } } as const;
    expect(await deleteUser(parts, by1, gone.userId, 1, "left")).toMatchObject({ ok: true });
    expect(await by(gone.number)).toEqual({ ok: true, userId: gone.userId });
    expect(await look(parts, { visitor, userId: gone.userId })).toMatchObject({ account: { deletedAt: expect.any(Number) } });
  });

  it("is not answered when its entry cannot be written", async () => {
    const batch = async () => {
      throw new Error("no answer in time");
    };
    const primary = Object.assign(Object.create(office.primary), { $client: { batch } });
    await expect(search(deskOf({ primary, nearest: primary }), { visitor, identifier: "0790111222" })).rejects.toThrow("no answer in time");
  });
});

describe("a look", () => {
  it("masks who it is, and tells roles, factors and how the latest ten sign-ins went", async () => {
    const { visitor } = await staff("grak_auditor");
    const { userId, number } = await citizen([{ role: "citizen", operator: null }, { role: "operator_user", operator: "opacme01" }]);
    for (let at = 1; at <= 12; at++) {
      const row = { id: uuidv7(at, random), userId, at, method: "password", outcome: at === 12 ? "wrong" : "succeeded", reasons: [], deviceId: null } as const;
      await insertSignIn(office.primary, row);
    }
    const seen = await look(parts, { visitor, userId });
    expect(seen).toMatchObject({
      account: {
        name: "W••• Q•••", phone: `+254 7•• ••• ${number.slice(-3)}`, state: "active", lock: null, lockedUntil: null, verification: null, isErased: false, phoneProvenAt: null,
        factors: { password: false, totp: false, passkey: false },
      },
    });
    if (!seen.ok) throw new Error(seen.refusal);
    expect(seen.account.roles.map(({ role }) => role).toSorted()).toEqual(["citizen", "operator_user"]);
    expect(seen.account.signIns.map(({ at, outcome }) => [at, outcome])).toEqual([[12, "wrong"], ...[11, 10, 9, 8, 7, 6, 5, 4, 3].map((at) => [at, "succeeded"])]);
    expect(JSON.stringify(seen)).not.toMatch(/Quuxworth|Wanjiku/);
    expect(JSON.stringify(seen)).not.toContain(number);
  });

  it.each([crypto.randomUUID(), "", "x", "' OR 1=1 --", null, 7])("at %j is at nothing", async (userId) => {
    const { visitor } = await staff("grak_officer");
    expect(await look(parts, { visitor, userId } as never)).toEqual({ ok: false, refusal: "not-found" });
    expect(await lock(parts, { visitor, userId, reason: "misused" } as never)).toEqual({ ok: false, refusal: "not-found" });
  });
});

describe("a verification", () => {
  const rowsOf = (userId: string) => office.primary.select().from(identityVerifications).where(eq(identityVerifications.userId, userId)).orderBy(identityVerifications.at).all();

  it("holds until a later step, and stays written", async () => {
    const { visitor, userId: officer } = await staff("grak_officer");
    const { userId } = await citizen();
    const sent = { visitor, userId, ...form(), ...SEEN };
    expect(await verify(parts, sent)).toEqual({ ok: true });
    expect(await verify(parts, sent)).toEqual({ ok: true });
    expect(await verify(parts, { ...sent, method: "national_id" })).toEqual({ ok: false, refusal: "command-reused" });
    expect(await look(parts, { visitor, userId })).toMatchObject({ account: { verification: { method: "passport", reason: "seen-in-person", by: `user:${officer}` } } });
    expect(await revoke(parts, { visitor, userId, ...form(), reason: "document-doubted" })).toEqual({ ok: true });
    expect(await look(parts, { visitor, userId })).toMatchObject({ account: { verification: null } });
    expect(await revoke(parts, { visitor, userId, ...form(), reason: "mistaken" })).toEqual({ ok: false, refusal: "unverified" });
    expect((await rowsOf(userId)).map(({ method, verdict, reason }) => [method, verdict, reason])).toEqual([["passport", "verified", "seen-in-person"], ["passport", "revoked", "document-doubted"]]);
    expect((await actionsOn(`user/${userId}`)).map((entry) => (entry as unknown[])[0])).toEqual(["user.verified", "user.verification-revoked"]);
  });

  it("noted in the same millisecond is still the later one", async () => {
    const { visitor } = await staff("grak_officer");
    const { userId } = await citizen();
    const now = Date.now();
    const still = deskOf(office, { clock: () => now });
    for (const method of ["passport", "national_id", "alien_id"]) await verify(still, { visitor, userId, ...form(), method, reason: "certified-copy" });
    expect(await look(still, { visitor, userId })).toMatchObject({ account: { verification: { method: "alien_id" } } });
    expect(new Set((await rowsOf(userId)).map(({ at }) => at)).size).toBe(3);
  });

  it("goes by the name that stood: another name ends it, another address does not", async () => {
    const { visitor, userId: officer } = await staff("grak_admin");
    const { userId } = await citizen();
    await verify(parts, { visitor, userId, ...form(), ...SEEN });
    const by = { principal: { userId: officer, assignments: holding("grak_admin") }, actor: { kind: "user", id: officer, origin: null } } as const;
    expect(await changeUser(parts, by, userId, 2, { email: `${crypto.randomUUID()}@example.test` })).toMatchObject({ ok: true });
    expect(await look(parts, { visitor, userId })).toMatchObject({ account: { verification: { verdict: "verified" } } });
    expect(await changeUser(parts, by, userId, 3, { name: "Somebody Else" })).toMatchObject({ ok: true });
    expect(await look(parts, { visitor, userId })).toMatchObject({ account: { verification: null } });
    expect((await rowsOf(userId)).at(-1)).toMatchObject({ verdict: "revoked", reason: "name-changed", method: "passport" });
  });

  it("by two at once, one of them seeing less, is one after the other or refused", async () => {
    const [one, other] = [await staff("grak_officer"), await staff("grak_admin")];
    const { userId } = await citizen();
    const answers = await Promise.all([one, other].map(({ visitor }) => verify(parts, { visitor, userId, ...form(), ...SEEN })));
    expect(await rowsOf(userId)).toHaveLength(answers.filter(({ ok }) => ok).length);
    for (const answer of answers) if (!answer.ok) expect(answer.refusal).toBe("conflict");
  });

  it.each([{ method: "msisdn" }, { method: "" }, { reason: "mistaken" }, { reason: "" }, { reason: "seen by me" }, { formId: "x" }, { method: null }])("of what is in no list is refused: %j", async (wrong) => {
    const { visitor } = await staff("grak_officer");
    const { userId } = await citizen();
    expect(await verify(parts, { visitor, userId, ...form(), ...SEEN, ...wrong } as never)).toEqual({ ok: false, refusal: "choice-missing" });
    expect(await rowsOf(userId)).toEqual([]);
  });

  it("of whom nobody knows any more is refused", async () => {
    const { visitor } = await staff("grak_officer");
    const { userId } = await citizen();
    await office.primary.$client.execute({ sql: "update users set dataKey = null, sealedProfile = null, phoneKey = null, emailKey = null where id = ?", args: [userId] });
    expect(await verify(parts, { visitor, userId, ...form(), ...SEEN })).toEqual({ ok: false, refusal: "erased" });
    expect(await look(parts, { visitor, userId })).toMatchObject({ account: { isErased: true, name: null } });
    expect(await showProfile(parts, { visitor, userId, reason: "a good reason" })).toEqual({ ok: false, refusal: "not-found" });
  });
});

describe("who somebody is", () => {
  it("is shown to who says why, once the audit log has it", async () => {
    const { visitor } = await staff("grak_officer");
    const { userId, number } = await citizen();
    expect(await showProfile(parts, { visitor, userId, reason: " complaint DR-111111111J " })).toMatchObject({ ok: true, profile: { name: "Wanjiku Quuxworth", phone: number } });
    expect(await actionsOn(`user/${userId}`)).toEqual([["identity.read", expect.objectContaining({ role: "grak_officer", reason: "complaint DR-111111111J" })]]);
  });

  it.each(["", "too short", "x".repeat(501), "called from 0712345678", "a@example.test asked", "two\nlines of it", null])("is not for the reason %j, and nothing is written", async (reason) => {
    const { visitor } = await staff("grak_officer");
    const { userId } = await citizen();
    expect(await showProfile(parts, { visitor, userId, reason } as never)).toEqual({ ok: false, refusal: "reason-unfit" });
    expect(await actionsOn(`user/${userId}`)).toEqual([]);
  });
});
