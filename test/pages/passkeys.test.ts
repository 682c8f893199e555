import { describe, expect, it } from "vitest";
import { STYLE_HASH } from "../../src/pages/style.ts";
import { visitor } from "./browser.ts";
import { CEREMONY_ID, PASSKEY_ID } from "./passkeys.ts";

const LIST = "/account/security/passkeys";
const ONE = `${LIST}/${PASSKEY_ID}`;
const SIGNED = { ceremonyId: CEREMONY_ID, credentialId: "c", clientDataJSON: "d", authenticatorData: "a", signature: "s", userHandle: "u" };
const MADE = { ceremonyId: CEREMONY_ID, credentialId: "c", clientDataJSON: "d", attestationObject: "o", transports: "internal" };
const SCRIPTED = ["/sign-in/passkey", "/account/prove/passkey", `${LIST}/add`];

/** Where an answer leads, and with which status. */
const to = ({ status, headers }: { status: number; headers: Headers }) => [status, headers.get("location")];

describe("a page that asks for a passkey", () => {
  it.each(SCRIPTED)("%s has our script and no other, the options, and a form that is hidden without it", async (path) => {
    const { html, headers } = await visitor().get(path);
    expect(headers.get("content-security-policy")).toBe(
      `default-src 'none'; style-src ${STYLE_HASH}; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; script-src 'self'`,
    );
    expect(html.match(/<script[^>]*>/g)).toEqual(['<script src="/passkey.js">']);
    expect(html).toMatch(/<form id="ceremony"[^>]* hidden=""/);
    expect(html).toContain("You can use your password.");
    const options: unknown = JSON.parse(/data-options="([^"]*)"/.exec(html)![1]!.replaceAll("&quot;", '"'));
    expect(options).toMatchObject(path.endsWith("add") ? { attestation: "none", excludeCredentials: [{ id: "known" }] } : { userVerification: "required" });
  });

  it("gets the script as a script, small, and other pages may load none", async () => {
    const { get } = visitor();
    const script = await get("/passkey.js");
    expect([script.status, script.headers.get("content-type"), script.headers.get("x-content-type-options")]).toEqual([200, "text/javascript; charset=utf-8", "nosniff"]);
    expect(script.html.length).toBeLessThan(2_000);
    for (const path of ["/", LIST, ONE, "/passkey.js"]) expect((await get(path)).headers.get("content-security-policy"), path).not.toContain("script-src");
  });
});

describe("signing in", () => {
  it("hands on what the browser answered, and keeps who is signed in", async () => {
    const { post, passkeys, cookies } = visitor();
    const { ceremonyId, ...answer } = SIGNED;
    expect(to(await post("/sign-in/passkey", SIGNED))).toEqual([303, "/account"]);
    expect(passkeys.asked("finishSignIn")).toMatchObject([{ assertion: { ceremonyId, ...answer } }]);
    expect(cookies.get("__Host-session")).toBe("s".repeat(43));
  });

  it("that is refused says so, asks anew, and lets nobody in", async () => {
    const { post, passkeys, cookies } = visitor();
    passkeys.refusals.set("finishSignIn", "passkey-refused");
    const answer = await post("/sign-in/passkey", { ...SIGNED, credentialId: "<b>" });
    expect([answer.status, answer.html.includes("could not be used"), answer.fields.ceremonyId]).toEqual([403, true, CEREMONY_ID]);
    expect([cookies.has("__Host-session"), answer.html.includes("<b>c")]).toEqual([false, false]);
  });

  it("too often from one address has no form, and the way to the password", async () => {
    const { get, passkeys } = visitor();
    passkeys.refusals.set("startSignIn", "too-many-tries");
    const answer = await get("/sign-in/passkey");
    expect([answer.status, answer.html.includes("<form"), answer.html.includes('href="/sign-in"')]).toEqual([429, false, true]);
  });
});

describe("showing a passkey again", () => {
  it.each([
    [LIST, LIST], ["", "/account"], ["//elsewhere.test", "/account"], ["https://elsewhere.test/account", "/account"], ["/account/../exit", "/account"], ["/exit", "/account"], ["/my", "/my"], ["/account//x", "/account"],
  ])("leads on to one's own pages alone: %j", async (wanted, expected) => {
    const { get, post } = visitor();
    expect((await get(`/account/prove/passkey?next=${encodeURIComponent(wanted)}`)).fields.next).toBe(expected);
    expect(to(await post("/account/prove/passkey", { ...SIGNED, next: wanted }))).toEqual([303, expected]);
  });

  it("goes on in a new session where a second factor was due", async () => {
    const { get, post, passkeys, cookies } = visitor();
    await post("/account/prove/passkey", SIGNED);
    expect(cookies.has("__Host-session")).toBe(false);
    passkeys.isOnTheWay = true;
    const { html } = await get("/sign-in/second/passkey");
    for (const place of ['action="/sign-in/second/passkey"', 'href="/sign-in/second?next=%2Faccount"']) expect(html).toContain(place);
    expect(to(await post("/sign-in/second/passkey", SIGNED))).toEqual([303, "/account"]);
    expect(cookies.has("__Host-session")).toBe(true);
  });

  it("with none to show, or one that is wrong, says so and keeps where it leads", async () => {
    const { get, post, passkeys } = visitor();
    passkeys.refusals.set("finishProof", "passkey-refused");
    const wrong = await post("/account/prove/passkey", { ...SIGNED, next: LIST });
    expect([wrong.status, wrong.fields.next]).toEqual([403, LIST]);
    passkeys.refusals.set("startProof", "no-passkey");
    const none = await get("/account/prove/passkey");
    expect([none.status, none.html.includes("You have no passkey"), none.html.includes("<form")]).toEqual([409, true, false]);
  });
});

describe("one's passkeys", () => {
  it("are listed, named, and never change by being looked at", async () => {
    const { get, passkeys } = visitor();
    passkeys.passkeys[0]!.label = "<b>أمينة";
    const { html } = await get(LIST);
    for (const words of ["<bdi>&lt;b&gt;أمينة</bdi>", "Added on 4 November 2026.", "Not used yet.", `href="${ONE}"`]) expect(html).toContain(words);
    expect((await get(ONE)).fields.label).toBe("<b>أمينة");
    expect(passkeys.calls.map(({ verb }) => verb)).toEqual(["list", "list"]);
  });

  it("are added, and a session that had to make a second factor goes on", async () => {
    const { post, passkeys, cookies } = visitor();
    passkeys.isOnTheWay = true;
    expect(to(await post(`${LIST}/add`, MADE))).toEqual([303, LIST]);
    expect(passkeys.asked("finishRegistration")).toMatchObject([{ attestation: MADE }]);
    expect(cookies.has("__Host-session")).toBe(true);
  });

  it.each([["passkey-refused", 403, "could not be used"], ["passkey-known", 409, "already"], ["too-many-passkeys", 409, "Remove one"]] as const)(
    "are not added when %s", async (refusal, status, words) => {
      const { post, passkeys } = visitor();
      passkeys.refusals.set("finishRegistration", refusal);
      const answer = await post(`${LIST}/add`, MADE);
      expect([answer.status, new RegExp(`class="summary"[^]*${words}`).test(answer.html)]).toEqual([status, true]);
    },
  );

  it("are called otherwise, and what was typed wrong stays to be put right", async () => {
    const { post, passkeys } = visitor();
    expect(to(await post(ONE, { label: "My phone" }))).toEqual([303, LIST]);
    expect(passkeys.asked("rename")).toMatchObject([{ passkeyId: PASSKEY_ID, label: "My phone" }]);
    passkeys.refusals.set("rename", "label-invalid");
    const answer = await post(ONE, { label: "x".repeat(41) });
    expect([answer.status, answer.fields.label, answer.html.includes('id="label-wrong"')]).toEqual([422, "x".repeat(41), true]);
  });

  it("are removed, but not the last second factor of who needs one", async () => {
    const { post, passkeys } = visitor();
    expect(to(await post(`${ONE}/remove`, {}))).toEqual([303, LIST]);
    passkeys.refusals.set("remove", "factor-needed");
    const answer = await post(`${ONE}/remove`, {});
    expect([answer.status, answer.html.includes("your only one")]).toEqual([409, true]);
  });

  it.each([["get", `${LIST}/x`], ["post", `${ONE}/remove`], ["post", ONE]] as const)("that are not there are a page not found: %s %s", async (method, path) => {
    const visit = visitor();
    visit.passkeys.passkeys = [];
    for (const verb of ["rename", "remove"] as const) visit.passkeys.refusals.set(verb, "unknown");
    expect((await visit[method](path, {})).status).toBe(404);
  });
});

const OWN = [
  ["get", LIST, "list"], ["get", ONE, "list"], ["post", ONE, "rename"], ["post", `${ONE}/remove`, "remove"], ["get", `${LIST}/add`, "startRegistration"],
  ["post", `${LIST}/add`, "finishRegistration"], ["get", "/account/prove/passkey", "startProof"], ["post", "/account/prove/passkey", "finishProof"],
] as const;

describe.each(OWN)("%s %s", (method, path, verb) => {
  it.each([
    ["signed-out", "/sign-in"], ["second-factor-due", "/sign-in/second"], ["enrolment-due", "/account/security"], ["proof-due", "/account/prove"],
  ] as const)("leads to what is to be done first when %s", async (refusal, where) => {
    const visit = visitor();
    visit.cookies.set("__Host-session", "s".repeat(43));
    visit.passkeys.refusals.set(verb, refusal);
    const answer = await visit[method](path, {});
    expect([answer.status, answer.headers.get("location")!.split("?")[0]]).toEqual([303, where]);
    expect(visit.cookies.has("__Host-session")).toBe(refusal !== "signed-out");
  });
});

it.each([["/sign-in/passkey"], [`${LIST}/add`], ["/account/prove/passkey"], [ONE], [`${ONE}/remove`]])("%s takes no form of another site", async (path) => {
  const { post, passkeys } = visitor();
  expect((await post(path, SIGNED, { origin: "https://elsewhere.test" })).status).toBe(403);
  expect(passkeys.calls).toEqual([]);
});
