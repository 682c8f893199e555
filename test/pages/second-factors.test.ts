import { encode } from "uqr";
import { describe, expect, it } from "vitest";
import { picturedIn } from "../support/pictures.ts";
import { CODES, SECRET } from "./factors.ts";
import { visitor } from "./browser.ts";

const location = ({ status, headers }: { status: number; headers: Headers }) => [status, headers.get("location")];

describe("the second step of signing in", () => {
  const due = () => {
    const visit = visitor();
    visit.factors.stage = "second-factor";
    return visit;
  };

  it("asks for the app's code, takes it as it is typed, and keeps the session that follows", async () => {
    const { get, post, factors, cookies } = due();
    const asked = await get("/sign-in/second");
    expect([asked.status, asked.fields]).toEqual([200, { way: "totp", next: "/account", code: "" }]);
    expect(asked.html).toContain('autocomplete="one-time-code"');
    expect(location(await post("/sign-in/second", { ...asked.fields, code: " ١٢٣ ٤٥٦ " }))).toEqual([303, "/account"]);
    expect(factors.asked("secondFactor")).toMatchObject([{ way: "totp", text: "123 456", visitor: { session: null } }]);
    expect(cookies.get("__Host-session")).toBe("s".repeat(43));
  });

  it("leads back to where somebody came in from, through another factor and a wrong code", async () => {
    const { get, post, factors } = due();
    const next = "/staff/users";
    let { fields } = await get(`/sign-in/second?${new URLSearchParams({ next })}`);
    ({ fields } = await post("/sign-in/second", { ...fields, instead: "recovery-code" }));
    factors.refusals.secondFactor = { refusal: "factor-wrong" };
    ({ fields } = await post("/sign-in/second", { ...fields, code: "wrong" }));
    delete factors.refusals.secondFactor;
    expect(location(await post("/sign-in/second", { ...fields, code: CODES[0]! }))).toEqual([303, next]);
  });

  it("goes by a recovery code too, chosen without sending one", async () => {
    const { post, factors } = due();
    const other = await post("/sign-in/second", { way: "totp", code: "123456", instead: "recovery-code" });
    expect([other.fields, factors.asked("secondFactor")]).toEqual([{ way: "recovery-code", next: "/account", code: "" }, []]);
    await post("/sign-in/second", { ...other.fields, code: CODES[0]! });
    expect(factors.asked("secondFactor")).toMatchObject([{ way: "recovery-code", text: CODES[0] }]);
  });

  it("says what is wrong beside the field, how long to wait, and shows nothing typed again", async () => {
    const { post, factors } = due();
    const empty = await post("/sign-in/second", { way: "totp", code: " " });
    expect([empty.status, empty.html.includes("Enter the code that the app shows.")]).toEqual([400, true]);
    factors.refusals.secondFactor = { refusal: "factor-wrong" };
    const wrong = await post("/sign-in/second", { way: "totp", code: "123456" });
    expect([wrong.status, wrong.html.includes('id="code-wrong"'), wrong.fields.code]).toEqual([422, true, ""]);
    factors.refusals.secondFactor = { refusal: "factor-locked", minutes: 29 };
    const locked = await post("/sign-in/second", { way: "totp", code: "123456" });
    expect([locked.status, locked.html.includes("Try again in 29 minutes.")]).toEqual([429, true]);
  });

  it.each(["password", "passkey", "constructor", ""])("asks again for what the account has, and sends no %j", async (way) => {
    const { post, factors } = due();
    await post("/sign-in/second", { way, password: "secret", code: "" });
    expect(factors.asked("secondFactor")).toEqual([]);
  });
});

describe("whoever has something to do first is led there", () => {
  const PAGES = ["/account/security", "/account/security/totp", "/account/security/recovery-codes"];
  const VERBS = ["overview", "overview", "overview"] as const;

  it.each([
    ["signed-out", "/sign-in?next=%2Faccount%2Fsecurity"], ["second-factor-due", "/sign-in/second"], ["enrolment-due", "/account/security"],
  ] as const)("%s", async (refusal, place) => {
    for (const [at, path] of PAGES.entries()) {
      const { get, factors } = visitor();
      factors.refusals[VERBS[at]!] = { refusal };
      expect(location(await get(path))).toEqual([303, place]);
    }
    const { get, factors } = visitor();
    factors.refusals.ways = { refusal };
    expect(location(await get("/account/prove"))).toEqual([303, place]);
  });

  it("somebody signed out loses the cookie that opens nothing any more", async () => {
    const { get, factors, cookies } = visitor();
    cookies.set("__Host-session", "x".repeat(43));
    factors.refusals.overview = { refusal: "signed-out" };
    await get("/account/security");
    expect(cookies.has("__Host-session")).toBe(false);
  });

  it("by where they stand: nobody proves who is between two factors, and nobody signed in shows a second again", async () => {
    const { get, factors } = visitor();
    expect(location(await get("/sign-in/second"))).toEqual([303, "/account/security"]);
    factors.stage = "second-factor";
    expect(location(await get("/account/prove"))).toEqual([303, "/sign-in/second"]);
  });
});

describe("step-up", () => {
  it("comes before what is dangerous, and leads back to its page", async () => {
    const { get, post, factors } = visitor();
    factors.refusals.startTotp = { refusal: "proof-due" };
    const away = await post("/account/security/totp", {});
    expect(location(away)).toEqual([303, "/account/prove?next=%2Faccount%2Fsecurity%2Ftotp"]);
    const asked = await get(away.headers.get("location")!);
    expect(asked.fields).toEqual({ way: "totp", next: "/account/security/totp", code: "" });
    factors.refusals.prove = { refusal: "factor-wrong" };
    const wrong = await post("/account/prove", { ...asked.fields, code: "000000" });
    expect([wrong.status, wrong.fields.next]).toEqual([422, "/account/security/totp"]);
    delete factors.refusals.prove;
    expect(location(await post("/account/prove", { ...wrong.fields, code: "123456" }))).toEqual([303, "/account/security/totp"]);
  });

  it("is by password for whoever has nothing else, as it was typed", async () => {
    const { get, post, factors } = visitor();
    factors.possible = ["password"];
    const asked = await get("/account/prove");
    expect([asked.fields, asked.html.includes('type="password"')]).toEqual([{ way: "password", next: "/account/security", password: "" }, true]);
    await post("/account/prove", { ...asked.fields, password: " ٣ blanks " });
    expect(factors.asked("prove")).toMatchObject([{ way: "password", text: " ٣ blanks " }]);
  });

  it("is by passkey for whoever has nothing to type, and offers it beside what can be typed", async () => {
    const { get, factors } = visitor();
    factors.possible = ["passkey"];
    expect(location(await get("/account/prove?next=/my/access"))).toEqual([303, "/account/prove/passkey?next=%2Fmy%2Faccess"]);
    factors.possible = ["totp", "passkey"];
    expect((await get("/account/prove?next=/my/access")).html).toContain('href="/account/prove/passkey?next=%2Fmy%2Faccess"');
  });

  it.each([
    "//evil.test", "/\\evil.test", "\\\\evil.test", "https://evil.test", "https:evil.test", "HTTPS:/evil.test", "javascript:alert(1)", "data:text/html,x", "evil.test", "",
    "/account//evil.test", "/account/../exit", "/account/.", "/exit", "/account/%2f%2fevil", "/account#x", "/account/\t/evil", "/account\n/x", " /account",
    "/account/", "/account@evil.test", "//account", "/%61ccount", "/accounts",
  ])("never leads anywhere but to our own pages: %j", async (next) => {
    const { get, post } = visitor();
    const asked = await get(`/account/prove?${new URLSearchParams({ next })}`);
    expect(asked.fields.next).toBe("/account/security");
    expect(location(await post("/account/prove", { way: "totp", code: "123456", next }))).toEqual([303, "/account/security"]);
  });

  it("switches language without sending what was typed", async () => {
    const { post, factors } = visitor();
    const swahili = await post("/account/prove", { way: "totp", code: "123456", next: "/account/devices", lang: "sw" });
    expect([swahili.html.includes("Bado ni wewe?"), swahili.fields.next, factors.asked("prove")]).toEqual([true, "/account/devices", []]);
  });
});

describe("an authenticator app", () => {
  it("is shown as a picture, as an address and to be typed; with its code come recovery codes and another session", async () => {
    const { get, post, cookies } = visitor();
    expect((await get("/account/security/totp")).html).toContain("takes the place");
    const setup = await post("/account/security/totp", {});
    for (const shown of ["<svg role=\"img\"", SECRET.match(/.{4}/g)!.join(" "), `secret=${SECRET}&amp;`]) expect(setup.html).toContain(shown);
    expect(setup.html).not.toContain("style=");
    expect(setup.html.length).toBeLessThan(50_000);
    const done = await post("/account/security/totp/confirm", { code: "123456" });
    for (const code of CODES) expect(done.html).toContain(`>${code}<`);
    expect([done.status, cookies.get("__Host-session"), done.headers.get("cache-control")]).toEqual([200, "s".repeat(43), "no-store"]);
  });

  it("is drawn module by module as the code has it", async () => {
    const { html } = await visitor().post("/account/security/totp", {});
    const { size, data } = encode(/href="(otpauth:[^"]*)"/.exec(html)![1]!.replaceAll("&amp;", "&"), { border: 4 });
    expect(picturedIn(html)).toEqual(data);
    expect(html).toContain(`viewBox="0 0 ${size} ${size}"`);
  });

  it("that does not agree is shown again, and one that took too long is begun again", async () => {
    const { post, factors } = visitor();
    factors.refusals.confirmTotp = { refusal: "factor-wrong" };
    const wrong = await post("/account/security/totp/confirm", { code: "000000" });
    expect([wrong.status, wrong.html.includes("<svg role"), wrong.html.includes('id="code-wrong"')]).toEqual([422, true, true]);
    factors.refusals.confirmTotp = { refusal: "totp-not-begun" };
    const late = await post("/account/security/totp/confirm", { code: "123456" });
    expect([late.status, late.html.includes("Begin again."), late.html.includes("<svg role")]).toEqual([409, true, false]);
  });

  it("is removed where that may be", async () => {
    const { get, post, factors } = visitor();
    expect((await get("/account/security/totp")).html).toContain('formaction="/account/security/totp/remove"');
    expect(location(await post("/account/security/totp/remove", {}))).toEqual([303, "/account/security"]);
    factors.held = { ...factors.held, demanded: true };
    expect((await get("/account/security/totp")).html).not.toContain("totp/remove");
    factors.refusals.removeTotp = { refusal: "factor-needed" };
    const needed = await post("/account/security/totp/remove", {});
    expect([needed.status, needed.html.includes("Set up another before")]).toEqual([409, true]);
  });
});

describe("recovery codes", () => {
  it("are made anew, shown once, and the page that shows them comes in another language without making others", async () => {
    const { post, factors } = visitor();
    const made = await post("/account/security/recovery-codes", {});
    const swahili = await post("/account/security/recovery-codes", { ...made.fields, lang: "sw" });
    for (const code of CODES) expect(swahili.html).toContain(`>${code}<`);
    expect([swahili.html.includes("Misimbo yako mipya"), factors.asked("newRecoveryCodes").length]).toEqual([true, 1]);
  });

  it.each(["<script>alert(1)</script>", "no codes at all", `${CODES[0]}\n${CODES[1]}`])("that no page of ours carried are not shown: %j", async (codes) => {
    const { post, factors } = visitor();
    expect((await post("/account/security/recovery-codes", { codes })).html).not.toContain(codes);
    expect(factors.asked("newRecoveryCodes")).toHaveLength(1);
  });

  it("are nothing for whoever has no second factor", async () => {
    const { post, factors } = visitor();
    factors.refusals.newRecoveryCodes = { refusal: "no-second-factor" };
    expect(location(await post("/account/security/recovery-codes", {}))).toEqual([303, "/account/security"]);
  });
});

describe("security", () => {
  it("tells each factor and the way to change it", async () => {
    const { html } = await visitor().get("/account/security");
    for (const words of ["Last changed on 5 October 2026.", "In use since 3 November 2026.", "You have none.", "8 are left.", "/account/security/totp", "/account/security/recovery-codes"]) expect(html).toContain(words);
  });

  it("is only about the second factor for whoever must make one first", async () => {
    const { get, factors } = visitor();
    factors.held = { ...factors.held, stage: "enrolment", demanded: true, totp: null, recoveryCodes: 0 };
    const { html } = await get("/account/security");
    for (const words of ["needs a second factor", "Set up an authenticator app", "/account/security/passkeys"]) expect(html).toContain(words);
    for (const words of ["Your password", "recovery-codes"]) expect(html).not.toContain(words);
  });

  it.each(["ways", "overview"] as const)("an origin that does not answer lets nobody in: %s", async (verb) => {
    const { get, factors } = visitor();
    factors[verb] = async () => Promise.reject(new Error("the office is away"));
    expect((await get(verb === "ways" ? "/account/prove" : "/account/security")).status).toBe(503);
  });
});
