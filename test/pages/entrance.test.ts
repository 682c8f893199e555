import { describe, expect, it } from "vitest";
import { visitor } from "./browser.ts";
import { RIGHT_CODE } from "./citizens.ts";
import { ENTERED, PASSWORD } from "./entrance.ts";

const PHONE = "0712345678";
const PERSON = { phone: PHONE, name: "Wanjirũ wa Ng'ang'a", dateOfBirth: "٢٧ ٣ ١٩٩٠" };
const HELD = { session: "__Host-session", device: "__Host-device" };

async function signedIn() {
  const visit = visitor();
  await visit.post("/sign-in", { phone: PHONE, password: PASSWORD });
  return visit;
}

describe("signing in", () => {
  it("keeps session and device where no script and no other host reaches them, and leads on", async () => {
    const { post, entrance } = visitor();
    const answer = await post("/sign-in", { phone: "٠٧١٢٣٤٥٦٧٨", password: PASSWORD });
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/sign-in/done"]);
    expect(entrance.asked("signIn")).toEqual([expect.objectContaining({ phone: PHONE, password: PASSWORD, locale: "en", visitor: expect.objectContaining({ session: null, device: null }) })]);
    const [session, device] = answer.headers.getSetCookie();
    expect(session).toMatch(new RegExp(`^__Host-session=${ENTERED.session};`));
    for (const cookie of [session!, device!]) for (const flag of ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"]) expect(cookie).toContain(flag);
    expect(session).not.toMatch(/max-age|expires/i);
    expect(device).toMatch(/^__Host-device=d+; Max-Age=34560000/);
  });

  it("over plain HTTP, on a laptop, keeps them too", async () => {
    const { post, cookies } = visitor({ scheme: "http" });
    await post("/sign-in", { phone: PHONE, password: PASSWORD });
    expect([...cookies.keys()].toSorted()).toEqual(["device", "session"]);
  });

  it.each([["second-factor", "/sign-in/second"], ["enrolment", "/account/security"], ["full", "/sign-in/done"]] as const)("at the stage %s goes on at %s", async (stage, at) => {
    const { post, get, entrance } = visitor();
    entrance.entered = { ...ENTERED, stage };
    expect((await post("/sign-in", { phone: PHONE, password: PASSWORD })).headers.get("location")).toBe(at);
    entrance.known = { stage, roles: [], phone: null };
    const done = await get("/sign-in/done");
    expect([done.status, done.headers.get("location")]).toEqual(stage === "full" ? [200, null] : [303, at]);
  });

  it("leads back to where somebody was sent from, through a wrong password and another language", async () => {
    const { get, post } = visitor();
    const next = "/oauth/authorize?client_id=a&redirect_uri=https%3A%2F%2Felsewhere.test%2F";
    let { fields } = await get(`/sign-in?${new URLSearchParams({ next })}`);
    for (const typed of [{ password: "wrong" }, { password: "", lang: "sw" }]) fields = (await post("/sign-in", { ...fields, phone: PHONE, ...typed })).fields;
    expect((await post("/sign-in", { ...fields, phone: PHONE, password: PASSWORD })).headers.get("location")).toBe(next);
  });

  it("takes it along to the second factor", async () => {
    const { post, entrance } = visitor();
    entrance.entered = { ...ENTERED, stage: "second-factor" };
    const answer = await post("/sign-in", { phone: PHONE, password: PASSWORD, next: "/staff/users" });
    expect(answer.headers.get("location")).toBe("/sign-in/second?next=%2Fstaff%2Fusers");
  });

  it.each([
    "//elsewhere.test", "https://elsewhere.test/account", "/\\elsewhere.test", "/account/../../x", "/account//x", "/account\n/x", "/sign-out", "/exit", "account", "/account?\r\nx", "/account?é",
    "javascript:alert(1)", "/oauth/@elsewhere.test", "/account#x", " /account",
  ])("leads to none but pages of ours: %j", async (next) => {
    const { post } = visitor();
    expect((await post("/sign-in", { phone: PHONE, password: PASSWORD, next })).headers.get("location")).toBe("/sign-in/done");
  });

  it.each([
    [{ refusal: "sign-in-failed", field: null }, 403, "do not go together"],
    [{ refusal: "sign-in-locked", field: null, minutes: 12 }, 429, "Try again in 12 minutes"],
    [{ refusal: "too-many-tries", field: null, minutes: 1 }, 429, "from your network. Try again in one minute"],
    [{ refusal: "phone-foreign", field: "phone" }, 422, "not Kenyan"],
  ] as const)("says why not: %o", async (refusal, status, words) => {
    const { post, entrance, cookies } = visitor();
    entrance.refusal = refusal;
    const answer = await post("/sign-in", { phone: PHONE, password: PASSWORD });
    expect([answer.status, answer.fields.phone, answer.fields.password, answer.html.includes(words), cookies.size]).toEqual([status, PHONE, "", true, 0]);
  });

  it.each([[{ phone: "", password: "x" }, "Enter your mobile number."], [{ phone: PHONE, password: "" }, "Enter a password."]])("asks for what is missing: %o", async (fields, words) => {
    const { post, entrance } = visitor();
    const answer = await post("/sign-in", fields);
    expect([answer.status, answer.html.includes(words), entrance.calls]).toEqual([400, true, []]);
  });

  it("never writes a password into a page: not in another language, not when origin is gone", async () => {
    const { post, entrance } = visitor();
    const french = await post("/sign-in", { phone: PHONE, password: PASSWORD, lang: "fr" });
    entrance.gone = true;
    const gone = [await post("/sign-in", { phone: PHONE, password: PASSWORD }), await post("/sign-up/confirm", { formId: crypto.randomUUID(), ...PERSON, code: RIGHT_CODE, password: PASSWORD })];
    expect([french.status, ...gone.map(({ status }) => status)]).toEqual([200, 503, 503]);
    for (const { html } of [french, ...gone]) expect(html).not.toContain(PASSWORD);
    entrance.gone = false;
    expect((await post("/sign-up/confirm", gone[1]!.fields)).html).toContain("Saisissez un mot de passe.");
  });

  it("keeps a password as it was typed, spaces and all", async () => {
    const { post, entrance } = visitor();
    await post("/sign-in", { phone: ` ${PHONE} `, password: " ١٢ x " });
    expect(entrance.asked("signIn")[0]).toMatchObject({ phone: PHONE, password: " ١٢ x " });
  });
});

describe("signing up", () => {
  it("asks who it is for, then for the code and a password, and is signed in", async () => {
    const { get, post, entrance, cookies } = visitor();
    const details = await get("/sign-up");
    const code = await post("/sign-up/code", { ...details.fields, ...PERSON });
    expect(code.html).toContain("+254712345678");
    const done = await post("/sign-up/confirm", { ...code.fields, code: "123 456", password: PASSWORD });
    expect([done.status, done.headers.get("location"), cookies.get(HELD.session)]).toEqual([303, "/sign-in/done", ENTERED.session]);
    const [sent, made] = [entrance.asked("sendCode")[0], entrance.asked("signUp")[0]];
    expect(sent).toMatchObject({ ...PERSON, dateOfBirth: "27 3 1990", formId: details.fields.formId, again: false });
    expect(made).toMatchObject({ ...PERSON, dateOfBirth: "27 3 1990", formId: details.fields.formId, code: RIGHT_CODE, password: PASSWORD });
  });

  it.each([
    [{ refusal: "too-young", field: "dateOfBirth" }, "/sign-up/code", 422, "18 or older", "Date of birth"],
    [{ refusal: "name-missing", field: "name" }, "/sign-up/confirm", 422, "Enter a name.", "Date of birth"],
    [{ refusal: "too-many-codes", field: "phone", minutes: 3 }, "/sign-up/code", 429, "in 3 minutes", "Date of birth"],
    [{ refusal: "sms-failed", field: "phone" }, "/sign-up/code", 503, "could not be sent", "Date of birth"],
    [{ refusal: "code-wrong", field: "code", triesLeft: 1 }, "/sign-up/confirm", 422, "one more try", "Choose a password"],
    [{ refusal: "password-breached", field: "password" }, "/sign-up/confirm", 422, "known to others", "Choose a password"],
    [{ refusal: "has-account", field: null }, "/sign-up/confirm", 409, "Nothing was made and nothing was changed", "Sign in"],
    [{ refusal: "form-reused", field: null }, "/sign-up/confirm", 409, "already used", "Start again"],
  ] as const)("shows the step that is wrong: %o", async (refusal, path, status, words, beside) => {
    const { post, entrance, cookies } = visitor();
    entrance.refusal = refusal;
    const answer = await post(path, { formId: crypto.randomUUID(), ...PERSON, code: RIGHT_CODE, password: PASSWORD });
    expect([answer.status, cookies.size]).toEqual([status, 0]);
    expect(answer.html).toContain(words);
    expect(answer.html).toContain(beside);
    expect(answer.html).not.toContain(PASSWORD);
  });

  it("begins anew without its beginning", async () => {
    const { post, entrance } = visitor();
    for (const path of ["/sign-up/code", "/sign-up/confirm"]) expect((await post(path, { ...PERSON, formId: "1" })).status).toBe(400);
    expect(entrance.calls).toEqual([]);
  });

  it("goes back with what was typed, sends another code, and speaks another language", async () => {
    const { post, entrance } = visitor();
    const typed = { formId: "01890a5d-ac96-774b-bcce-b302099a8057", ...PERSON };
    expect((await post("/sign-up", typed)).fields).toMatchObject({ formId: typed.formId, name: PERSON.name, phone: PHONE });
    expect((await post("/sign-up/code", { ...typed, again: "yes" })).html).toContain("another code");
    expect((await post("/sign-up/code", { ...typed, sentTo: "+254712345678", lang: "sw" })).html).toContain("Chagua nenosiri");
    expect((await post("/sign-up/confirm", { ...typed, sentTo: "+254712345678", lang: "sw" })).html).toContain("Chagua nenosiri");
    expect(entrance.calls.map(({ verb }) => verb)).toEqual(["sendCode"]);
  });

  it("shows what was typed as it was typed, never as a page's own words", async () => {
    const { post, entrance } = visitor();
    const hostile = `"><script>alert(1)</script>`;
    const fields = { formId: "01890a5d-ac96-774b-bcce-b302099a8057", phone: hostile, name: hostile, dateOfBirth: hostile, code: hostile, sentTo: hostile, password: hostile };
    for (const path of ["/sign-up", "/sign-up/code", "/sign-up/confirm", "/sign-in"]) expect((await post(path, fields)).html).not.toContain("<script");
    expect(entrance.calls).not.toEqual([]);
  });
});

describe("whoever is signed in", () => {
  it("sees whose account it is, and a way to it on each page; others are asked to sign in, and origin is not asked about them", async () => {
    const { get, entrance } = await signedIn();
    expect((await get("/sign-in/done")).html).toContain("+254 7•• ••• 678");
    expect((await get("/exclude")).html).toContain('<a href="/sign-in/done">Your account</a>');
    entrance.known = null;
    expect((await get("/sign-in/done")).headers.get("location")).toBe("/sign-in");
    const other = visitor();
    expect((await other.get("/sign-in/done")).headers.get("location")).toBe("/sign-in");
    expect((await other.get("/exclude")).html).toContain('<a href="/sign-in">Sign in</a>');
    expect(other.entrance.calls).toEqual([]);
  });

  it("goes, and the session with them; the browser is known again", async () => {
    const { post, entrance, cookies } = await signedIn();
    const gone = await post("/sign-out", {});
    expect([gone.status, gone.headers.get("location")]).toEqual([303, "/"]);
    expect(entrance.asked("signOut")).toEqual([expect.objectContaining(({ session: ENTERED.session, device: ENTERED.device }))]);
    expect([cookies.has(HELD.session), cookies.has(HELD.device)]).toEqual([false, true]);
  });

  it("keeps the session when origin is gone, so that it can be ended yet", async () => {
    const { post, entrance, cookies } = await signedIn();
    entrance.gone = true;
    expect([(await post("/sign-out", {})).status, cookies.has(HELD.session)]).toEqual([503, true]);
  });

  it("leaves quickly without a trace", async () => {
    const { get, cookies } = await signedIn();
    await get("/exit");
    expect(cookies.has(HELD.session)).toBe(false);
  });

  it.each(["/sign-in", "/sign-up/confirm", "/sign-out"])("is not signed in or out by another site's form: %s", async (path) => {
    const { post, entrance } = visitor();
    const answer = await post(path, { phone: PHONE, password: PASSWORD }, { "origin": "https://elsewhere.test", "sec-fetch-site": "cross-site" });
    expect([answer.status, entrance.calls]).toEqual([403, []]);
  });
});
