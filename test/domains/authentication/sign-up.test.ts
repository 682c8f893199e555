import { describe, expect, it } from "vitest";
import * as entrance from "../../../src/domains/authentication/sign-in/index.ts";
import type { AccountParts } from "../../../src/domains/authentication/parts.ts";
import type { Office } from "../../../src/office/database.ts";
import { before, citizen, entranceParts, freshPhone, international, PASSWORD, RIGHT_CODE, signUpForm, staff, whoIs } from "../../support/entrance.ts";
import { testOffice } from "../../support/office.ts";

const test = testOffice();

const HAS_ACCOUNT = { ok: false, refusal: "has-account", field: null };
const rows = async (query: string, ...args: string[]): Promise<any[]> => (await test.office.primary.$client.execute({ sql: query, args })).rows;
const usersOf = ({ accounts }: AccountParts, phone: string) => rows("select * from users where phoneKey = ?", accounts.phoneKey(international(phone)));
/** Everything that stands of accounts: what a refused sign-up leaves as it is. */
const everything = async () => {
  const tables = ["users", "roleAssignments", "passwords", "devices", "sessions", "signIns", "auditEntries", "commands"];
  return JSON.stringify(await Promise.all(tables.map((table) => rows(`select * from ${table} order by rowid`))));
};

/** The office whose next batch is done, and its answer lost. */
function losingAnswers(office: Office): Office {
  const { primary } = office;
  let lost = false;
  const batch = async (...given: Parameters<typeof primary.$client.batch>) => {
    const answer = await primary.$client.batch(...given);
    if (lost) return answer;
    lost = true;
    throw new Error("no answer in time");
  };
  return { ...office, primary: new Proxy(primary, { get: (target, key) => (key === "$client" ? { batch } : Reflect.get(target, key)) }) };
}

describe("signing up", () => {
  it("makes a citizen's account, its phone proven, and signs in: all in one commit", async () => {
    const { parts, time } = entranceParts(test.office);
    const { phone, entered } = await citizen(parts);
    const [user] = await usersOf(parts, phone);
    expect(user).toMatchObject({ state: "active", phoneProvenAt: time.now, emailKey: null, createdBy: "system:sign-up" });
    expect(parts.accounts.profileOf({ ...user, dataKey: new Uint8Array(user.dataKey), sealedProfile: new Uint8Array(user.sealedProfile) })).toEqual(
      { name: "Wanjirũ wa Ng'ang'a".normalize("NFC"), email: null, phone: international(phone), dateOfBirth: "1990-03-27" },
    );
    expect(await whoIs(parts, before(entered))).toMatchObject({ stage: "full", roles: [{ role: "citizen", operator: null }] });
    const entries = await rows("select action, payload, commandId from auditEntries where resource = ?", `user/${user.id}`);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ action: "user.signed-up", commandId: expect.stringMatching(/^sign-up /) });
    const [{ sealedHash }] = await rows("select sealedHash from passwords where userId = ?", user.id);
    expect(Buffer.from(sealedHash).toString("latin1")).not.toContain("argon2");
  });

  it("answers a form that comes again, after its answer got lost, with the same account", async () => {
    const { parts } = entranceParts(test.office);
    const form = signUpForm(freshPhone());
    await expect(entrance.signUp({ ...parts, office: losingAnswers(test.office) }, form)).rejects.toThrow("no answer in time");
    const again = await entrance.signUp(parts, form);
    expect(again).toMatchObject({ ok: true, entered: { stage: "full" } });
    expect(await usersOf(parts, form.phone)).toHaveLength(1);
    expect(again.ok && (await whoIs(parts, before(again.entered)))?.stage).toBe("full");
  });

  it("does not let the same form in with another password, nor make another account of it", async () => {
    const { parts } = entranceParts(test.office);
    const form = signUpForm(freshPhone());
    await entrance.signUp(parts, form);
    expect(await entrance.signUp(parts, { ...form, password: "some other words" })).toEqual(HAS_ACCOUNT);
    expect(await entrance.signUp(parts, { ...form, name: "Otieno" })).toEqual({ ok: false, refusal: "form-reused", field: null });
    expect(await entrance.signUp(parts, { ...form, phone: freshPhone() })).toEqual({ ok: false, refusal: "form-reused", field: null });
  });

  it("makes one account of a form sent twice at once, and of two forms for one phone", async () => {
    const { parts } = entranceParts(test.office);
    const form = signUpForm(freshPhone());
    const twice = await Promise.all([entrance.signUp(parts, form), entrance.signUp(parts, form)]);
    expect(twice).toMatchObject([{ ok: true }, { ok: true }]);
    const phone = freshPhone();
    const both = await Promise.all([entrance.signUp(parts, signUpForm(phone)), entrance.signUp(parts, signUpForm(phone))]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toEqual(HAS_ACCOUNT);
    expect([(await usersOf(parts, form.phone)).length, (await usersOf(parts, phone)).length]).toEqual([1, 1]);
  });
});

describe("a phone that has an account", () => {
  it.each([
    ["a citizen's", { role: "citizen", operator: null }], ["an officer's", { role: "grak_officer", operator: null }],
    ["an operator's administrator's", { role: "operator_admin", operator: "kenbet" }], ["a super administrator's", { role: "super_admin", operator: null }],
  ] as const)("%s: nothing is made and nothing changed, and its prover is told", async (_, held) => {
    const { parts } = entranceParts(test.office);
    const { phone } = await staff(parts, [held], "the words of another");
    const earlier = await everything();
    expect(await entrance.signUp(parts, signUpForm(phone))).toEqual(HAS_ACCOUNT);
    expect(await everything()).toBe(earlier);
  });

  it.each(["state = 'suspended'", "deletedAt = 1"])("is not made anew when %s", async (changed) => {
    const { parts } = entranceParts(test.office);
    const { phone, userId } = await staff(parts, []);
    await rows(`update users set ${changed} where id = ?`, userId);
    const earlier = await everything();
    expect(await entrance.signUp(parts, signUpForm(phone))).toEqual(HAS_ACCOUNT);
    expect(await everything()).toBe(earlier);
  });

  it("is not told to who cannot prove it, and a code is sent to it as to any other", async () => {
    const { parts, sent } = entranceParts(test.office);
    const [{ phone }, free] = [await citizen(parts), freshPhone()];
    for (const asked of [phone, free]) {
      expect(await entrance.sendCode(parts, signUpForm(asked))).toEqual({ ok: true, phone: international(asked) });
      expect(await entrance.signUp(parts, { ...signUpForm(asked), code: "000000" })).toEqual({ ok: false, refusal: "code-wrong", field: "code", triesLeft: 2 });
    }
    expect(sent.map(({ message }) => message)).toEqual(Array(2).fill(`NSER: your code is ${RIGHT_CODE}. It works for 10 minutes. Give it to nobody.`));
  });
});

describe("what keeps somebody from an account", () => {
  const cases: [string, object, object][] = [
    ["no name", { name: " " }, { refusal: "name-missing", field: "name" }],
    ["a name of control characters", { name: "a\nb" }, { refusal: "text-unreadable", field: "name" }],
    ["a name without end", { name: "x".repeat(101) }, { refusal: "text-too-long", field: "name" }],
    ["no date of birth", { dateOfBirth: "" }, { refusal: "birth-missing", field: "dateOfBirth" }],
    ["a day there was not", { dateOfBirth: "30 2 1990" }, { refusal: "birth-impossible", field: "dateOfBirth" }],
    ["18 tomorrow", { dateOfBirth: "5 11 2008" }, { refusal: "too-young", field: "dateOfBirth" }],
    ["a landline", { phone: "0201234567" }, { refusal: "phone-landline", field: "phone" }],
    ["no phone", { phone: "" }, { refusal: "phone-invalid", field: "phone" }],
  ];
  it.each(cases)("%s: no code, no account", async (_, wrong, refusal) => {
    const { parts, sent } = entranceParts(test.office);
    const form = { ...signUpForm(freshPhone()), ...wrong };
    const earlier = await everything();
    expect([await entrance.sendCode(parts, form), await entrance.signUp(parts, form)]).toEqual([{ ok: false, ...refusal }, { ok: false, ...refusal }]);
    expect([sent, await everything()]).toEqual([[], earlier]);
  });

  it("not a day too few in Nairobi, where it is tomorrow already", async () => {
    const { parts, time } = entranceParts(test.office);
    time.now = Date.UTC(2026, 10, 4, 21);
    expect(await entrance.signUp(parts, { ...signUpForm(freshPhone()), dateOfBirth: "2008-11-05" })).toMatchObject({ ok: true });
    time.now -= 1;
    expect(await entrance.signUp(parts, { ...signUpForm(freshPhone()), dateOfBirth: "2008-11-05" })).toMatchObject({ refusal: "too-young" });
  });

  it.each([["short", "seven77"], ["long", "x1".repeat(65)], ["guessable", "Wanjiru Wa Nganga"]])("a password that is %s", async (why, password) => {
    const { parts } = entranceParts(test.office);
    expect(await entrance.signUp(parts, { ...signUpForm(freshPhone()), password })).toEqual({ ok: false, refusal: `password-${why}`, field: "password" });
  });

  it("a password others know; not that nobody can say so", async () => {
    const asked: string[] = [];
    const known = (says: boolean | "unavailable") => entranceParts(test.office, { breached: async (password) => (asked.push(password), says) });
    expect(await entrance.signUp(known(true).parts, signUpForm(freshPhone()))).toEqual({ ok: false, refusal: "password-breached", field: "password" });
    expect(await entrance.signUp(known("unavailable").parts, signUpForm(freshPhone()))).toMatchObject({ ok: true });
    expect(await entrance.signUp(known(false).parts, signUpForm(freshPhone()))).toMatchObject({ ok: true });
    expect(asked).toEqual([PASSWORD, PASSWORD, PASSWORD]);
  });

  it.each([undefined, null, 3, {}, [], { formId: "x" }, { ...signUpForm("0712345678"), formId: "1; drop table users" }, { ...signUpForm("0712345678"), visitor: null }])(
    "what is no form of ours: %#", async (request) => {
      const { parts } = entranceParts(test.office);
      const reused = { ok: false, refusal: "form-reused", field: null };
      expect([await entrance.signUp(parts, request), await entrance.sendCode(parts, request)]).toEqual([reused, reused]);
    });
});
