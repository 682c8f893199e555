import { describe, expect, it } from "vitest";
import { textOf } from "../../src/cli/browser.ts";
import { LOCALES } from "../../src/i18n/locales.ts";
import { HOUR } from "../../src/kernel/clock.ts";
import { FORM_ID, visitor } from "./browser.ts";
import { NOW, RIGHT_CODE } from "./citizens.ts";

const PHONE = "0712345678";
const DETAILS = { version: "0", name: "Wanjirũ wa Ng'ang'a", preferredName: "أمينة", dateOfBirth: "٢٧ ٣ ١٩٩٠", county: "047", language: "sw", quietNights: "yes" };

async function entered() {
  const visit = visitor();
  await visit.post("/my/enter", { formId: FORM_ID, phone: PHONE, code: RIGHT_CODE });
  return visit;
}

describe("my data", () => {
  it("shows identifiers masked, what was agreed to and what is new", async () => {
    const { html } = await (await entered()).get("/my/data");
    expect(html).toContain("+254 7•• ••• 678");
    expect(html).toContain("Confirmed by a code on 4 November 2026.");
    expect(html).toContain("Typed on 4 November 2026, not confirmed. Counts until 5 November 2026.");
    expect(html).toContain("What an exclusion means (version 1, Kiswahili), 4 November 2026");
    expect(html).toContain("1 new");
  });

  it("is reached from one's own page, and by a code when there is no grant", async () => {
    const { post, get, citizens } = visitor();
    const door = await get("/my/details");
    expect([door.status, door.html.includes('action="/my/code"'), door.fields.wanted]).toEqual([403, true, "details"]);
    const code = await post("/my/code", { ...door.fields, phone: PHONE });
    expect(citizens.asked("sendCode")).toHaveLength(1);
    const done = await post("/my/enter", { ...code.fields, code: RIGHT_CODE });
    expect([done.status, done.headers.get("location")]).toEqual([303, "/my/details"]);
  });

  it.each(["//elsewhere.test", "receipts/NSER-1", "cases/CASE-1", "constructor", "../exit"])("a code leads to none but own pages: %s", async (wanted) => {
    const { post } = visitor();
    const done = await post("/my/enter", { formId: FORM_ID, phone: PHONE, code: RIGHT_CODE, wanted });
    expect(done.headers.get("location")).toBe("/my");
  });

  it("is closed for good on leaving", async () => {
    const { post, vaults, cookies } = await entered();
    const left = await post("/my/leave", {});
    expect([left.status, left.headers.get("location"), vaults.asked("leave")]).toEqual([303, "/", ["grant-of-0712345678"]]);
    expect(cookies.has("visit")).toBe(false);
  });
});

describe("my details", () => {
  it("are changed as typed, Arabic digits included, and shown", async () => {
    const { get, post, vaults } = await entered();
    const form = await get("/my/details");
    expect(form.fields).toMatchObject({ version: "0", county: "" });
    const done = await post("/my/details", DETAILS);
    expect([done.status, done.headers.get("location")]).toEqual([303, "/my/data"]);
    expect(vaults.asked("changeDetails")).toMatchObject([{ version: 0, details: { name: DETAILS.name, dateOfBirth: "27 3 1990", quietNights: true } }]);
    const shown = await get("/my/data");
    for (const words of ["Wanjirũ wa Ng&#39;ang&#39;a", "أمينة", "27 March 1990", "Nairobi City", "Kiswahili", "No SMS from 21:00"]) expect(shown.html).toContain(words);
    expect((await get("/my/details")).fields).toMatchObject({ version: "1", name: DETAILS.name, dateOfBirth: "27 3 1990" });
  });

  it.each([
    ["name", { name: "a\u202eb" }, "This has signs"], ["preferredName", { preferredName: "x".repeat(101) }, "too long"],
    ["dateOfBirth", { dateOfBirth: "31 4 1990" }, "no such day"], ["county", { county: "048" }, "from the list"], ["language", { language: "xx" }, "from the list"],
  ])("are refused beside %s, and what was typed stays", async (field, wrong, words) => {
    const { post } = await entered();
    const answer = await post("/my/details", { ...DETAILS, dateOfBirth: "27 3 1990", ...wrong });
    expect(answer.status).toBe(422);
    expect(answer.html).toMatch(new RegExp(`id="${field}-wrong">[^<]*${words}`));
    expect(answer.html).toContain(`href="#${field}"`);
    expect(answer.fields).toMatchObject({ version: "0", preferredName: (wrong as { preferredName?: string }).preferredName ?? DETAILS.preferredName });
  });

  it("changed elsewhere meanwhile are shown beside what was typed, to be saved again", async () => {
    const { post, vaults } = await entered();
    vaults.changedElsewhere({ name: "Barasa" });
    const answer = await post("/my/details", DETAILS);
    expect(answer.status).toBe(409);
    expect(answer.html).toContain("changed elsewhere");
    expect(answer.html).toContain("<bdi>Barasa</bdi>");
    expect(answer.fields).toMatchObject({ name: DETAILS.name, version: "1" });
  });

  it("switch language without a change, keep hostile text as text, and refuse what is too large or from elsewhere", async () => {
    const { post, vaults } = await entered();
    const hostile = "<script>alert(1)</script>\"'";
    const swahili = await post("/my/details", { ...DETAILS, name: hostile, lang: "sw" });
    expect(swahili.html).toContain("Maelezo yangu");
    expect(swahili.html).not.toContain("<script>");
    expect(swahili.fields.name).toBe(hostile);
    expect((await post("/my/details", { ...DETAILS, name: "x".repeat(20_480) })).status).toBe(413);
    expect((await post("/my/details", DETAILS, { origin: "https://elsewhere.test" })).status).toBe(403);
    expect(vaults.asked("changeDetails")).toEqual([]);
  });

  it.each(["", "-1", "1.5", "x", "9".repeat(40)])("of no version that a page carried never stand: %j", async (version) => {
    const { post, vaults } = await entered();
    await post("/my/details", { ...DETAILS, version });
    expect(vaults.asked("changeDetails")[0].version).toBe(version === "" ? 0 : Number.MAX_SAFE_INTEGER);
  });
});

describe("an emergency contact", () => {
  it("is added, shown and removed", async () => {
    const { get, post, vaults } = await entered();
    expect((await get("/my/contact")).html).not.toContain('name="remove"');
    await post("/my/contact", { version: "0", contactName: "Otieno", contactPhone: "0733 000 111" });
    expect((await get("/my/data")).html).toContain("<bdi>Otieno</bdi>");
    const form = await get("/my/contact");
    expect(form.html).toContain('name="remove"');
    await post("/my/contact", { ...form.fields, remove: "yes" });
    expect(vaults.asked("changeContact").at(-1)).toMatchObject({ version: 1, contact: null });
  });

  it.each([["contactName", { contactName: " " }, "Enter a name"], ["contactPhone", { contactPhone: "call" }, "in digits"]])("is refused beside %s", async (field, wrong, words) => {
    const { post } = await entered();
    const answer = await post("/my/contact", { version: "0", contactName: "Otieno", contactPhone: "0733 000 111", ...wrong });
    expect([answer.status, new RegExp(`id="${field}-wrong">[^<]*${words}`).test(answer.html)]).toEqual([422, true]);
  });
});

describe("messages", () => {
  it("say what no SMS brought, and are marked read up to what was shown", async () => {
    const { get, post, vaults } = await entered();
    const inbox = await get("/my/inbox");
    expect(inbox.html).toContain("Your exclusion began. Until: no end. Reference: <bdi dir=\"ltr\">NSER-111111111J</bdi>");
    expect(inbox.html.match(/No SMS about this/g)).toHaveLength(1);
    expect(inbox.html.match(/class="tag"/g)).toHaveLength(1);
    const marked = await post("/my/inbox", inbox.fields);
    expect([marked.status, marked.headers.get("location"), vaults.asked("markRead")[0].upTo]).toEqual([303, "/my/inbox", NOW]);
  });
});

describe("who asked about me", () => {
  it("is told by company and day, with purposes and hours, and who of the staff read", async () => {
    const { html } = await (await entered()).get("/my/access");
    expect(html).toContain("<bdi>Acme &lt;Bets&gt;</bdi>");
    expect(html).toContain("Logging in: <bdi dir=\"ltr\">09:00–10:00</bdi>");
    expect(html).toContain("Placing a bet: <bdi dir=\"ltr\">14:00–16:00</bdi>");
    expect(html).toContain("<bdi>Complaint CASE-1</bdi><small>The regulator’s staff</small>");
  });

  it("asks for a fresh code when the last is too old, keeps the grant, and leads back", async () => {
    const { get, post, vaults, cookies } = await entered();
    vaults.refusal = { refusal: "code-too-old", field: null };
    const door = await get("/my/access");
    expect([door.status, door.fields.wanted, cookies.has("visit")]).toEqual([403, "access", true]);
    expect(door.html).toContain("within 5 minutes after a code");
    expect(door.html).not.toContain("Acme");
    const code = await post("/my/code", { ...door.fields, phone: PHONE });
    expect((await post("/my/enter", { ...code.fields, code: RIGHT_CODE })).headers.get("location")).toBe("/my/access");
  });

  it("stays small however often was asked, page by page", async () => {
    const { get, vaults } = await entered();
    vaults.checks = Array.from({ length: 1_000 }, (_, at) => ({ answerId: String(at), operator: `op${at % 40}`, purpose: at % 2 ? "bet" : "login", hour: NOW - at * 2 * HOUR }));
    const first = await get("/my/access");
    expect(new TextEncoder().encode(first.html).length).toBeLessThanOrEqual(50_000);
    expect(first.html).toContain('href="/my/access?page=2"');
    for (const page of ["0", "-1", "x", "1e9"]) expect((await get(`/my/access?page=${page}`)).status).toBe(200);
    expect((await get("/my/access?page=99")).html).not.toContain("?page=");
  });
});

describe("which companies hold a token for me", () => {
  it("is told by company, by what and since when, in every language, with a switch and no script", async () => {
    const { get } = await entered();
    const text = textOf((await get("/my/held")).html);
    expect(text).toMatch(/Acme <Bets>.*was turned into a token for them\s+First on 2 November 2026, last on 4 November 2026.*they asked with a token, and it found you/s);
    expect(text).toContain("It is off.");
    for (const locale of Object.keys(LOCALES)) {
      const { html } = await get(`/my/held?lang=${locale}`);
      expect(html).not.toContain("<script");
      expect(new TextEncoder().encode(html).length).toBeLessThanOrEqual(50_000);
    }
    expect((await get("/my/data")).html).toContain('href="/my/held"');
  });

  it("is kept from now on where the switch is on, and no longer where it is off; what no page sent does nothing", async () => {
    const { get, post, vaults } = await entered();
    const on = await post("/my/held", (await get("/my/held")).fields);
    expect([on.status, on.headers.get("location"), vaults.asked("watchTokens").at(-1).wanted]).toEqual([303, "/my/held", true]);
    const shown = await get("/my/held");
    expect(textOf(shown.html)).toContain("It is on since 4 November 2026.");
    await post("/my/held", shown.fields);
    expect(vaults.asked("watchTokens").at(-1).wanted).toBe(false);
    for (const wanted of ["", "maybe", "<script>"]) await post("/my/held", { wanted });
    await post("/my/held", { wanted: "yes" }, { origin: "https://elsewhere.test" });
    expect(vaults.asked("watchTokens")).toHaveLength(2);
  });

  it("asks for a fresh code, and shows nothing before", async () => {
    const { get, post, vaults } = await entered();
    for (const ask of [() => get("/my/held"), () => post("/my/held", { wanted: "no" })]) {
      vaults.refusal = { refusal: "code-too-old", field: null };
      const door = await ask();
      expect([door.status, door.fields.wanted, door.html.includes("Acme")]).toEqual([403, "held", false]);
    }
  });

  it("and that an officer read whose a token is stands beside those who read who they are", async () => {
    const { html } = await (await entered()).get("/my/access");
    expect(html).toContain("<bdi>Order of the court</bdi><small>They read which exclusion a company’s token belongs to</small><small>The regulator’s staff</small>");
  });
});

describe("what was done with my record", () => {
  it("is told newest first, with the fields by the names they are filled in under, when and by whom", async () => {
    const { get, vaults } = await entered();
    const { html } = await get("/my/activity");
    expect(vaults.asked("activity")).toEqual(["grant-of-0712345678"]);
    const text = textOf(html);
    expect(text).toMatch(/Everything no exclusion needs was erased By the register, at your request, 4 November 2026.*The emergency contact was changed Their name Their phone number With a code sent to your phone, 4 November 2026/s);
    expect(text).toMatch(/My details were changed Name Date of birth SMS at night Language of your SMS With a code/);
    vaults.activityKept = [];
    expect((await get("/my/activity")).html).toContain("Nothing was changed yet.");
    expect((await get("/my/data")).html).toContain('href="/my/activity"');
  });

  it("stays small however much was done, in every language", async () => {
    const { get, vaults } = await entered();
    const fields = ["name", "preferredName", "dateOfBirth", "county", "quietNights", "language"];
    vaults.activityKept = Array.from({ length: 100 }, (_, at) => ({ id: String(at), at: NOW - at * HOUR, action: "details.changed", fields, by: "citizen" }));
    for (const locale of Object.keys(LOCALES)) {
      expect(new TextEncoder().encode((await get(`/my/activity?lang=${locale}`)).html).length).toBeLessThanOrEqual(50_000);
    }
  });
});

it.each(["data", "inbox", "access", "held", "activity", "details", "contact"])("/my/%s with a grant that is over is shut, and the grant forgotten", async (path) => {
  const { get, vaults, cookies } = await entered();
  vaults.refusal = { refusal: "grant-invalid", field: null };
  const answer = await get(`/my/${path}`);
  expect([answer.status, cookies.has("visit")]).toEqual([403, false]);
  expect(answer.html).toContain("Confirm your phone number again");
  expect(answer.html).not.toMatch(/••|Acme/);
});

it.each(["data", "inbox", "access", "held", "activity", "details", "contact"])("/my/%s of a phone nothing is kept of says so", async (path) => {
  const { get, vaults } = await entered();
  vaults.refusal = { refusal: "nothing-kept", field: null };
  expect((await get(`/my/${path}`)).html).toContain("keeps nothing about you");
});
