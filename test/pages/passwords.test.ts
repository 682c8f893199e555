import { describe, expect, it } from "vitest";
import type { PasswordsRefusal } from "../../src/domains/authentication/passwords/rpc.ts";
import { RIGHT_CODE } from "./citizens.ts";
import { LINK } from "./passwords.ts";
import { visitor, type Visit } from "./browser.ts";

const PHONE = "0712345678";
const PASSWORD = "three zebras by the lake";

const wrongAt = ({ html }: Visit, field: string, words: string): boolean => new RegExp(`id="${field}-wrong">[^<]*${words}`).test(html);

describe("a reset", () => {
  async function atPassword() {
    const visit = visitor();
    const code = await visit.post("/reset/code", { ...(await visit.get("/reset")).fields, phone: "٠٧١٢٣٤٥٦٧٨" });
    const password = await visit.post("/reset/enter", { ...code.fields, code: RIGHT_CODE.replace(/^(\d{3})/, "$1 ") });
    return { ...visit, code, password };
  }

  it("goes from phone to code to password, and leads to signing in", async () => {
    const { code, password, post, get, passwords, cookies } = await atPassword();
    expect(code.html).toContain("If this number has an account");
    expect(code.html).toContain("+254712345678");
    expect(password.fields).toMatchObject({ link: LINK, password: "" });
    const done = await post("/reset/password", { ...password.fields, password: ` ${PASSWORD} ` });
    expect([done.status, done.headers.get("location")]).toEqual([303, "/reset/done"]);
    expect((await get("/reset/done")).html).toContain('href="/sign-in"');
    expect(passwords.asked("startReset")).toMatchObject([{ phone: PHONE, again: false, locale: "en" }]);
    expect(passwords.asked("finishReset")).toMatchObject([{ phone: PHONE, code: RIGHT_CODE, formId: code.fields.formId }]);
    expect(passwords.asked("setPassword")).toMatchObject([{ link: LINK, password: ` ${PASSWORD} ` }]);
    // Nobody is signed in by it.
    expect([...cookies.keys()]).toEqual([]);
  });

  it.each<[string, PasswordsRefusal, number, string, string]>([
    ["/reset/code", { refusal: "phone-landline", field: "phone" }, 422, "phone", "landline"],
    ["/reset/code", { refusal: "too-many-codes", field: "phone", minutes: 7 }, 429, "phone", "7 minutes"],
    ["/reset/enter", { refusal: "code-wrong", field: "code", triesLeft: 2 }, 422, "code", "2 more tries"],
    ["/reset/enter", { refusal: "code-used-up", field: "code" }, 422, "code", "no longer be used"],
    ["/reset/password", { refusal: "password-short", field: "password" }, 422, "password", "at least 8"],
    ["/reset/password", { refusal: "password-breached", field: "password" }, 422, "password", "known to others"],
  ])("%s says what is wrong beside its field", async (path, refusal, status, field, words) => {
    const { post, passwords, code, password } = await atPassword();
    passwords.refusal = refusal;
    const answer = await post(path, { ...code.fields, ...password.fields, phone: PHONE, code: RIGHT_CODE, password: PASSWORD });
    expect([answer.status, wrongAt(answer, field, words)]).toEqual([status, true]);
    expect(answer.html).not.toContain(PASSWORD);
  });

  it.each([["/reset/code", { phone: "" }, "phone"], ["/reset/enter", { code: "" }, "code"], ["/reset/password", { password: "" }, "password"]])("%s says what is missing, and asks nobody", async (path, missing, field) => {
    const { post, passwords, code, password } = await atPassword();
    const asked = passwords.calls.length;
    const answer = await post(path, { ...code.fields, ...password.fields, phone: PHONE, code: RIGHT_CODE, password: PASSWORD, ...missing });
    expect([answer.status, wrongAt(answer, field, "Enter"), passwords.calls.length]).toEqual([400, true, asked]);
  });

  it("begins again when its link is over", async () => {
    const { post } = await atPassword();
    const answer = await post("/reset/password", { link: "another", password: PASSWORD });
    expect([answer.status, answer.html.includes("Begin again"), answer.html.includes('action="/reset/code"')]).toEqual([409, true, true]);
  });

  it("leads whoever's role demands more to an activation", async () => {
    const { post, passwords, code } = await atPassword();
    passwords.refusal = { refusal: "activation-due", field: null };
    const answer = await post("/reset/enter", { ...code.fields, code: RIGHT_CODE });
    expect([answer.status, answer.html.includes('href="/activate"')]).toEqual([403, true]);
  });

  it("switches language at each step without doing anything, and keeps its link", async () => {
    const { post, passwords, code, password } = await atPassword();
    const asked = passwords.calls.length;
    expect((await post("/reset", { ...code.fields, lang: "sw" })).html).toContain("Weka nenosiri jipya");
    expect((await post("/reset/code", { ...code.fields, lang: "sw" })).html).toContain("Kama nambari hii ina akaunti");
    const swahili = await post("/reset/password", { ...password.fields, password: PASSWORD, lang: "sw" });
    expect([swahili.fields.link, swahili.html.includes(PASSWORD), passwords.calls.length]).toEqual([LINK, false, asked]);
  });

  it("in the middle of which the beginning is missing starts again", async () => {
    const { post } = visitor();
    for (const path of ["/reset/code", "/reset/enter", "/activate/code", "/activate/confirm", "/account/phone/code", "/account/phone/change"]) {
      expect((await post(path, { formId: "x", phone: PHONE, code: RIGHT_CODE })).status).toBe(400);
    }
  });

  it("writes nothing of phone, code, link or password into the log or an address, and into no page that fails", async () => {
    const { post, passwords, code, password, logged } = await atPassword();
    Object.assign(passwords, { setPassword: async () => Promise.reject(new Error("origin is gone")) });
    const answer = await post("/reset/password", { ...password.fields, password: PASSWORD });
    expect([answer.status, answer.fields.link, answer.html.includes(PASSWORD)]).toEqual([503, LINK, false]);
    expect(logged.map((line) => JSON.parse(line)["url.path"])).toEqual(["/reset", "/reset/code", "/reset/enter", "/reset/password"]);
    for (const secret of [PHONE, RIGHT_CODE, LINK, PASSWORD, code.fields.formId!]) expect(logged.join()).not.toContain(secret);
  });
});

describe("an activation", () => {
  async function atCode() {
    const visit = visitor();
    const start = await visit.get("/activate");
    const code = await visit.post("/activate/code", { ...start.fields, link: ` ${LINK.slice(0, 20)}\n${LINK.slice(20)} `, phone: PHONE });
    return { ...visit, code };
  }

  it("goes from key and phone to code and password", async () => {
    const { post, get, passwords, code, logged } = await atCode();
    const done = await post("/activate/confirm", { ...code.fields, code: RIGHT_CODE, password: PASSWORD });
    expect([done.status, done.headers.get("location")]).toEqual([303, "/activate/done"]);
    expect((await get("/activate/done")).html).toContain('href="/sign-in"');
    expect(passwords.asked("startActivation")).toMatchObject([{ link: LINK, phone: PHONE }]);
    expect(passwords.asked("activate")).toMatchObject([{ link: LINK, phone: PHONE, code: RIGHT_CODE, password: PASSWORD }]);
    expect(logged.join()).not.toContain(LINK);
  });

  it.each<[PasswordsRefusal, number, string, string]>([
    [{ refusal: "link-over", field: "link" }, 422, "link", "too old"],
    [{ refusal: "phone-taken", field: "phone" }, 422, "phone", "has another account"],
    [{ refusal: "code-expired", field: "code" }, 422, "code", "too old"],
    [{ refusal: "password-guessable", field: "password" }, 422, "password", "easy to guess"],
  ])("says what is wrong beside its field: %o", async (refusal, status, field, words) => {
    const { post, passwords, code } = await atCode();
    passwords.refusal = refusal;
    const answer = await post("/activate/confirm", { ...code.fields, code: RIGHT_CODE, password: PASSWORD });
    expect([answer.status, wrongAt(answer, field, words), answer.fields.link]).toEqual([status, true, LINK]);
    expect(answer.html).not.toContain(PASSWORD);
  });

  it("with a key of hostile letters shows them as letters", async () => {
    const { post, code } = await atCode();
    const answer = await post("/activate/code", { ...code.fields, link: '"><script>alert(1)</script>' });
    expect([answer.status, answer.html.includes("<script>"), answer.fields.link]).toEqual([422, false, '"><script>alert(1)</script>']);
  });
});

describe("one's own password", () => {
  it("is changed with the one before", async () => {
    const { get, post, passwords } = visitor();
    expect((await get("/account/security/password")).html).toContain('autocomplete="current-password"');
    const done = await post("/account/security/password", { current: "old", password: PASSWORD });
    expect([done.status, done.headers.get("location")]).toEqual([303, "/account/security/password/done"]);
    expect((await get("/account/security/password/done")).status).toBe(200);
    expect(passwords.asked("changePassword")).toMatchObject([{ current: "old", password: PASSWORD }]);
  });

  it.each<[PasswordsRefusal, number, string | null, string]>([
    [{ refusal: "password-wrong", field: "current" }, 422, "current", "not your password now"],
    [{ refusal: "password-locked", field: "current", minutes: 12 }, 429, "current", "12 minutes"],
    [{ refusal: "changed-meanwhile", field: null }, 409, null, "changed elsewhere"],
  ])("is refused in words: %o", async (refusal, status, field, words) => {
    const { post, passwords } = visitor();
    passwords.refusal = refusal;
    const answer = await post("/account/security/password", { current: "old secret", password: PASSWORD });
    expect([answer.status, field === null ? answer.html.includes(words) : wrongAt(answer, field, words)]).toEqual([status, true]);
    for (const secret of ["old secret", PASSWORD]) expect(answer.html).not.toContain(secret);
  });

  it.each(["current", "password"])("wants both: without %s nobody is asked", async (field) => {
    const { post, passwords } = visitor();
    const answer = await post("/account/security/password", { current: "old", password: PASSWORD, [field]: "" });
    expect([answer.status, wrongAt(answer, field, "Enter"), passwords.calls]).toEqual([400, true, []]);
  });
});

describe("one's own phone", () => {
  it("is changed by a code to the new one", async () => {
    const { get, post, passwords } = visitor();
    const start = await get("/account/phone");
    expect(start.html).toContain("+254 7•• ••• 678");
    const code = await post("/account/phone/code", { ...start.fields, phone: "0733 000 111" });
    const done = await post("/account/phone/change", { ...code.fields, code: RIGHT_CODE });
    expect([done.status, done.headers.get("location")]).toEqual([303, "/account/phone/done"]);
    expect((await get("/account/phone/done")).status).toBe(200);
    expect(passwords.asked("changePhone")).toMatchObject([{ phone: "0733 000 111", code: RIGHT_CODE, formId: start.fields.formId }]);
  });

  it("that another account has is refused beside the phone, to who proved it", async () => {
    const { get, post, passwords } = visitor();
    const code = await post("/account/phone/code", { ...(await get("/account/phone")).fields, phone: PHONE });
    passwords.refusal = { refusal: "phone-taken", field: "phone" };
    const answer = await post("/account/phone/change", { ...code.fields, code: RIGHT_CODE });
    expect([answer.status, wrongAt(answer, "phone", "has another account")]).toEqual([422, true]);
  });

  it("asks for another code only where one is wanted", async () => {
    const { get, post, passwords } = visitor();
    const code = await post("/account/phone/code", { ...(await get("/account/phone")).fields, phone: PHONE });
    const again = await post("/account/phone/code", { ...code.fields, again: "yes" });
    expect(again.html).toContain("another code");
    expect(passwords.asked("startPhoneChange").map((asked) => asked.again)).toEqual([false, true]);
  });
});

describe("whoever may not be here yet", () => {
  const LEADS = [
    ["signed-out", "/sign-in"], ["second-factor-due", "/sign-in/second"], ["enrolment-due", "/account/security"], ["proof-due", "/account/prove?next="],
  ] as const;

  it.each(LEADS)("is led on: %s", async (refusal, leads) => {
    const { get, post, passwords } = visitor();
    const due = { refusal, field: null } as const;
    const asked = [
      () => get("/account/security/password"), () => get("/account/phone"), () => post("/account/security/password", { current: "x", password: PASSWORD }),
      async () => post("/account/phone/code", { formId: "00000000-0000-7000-8000-000000000001", phone: PHONE }),
      async () => post("/account/phone/change", { formId: "00000000-0000-7000-8000-000000000001", phone: PHONE, code: RIGHT_CODE }),
    ];
    for (const ask of asked) {
      passwords.refusal = due;
      const answer = await ask();
      expect([answer.status, answer.headers.get("location")!.startsWith(leads)]).toEqual([303, true]);
    }
  });
});
