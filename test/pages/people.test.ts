import { describe, expect, it } from "vitest";
import { textOf } from "../../src/cli/browser.ts";
import { HOUR, MINUTE } from "../../src/kernel/clock.ts";
import { visitor } from "./browser.ts";
import { NOW } from "./citizens.ts";
import { ACCOUNT_ID, LOOKED_AT } from "./staff-users.ts";

const PERSON = `/staff/users/${ACCOUNT_ID}`;
const POSTS = ["lock", "unlock", "verify", "revoke", "show"];

/** A browser that holds somebody's session. */
function officer() {
  const visit = visitor();
  visit.cookies.set("__Host-session", "a-session");
  return visit;
}

const optionsOf = (html: string, name: string): string[] => {
  const [, inside] = new RegExp(`<select id="${name}".*?>(.*?)</select>`, "s").exec(html) ?? [];
  return [...(inside ?? "").matchAll(/value="([^"]*)"/g)].map(([, value]) => value!);
};

describe("finding an account", () => {
  it("leads from what was typed to the one account, which stands in no address but by its id", async () => {
    const { get, post, staffUsers, logged } = officer();
    expect((await get("/staff/users")).html).toContain('name="identifier"');
    const found = await post("/staff/users", { identifier: "0712 345 678" });
    expect([found.status, found.headers.get("location")]).toEqual([303, PERSON]);
    expect(staffUsers.asked("search")).toMatchObject([{ identifier: "0712 345 678", visitor: { session: "a-session" } }]);
    expect(logged.join()).not.toContain("712");
  });

  it("that nobody has is told beside the field, with what was typed still there as text", async () => {
    const { post } = officer();
    const hostile = "\"><script>alert(1)</script>@x";
    const none = await post("/staff/users", { identifier: hostile });
    expect([none.status, none.fields.identifier]).toEqual([404, hostile]);
    expect(none.html).toMatch(/id="identifier-wrong">No account has this/);
    expect(none.html).not.toContain("<script>");
  });

  it.each(["identifier-missing", "identifier-unreadable", "reference-of-person"] as const)("is refused beside the field: %s", async (refusal) => {
    const { post, staffUsers } = officer();
    staffUsers.refusal = { refusal };
    const answer = await post("/staff/users", { identifier: "NSER-111111111J" });
    expect([answer.status, answer.html.includes('id="identifier-wrong"'), answer.html.includes('href="#identifier"')]).toEqual([422, true, true]);
  });

  it("in another language searches nothing", async () => {
    const { post, staffUsers } = officer();
    const swahili = await post("/staff/users", { identifier: "0712 345 678", lang: "sw" });
    expect([swahili.status, swahili.fields.identifier, staffUsers.asked("search")]).toEqual([200, "0712 345 678", []]);
    expect(swahili.html).toContain("Tafuta akaunti");
  });
});

describe("whoever may not be here", () => {
  const paths: [method: "get" | "post", path: string, back: string][] = [
    ["get", "/staff/users", "/staff/users"], ["post", "/staff/users", "/staff/users"], ["get", PERSON, PERSON], ...POSTS.map((act) => ["post", `${PERSON}/${act}`, PERSON] as const).map((one) => [...one] as ["post", string, string]),
  ];
  const ask = ({ get, post }: ReturnType<typeof visitor>, method: "get" | "post", path: string) => (method === "get" ? get(path) : post(path, { identifier: "x" }));

  it.each(paths)("%s %s: signs in, and is led back", async (method, path, back) => {
    const visit = visitor();
    visit.staffUsers.refusal = { refusal: "signed-out" };
    const answer = await ask(visit, method, path);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, `/sign-in?next=${encodeURIComponent(back)}`]);
  });

  it.each(paths)("%s %s: is told that there is nothing", async (method, path) => {
    const visit = officer();
    visit.staffUsers.refusal = { refusal: "not-found" };
    const answer = await ask(visit, method, path);
    expect([answer.status, textOf(answer.html)]).toEqual([404, expect.stringContaining("There is nothing here")]);
    expect(answer.html).not.toMatch(/staff|••/);
  });

  it.each(paths)("%s %s: shows another factor first, or one again", async (method, path, back) => {
    const visit = officer();
    for (const [refusal, place] of [["second-factor-due", "/sign-in/second"], ["enrolment-due", "/account/security"], ["proof-due", `/account/prove?next=${encodeURIComponent(back)}`]] as const) {
      visit.staffUsers.refusal = { refusal };
      const answer = await ask(visit, method, path);
      expect([answer.status, answer.headers.get("location")]).toEqual([303, place]);
    }
  });

  it.each(paths)("%s %s: waits when they asked too often", async (method, path) => {
    const visit = officer();
    visit.staffUsers.refusal = { refusal: "too-many-calls" };
    expect((await ask(visit, method, path)).status).toBe(429);
  });

  it.each(["x", "..%2fx", "%00", ACCOUNT_ID.toUpperCase(), `${ACCOUNT_ID}x`])("asks of no account by the address %s", async (id) => {
    const { get, post, staffUsers } = officer();
    expect([(await get(`/staff/users/${id}`)).status, (await post(`/staff/users/${id}/lock`, { lockReason: "misused" })).status]).toEqual([404, 404]);
    expect(staffUsers.calls).toEqual([]);
  });
});

describe("an account's page", () => {
  it("tells who it is only to be recognised, how it stands, and how the last sign-ins went", async () => {
    const { get } = officer();
    const words = textOf((await get(PERSON)).html);
    for (const part of ["W••• N•••", "+254 7•• ••• 678", "w•••@•••.ke", "Citizen", "Staff of a company opacme01", "Authenticator app", "Not verified", "Open", "Signed in", "Wrong", ACCOUNT_ID]) {
      expect(words).toContain(part);
    }
    expect(words).not.toContain("Passkey");
  });

  it("offers what the reader may, and no more", async () => {
    const { get, staffUsers } = officer();
    staffUsers.may = { lock: false, verify: false, identify: false };
    const { html } = await get(PERSON);
    expect(html.match(/method="post"/g)).toBeNull();
  });

  it("is locked with a reason of the list and unlocked again", async () => {
    const { get, post, staffUsers } = officer();
    expect(optionsOf((await get(PERSON)).html, "lockReason")).toEqual(["", "holder-asked", "taken-over", "identity-doubted", "misused", "operator-asked"]);
    const done = await post(`${PERSON}/lock`, { lockReason: "taken-over" });
    expect([done.status, done.headers.get("location"), staffUsers.asked("lock")]).toEqual([303, PERSON, [expect.objectContaining({ userId: ACCOUNT_ID, reason: "taken-over" })]]);
    const { html } = await get(PERSON);
    expect(textOf(html)).toContain("Locked Since 4 November 2026, 14:30. Somebody else seems to use it");
    expect([html.includes(`${PERSON}/unlock`), html.includes(`${PERSON}/lock"`)]).toEqual([true, false]);
    await post(`${PERSON}/unlock`, {});
    expect((await get(PERSON)).html).not.toContain(`${PERSON}/unlock`);
  });

  it("says until when wrong passwords keep its holder out, and offers to forget them", async () => {
    const { get, staffUsers } = officer();
    staffUsers.account = { ...LOOKED_AT, lockedUntil: NOW + 30 * MINUTE };
    const { html } = await get(PERSON);
    expect(textOf(html)).toContain("Too many: kept out until 4 November 2026, 15:00");
    expect([html.includes(`${PERSON}/unlock`), html.includes(`${PERSON}/lock"`)]).toEqual([true, true]);
  });

  it("is verified by a document that was seen, and that is taken back", async () => {
    const { get, post, staffUsers } = officer();
    const page = await get(PERSON);
    expect([optionsOf(page.html, "method"), optionsOf(page.html, "verifyReason")]).toEqual([
      ["", "national_id", "passport", "alien_id", "refugee_id", "military_id"], ["", "seen-in-person", "seen-by-video", "certified-copy"],
    ]);
    expect(page.html).not.toContain("revokeReason");
    const { formId } = page.fields;
    await post(`${PERSON}/verify`, { formId: formId!, method: "passport", verifyReason: "seen-in-person" });
    expect(staffUsers.asked("verify")).toMatchObject([{ formId, method: "passport", reason: "seen-in-person" }]);
    const verified = await get(PERSON);
    expect(textOf(verified.html)).toContain("Passport, seen on 4 November 2026");
    expect(optionsOf(verified.html, "revokeReason")).toEqual(["", "mistaken", "document-doubted"]);
    await post(`${PERSON}/revoke`, { formId: verified.fields.formId!, revokeReason: "mistaken" });
    expect(staffUsers.asked("revoke")).toMatchObject([{ formId: verified.fields.formId, reason: "mistaken" }]);
    expect(verified.fields.formId).not.toBe(formId);
    expect(textOf((await get(PERSON)).html)).toContain("Not verified");
  });

  it("shows who it is to who says why, once, as text", async () => {
    const { post, staffUsers } = officer();
    const shown = await post(`${PERSON}/show`, { readReason: "complaint DR-111111111J" });
    expect([shown.status, staffUsers.asked("show")]).toEqual([200, [expect.objectContaining({ reason: "complaint DR-111111111J" })]]);
    for (const part of ["Wanjiku &lt;b&gt;Ng&#39;ang&#39;a&lt;/b&gt;", "+254712345678", "wanjiku@example.ke", "27 March 1990"]) expect(shown.html).toContain(part);
    expect(shown.headers.get("cache-control")).toBe("no-store");
    expect(shown.html).toContain(`href="${PERSON}?lang=sw"`);
  });

  it.each([
    ["lock", "choice-missing", 422, "lockReason"], ["verify", "choice-missing", 422, "method"], ["revoke", "choice-missing", 422, "revokeReason"], ["show", "reason-unfit", 422, "readReason"],
    ["lock", "beyond-own", 403, null], ["lock", "oneself", 403, null], ["lock", "last-administrator", 409, null], ["lock", "conflict", 409, null], ["unlock", "deleted", 409, null],
    ["revoke", "unverified", 409, null], ["verify", "command-reused", 409, null], ["verify", "erased", 409, null],
  ] as const)("says why %s was refused: %s", async (act, refusal, status, field) => {
    const { post, staffUsers } = officer();
    staffUsers.account = { ...LOOKED_AT, verification: { id: "v", method: "passport", verdict: "verified", reason: "certified-copy", at: NOW - HOUR, by: "user:1" } };
    staffUsers.refusal = { refusal };
    const answer = await post(`${PERSON}/${act}`, {});
    expect(answer.status).toBe(status);
    expect(answer.html).toContain('role="alert"');
    if (field) expect(answer.html).toContain(`id="${field}-wrong"`);
    expect(answer.html).toContain(`href="${PERSON}?lang=sw"`);
  });

  it("keeps what was typed where something else is wrong", async () => {
    const { post, staffUsers } = officer();
    staffUsers.refusal = { refusal: "choice-missing" };
    const verify = await post(`${PERSON}/verify`, { method: "passport" });
    expect(verify.html).toContain('id="verifyReason-wrong"');
    expect(verify.html).toMatch(/value="passport" selected/);
    staffUsers.refusal = { refusal: "reason-unfit" };
    expect((await post(`${PERSON}/show`, { readReason: "called from 0712345678" })).fields.readReason).toBe("called from 0712345678");
  });

  it("of a deleted or erased account offers nothing that could not be done", async () => {
    const { get, staffUsers } = officer();
    staffUsers.account = { ...LOOKED_AT, deletedAt: NOW, isErased: true, name: null, email: null, phone: null };
    const { html } = await get(PERSON);
    expect(textOf(html)).toContain("Deleted on 4 November 2026");
    expect(html.match(/method="post"/g)).toBeNull();
  });

  it("is not shown by another site's form, and nothing is done", async () => {
    const { post, staffUsers } = officer();
    for (const act of POSTS) expect((await post(`${PERSON}/${act}`, {}, { "origin": "https://elsewhere.test", "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect(staffUsers.calls).toEqual([]);
  });

  it("says that it does not work while origin is away, and nobody is let in", async () => {
    const { get, staffUsers } = officer();
    staffUsers.look = async () => Promise.reject(new Error("no answer in time"));
    const away = await get(PERSON);
    expect([away.status, textOf(away.html)]).toEqual([503, expect.stringContaining("does not work just now")]);
  });
});
