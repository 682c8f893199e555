import { describe, expect, it } from "vitest";
import type { SessionRefusal } from "../../src/domains/authentication/sessions/model.ts";
import { textOf } from "../../src/cli/browser.ts";
import { LOCALES } from "../../src/i18n/locales.ts";
import { FORM_ID, visitor } from "./browser.ts";
import { RIGHT_CODE } from "./citizens.ts";

const PAGES = ["/account", "/account/sessions", "/account/devices", "/account/history", "/account/activity"];
const ACTS = [
  ...["end", "end-others", "end-all"].map((act) => `/account/sessions/${act}`),
  ...["trust", "distrust", "block", "unblock", "forget"].map((act) => `/account/devices/${act}`),
];

function signedIn() {
  const visit = visitor();
  visit.signIn();
  return visit;
}

const led = ({ status, headers }: { status: number; headers: Headers }) => [status, headers.get("location")];

describe("an account's pages", () => {
  it("tell what the account is, with what hides and what is hostile as text", async () => {
    const { html } = await signedIn().get("/account");
    const text = textOf(html);
    for (const words of ["+254 7•• ••• 678", "Confirmed by a code on 3 November 2026.", "w•••@•••.ke", "Citizen", "Administrator of a company", "Changed on 2 November 2026",
      "Authenticator app 2 passkeys 8 recovery codes left"]) expect(text).toContain(words);
    expect(html).toContain("Wanjirũ &lt;b&gt;Ng&#39;ang&#39;a&lt;/b&gt;");
    expect(html).toContain("<bdi>Acme &lt;Bets&gt;</bdi>");
    expect(html).toContain('href="/my"');
  });

  it("say so where there is nothing, and lead nobody to a citizen's pages who is none", async () => {
    const { get, sessions } = signedIn();
    sessions.about = {
      name: null, phone: "+254 7•• ••• 678", email: null, roles: [], phoneProvenAt: null, passwordChangedAt: null, factors: { totp: false, passkeys: 0, recoveryCodes: 0 },
    };
    const { html } = await get("/account");
    expect(textOf(html)).toContain("Not confirmed by a code yet.");
    expect(html.match(/None/g)).toHaveLength(5);
    expect(html).not.toContain('href="/my"');
  });

  it.each(PAGES)("%s says where one is among them", async (path) => {
    const { html } = await signedIn().get(path);
    expect(html.match(/aria-current="page"/g)).toHaveLength(1);
    const nav = html.slice(0, html.indexOf("<footer>"));
    expect(PAGES.filter((other) => nav.includes(`<a href="${other}">`))).toEqual(PAGES.filter((other) => other !== path));
  });

  it.each(PAGES)("%s is led to from nobody who is not signed in", async (path) => {
    const { get, cookies } = visitor();
    const signIn = [303, `/sign-in?${new URLSearchParams({ next: path })}`];
    expect(led(await get(path))).toEqual(signIn);
    cookies.set("__Host-session", "an old one");
    expect(led(await get(path))).toEqual(signIn);
    expect(cookies.has("__Host-session")).toBe(false);
  });

  it.each<[SessionRefusal["refusal"], string]>([
    ["second-factor-due", "/sign-in/second"], ["enrolment-due", "/account/security"], ["proof-due", "/account/prove?next=%2Faccount%2Fdevices"],
  ])("lead to what is due first: %s", async (refusal, where) => {
    const { post, get, sessions } = signedIn();
    sessions.refusal = { refusal };
    expect(led(await get("/account/devices"))).toEqual([303, where]);
    sessions.refusal = { refusal };
    expect(led(await post("/account/devices/trust", { id: "d2" }))).toEqual([303, where]);
  });

  it("are away while the office is, and so is whatever they do", async () => {
    const { get, post, sessions } = signedIn();
    sessions.gone = true;
    for (const path of PAGES) expect((await get(path)).status).toBe(503);
    for (const path of ACTS) expect((await post(path, { id: "x" })).status).toBe(503);
  });

  it.each(ACTS)("take no form from elsewhere: %s", async (path) => {
    const { post, get, sessions } = signedIn();
    expect((await post(path, { id: "x" }, { origin: "https://elsewhere.test" })).status).toBe(403);
    expect((await post(path, { id: "x" }, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await get(path)).status).toBe(405);
    expect(sessions.calls).toEqual([]);
  });

  it("stay small in every language, however much there is", async () => {
    const { get, sessions } = signedIn();
    sessions.tries = { rows: Array.from({ length: 25 }, () => sessions.tries.rows[2]!), next: "1.1" };
    sessions.standing = Array.from({ length: 30 }, (_, at) => ({ ...sessions.standing[1]!, id: `s${at}` }));
    for (const locale of Object.keys(LOCALES)) {
      for (const path of PAGES) expect(new TextEncoder().encode((await get(`${path}?lang=${locale}`)).html).length).toBeLessThanOrEqual(50_000);
    }
  });
});

describe("sessions", () => {
  it("are told by program, place and time; this one is marked, and one that is not in yet", async () => {
    const { html } = await signedIn().get("/account/sessions");
    expect(textOf(html)).toMatch(/This one Chrome · Android Nairobi City · Kenya Signed in: 4 November 2026, 13:30 Last used: 4 November 2026, 14:30 Firefox · Windows Uganda Not in yet/);
    expect(textOf(html)).toContain("Unknown program Place unknown");
    expect([...html.matchAll(/name="id" value="(\w+)"/g)].map(([, id]) => id)).toEqual(["s2", "s3"]);
  });

  it("are ended one, all others, or all: then nobody is signed in here either", async () => {
    const { post, sessions, cookies } = signedIn();
    expect(led(await post("/account/sessions/end", { id: "s2" }))).toEqual([303, "/account/sessions"]);
    expect(sessions.asked("end")).toMatchObject([{ id: "s2" }]);
    expect(led(await post("/account/sessions/end-others", {}))).toEqual([303, "/account/sessions"]);
    expect(cookies.has("__Host-session")).toBe(true);
    expect(led(await post("/account/sessions/end-all", {}))).toEqual([303, "/sign-in"]);
    expect(cookies.has("__Host-session")).toBe(false);
    expect(sessions.calls.map(({ verb }) => verb)).toEqual(["end", "endOthers", "endAll"]);
  });

  it("that are not there are said not to be, over those that are", async () => {
    const { post, sessions } = signedIn();
    sessions.refusal = { refusal: "unknown" };
    const answer = await post("/account/sessions/end", { id: "s9" });
    expect(answer.status).toBe(404);
    expect(textOf(answer.html)).toMatch(/no longer here.*Chrome · Android/);
    expect(answer.html).toContain("<title>Error: ");
  });
});

describe("devices", () => {
  const verbsIn = (html: string) => [...html.matchAll(/<article.*?<\/article>/gs)].map(([card]) => [...card.matchAll(/formaction="\/account\/devices\/(\w+)"/g)].map(([, verb]) => verb));

  it("offer what may be done with each", async () => {
    const { html } = await signedIn().get("/account/devices");
    expect(verbsIn(html)).toEqual([["distrust"], ["trust", "block", "forget"], ["unblock", "forget"]]);
    expect(textOf(html)).toContain("12 times since 26 October 2026");
    expect(textOf(html)).toContain("Blocked Another program · Linux");
    expect(html).toContain("by a secret that we gave it");
  });

  it.each(["trust", "distrust", "block", "unblock", "forget"] as const)("%s asks for that one", async (verb) => {
    const { post, sessions } = signedIn();
    expect(led(await post(`/account/devices/${verb}`, { id: "d2" }))).toEqual([303, "/account/devices"]);
    expect(sessions.asked(verb)).toMatchObject([{ id: "d2", visitor: { session: expect.any(String), origin: {} } }]);
  });

  it.each([["unknown", 404, "no longer here"], ["this-device", 409, "you are using"], ["device-blocked", 409, "Let it in again first"], ["changed-meanwhile", 409, "meanwhile"]] as const)(
    "say why one stays as it is: %s", async (refusal, status, words) => {
      const { post, sessions } = signedIn();
      sessions.refusal = { refusal };
      const answer = await post("/account/devices/block", { id: "d1" });
      expect([answer.status, textOf(answer.html).includes(words), answer.html.includes("Firefox · Windows")]).toEqual([status, true, true]);
    });
});

describe("what was", () => {
  it("is told of tries to sign in: what came of each, by what, and what was unusual", async () => {
    const { get, sessions } = signedIn();
    const { html } = await get("/account/history");
    expect(textOf(html)).toMatch(/Signed in With the password On a device never used before From another country than before 4 November 2026, 14:30 Firefox · Windows · Uganda Wrong: nobody got in/);
    expect(html).toContain(`href="/account/history?after=${sessions.tries.next}"`);
    await get(`/account/history?after=${sessions.tries.next}`);
    expect(sessions.asked("history").map(({ after }) => after)).toEqual([null, sessions.tries.next]);
  });

  it("is told of what one did, and an action without words by its name, as text", async () => {
    const { html } = await signedIn().get("/account/activity");
    expect(textOf(html)).toMatch(/Blocked a device 4 November.*Signed in 4 November/);
    expect(html).toContain('Something else: <bdi dir="ltr">teapot.&lt;brewed&gt;</bdi>');
    expect(html).toContain('<bdi dir="ltr">heading</bdi>');
    expect(html).not.toContain("?after=");
  });

  it("is said to be nothing where it is", async () => {
    const { get, sessions } = signedIn();
    Object.assign(sessions, { tries: { rows: [], next: null }, done: { rows: [], next: null } });
    expect((await get("/account/history")).html).toContain("There was none.");
    expect((await get("/account/activity")).html).toContain("Nothing was done yet.");
  });
});

describe("one's own pages", () => {
  it.each(["/my", "/my/data", "/my/inbox", "/my/access", "/my/requests"])("%s open to who is signed in, with no code and nothing kept", async (path) => {
    const { get, sessions, cookies, citizens } = signedIn();
    const own = await get(path);
    expect(own.status).toBe(200);
    expect(own.html).not.toContain('action="/my/code"');
    expect([sessions.asked("grant").length, cookies.has("visit"), citizens.asked("sendCode")]).toEqual([1, false, []]);
    await get(path);
    expect(sessions.asked("grant")).toHaveLength(2);
  });

  it.each(["signed-out", "second-factor-due", "phone-unproven", "phone-elsewhere"] as const)("ask for a code when the account opens nothing: %s", async (refusal) => {
    const { get, sessions } = signedIn();
    sessions.refusal = { refusal };
    expect((await get("/my/data")).html).toContain('action="/my/code"');
  });

  it("open by a code while nobody can say who is signed in, and ask the account for nothing then", async () => {
    const { get, post, sessions } = signedIn();
    sessions.gone = true;
    expect((await get("/my")).html).toContain('action="/my/code"');
    await post("/my/enter", { formId: FORM_ID, phone: "0712345678", code: RIGHT_CODE });
    sessions.calls.length = 0;
    expect((await get("/my/data")).status).toBe(200);
    expect(sessions.asked("grant")).toEqual([]);
  });

  it("tell the account that its phone was proven, and open by the code though it does not hear", async () => {
    const { post, sessions, cookies } = signedIn();
    const code = { formId: FORM_ID, phone: "0712345678", code: RIGHT_CODE };
    await post("/my/enter", code);
    await post("/exclude/confirm", { ...code, policy: "24h" });
    expect(sessions.asked("phoneProven")).toMatchObject([{ grant: "grant-of-0712345678" }, { grant: "grant-of-0712345678" }]);
    sessions.gone = true;
    expect([(await post("/my/enter", code)).status, cookies.has("visit")]).toEqual([303, true]);
    cookies.delete("__Host-session");
    sessions.calls.length = 0;
    await post("/my/enter", code);
    expect(sessions.calls).toEqual([]);
  });

  it("lead to a fresh proof where a code would have to be fresh, and back", async () => {
    const { get, post, vaults, citizens } = signedIn();
    vaults.refusal = { refusal: "code-too-old", field: null };
    expect(led(await get("/my/access"))).toEqual([303, "/account/prove?next=%2Fmy%2Faccess"]);
    citizens.tooOld = true;
    expect(led(await post("/my/requests/access", { formId: FORM_ID }))).toEqual([303, "/account/prove?next=%2Fmy%2Frequests"]);
  });

  it("are left by signing out, and closed with the session", async () => {
    const { get, post, cookies } = signedIn();
    expect(led(await post("/my/leave", {}))).toEqual([307, "/sign-out"]);
    cookies.set("__Host-session", "ended");
    expect((await get("/my/data")).html).toContain('action="/my/code"');
  });
});
