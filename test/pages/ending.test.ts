import { describe, expect, it } from "vitest";
import { text } from "../../src/i18n/index.ts";
import { LOCALES, type Locale } from "../../src/i18n/locales.ts";
import type { CitizenRefusal } from "../../src/domains/exclusions/citizen-rpc.ts";
import { DAY } from "../../src/kernel/clock.ts";
import { FORM_ID, visitor } from "./browser.ts";
import { NOW, RIGHT_CODE } from "./citizens.ts";

const PHONE = "0712345678";
const REFERENCE = "NSER-111111111J";
const END = `/my/end/${REFERENCE}`;
const AGAIN = "00000000-0000-7000-8000-00000000abcd";

/** A visitor who holds a grant, and whose exclusion's promised time is over. */
async function due(policy = "6m") {
  const visit = visitor();
  await visit.post("/exclude/confirm", { formId: FORM_ID, policy, phone: PHONE, code: RIGHT_CODE });
  const [own] = visit.citizens.receipts;
  Object.assign(own!, { startedAt: NOW - 200 * DAY, endsAt: NOW - DAY, askableFrom: NOW - DAY });
  return { ...visit, own: own! };
}

/** The same after the first act; `now` it can be confirmed. */
async function waiting(open: boolean) {
  const visit = await due();
  visit.citizens.happens(visit.own, "ending-asked", { state: "ending", endableFrom: NOW + (open ? -DAY : 6 * DAY), endingLapsesAt: NOW + 30 * DAY }, NOW - DAY);
  return visit;
}

const led = ({ status, headers }: { status: number; headers: Headers }) => [status, headers.get("location")];

describe("ending one's exclusion", () => {
  it("takes two acts on pages of their own, and shows in between since when and from when", async () => {
    const { get, post, own, citizens } = await due();
    expect((await get("/my")).html).toContain(`href="${END}"`);
    const ask = await get(END);
    expect(ask.html).toContain("Ask to end your exclusion");
    for (const other of ['href="/my"', 'href="/my#extend"', "Talk to someone you trust"]) expect(ask.html).toContain(other);
    expect(led(await post(END, ask.fields))).toEqual([303, END]);
    const wait = await get(END);
    expect(wait.html).toMatch(/You asked<\/dt><dd>4 November 2026, 14:30/);
    expect(wait.html).toContain("You can confirm from 11 November 2026, 14:30 until 11 December 2026, 14:30.");
    expect(wait.html).not.toContain(`action="${END}/confirm"`);
    own.endableFrom = NOW;
    const confirm = await get(END);
    expect(confirm.html).toContain(`action="${END}/confirm"`);
    expect(led(await post(`${END}/confirm`, { ...confirm.fields, tick: "yes" }))).toEqual([303, `/my/receipts/${REFERENCE}`]);
    expect(citizens.asked("askToEnd")).toMatchObject([{ reference: REFERENCE, formId: ask.fields.formId }]);
    expect(citizens.asked("confirmEnding")).toMatchObject([{ reference: REFERENCE, formId: confirm.fields.formId }]);
    const receipt = await get(`/my/receipts/${REFERENCE}`);
    for (const words of ["This exclusion has ended", "You asked to end it", "It ended"]) expect(receipt.html).toContain(words);
  });

  it("is not offered before the promised end, nor of what ends by itself, nor of what was imposed", async () => {
    const { get, own } = await due();
    own.askableFrom = own.endsAt = NOW + DAY;
    const early = await get("/my");
    expect(early.html).toContain("You can ask to end it from 5 November 2026.");
    expect(early.html).not.toContain(END);
    expect((await get(END)).html).not.toContain(`action="${END}"`);
    Object.assign(own, { endMode: "automatic", askableFrom: null });
    expect((await get("/my")).html).not.toContain("Ending it");
    Object.assign(own, { endMode: "confirmed", origin: "court" });
    expect((await get("/my")).html).not.toContain("Ending it");
  });

  it("of a permanent one needs a review first", async () => {
    const { get, own } = await due("permanent");
    Object.assign(own, { endsAt: null, askableFrom: null });
    expect((await get("/my")).html).toContain("officers must review it");
    own.askableFrom = NOW;
    expect((await get("/my")).html).toContain(END);
  });

  it("wants a tick, and asks origin for nothing without", async () => {
    const { post, citizens } = await waiting(true);
    const answer = await post(`${END}/confirm`, { formId: AGAIN });
    expect(answer.status).toBe(400);
    expect(answer.html).toMatch(/<a href="#tick">Tick the box/);
    expect(answer.html).toContain('aria-describedby="tick-wrong"');
    expect(citizens.asked("confirmEnding")).toEqual([]);
  });

  it.each(["/my", END, `/my/receipts/${REFERENCE}`])("is undone with one tap at %s", async (path) => {
    for (const open of [false, true]) {
      const { get, post, citizens } = await waiting(open);
      const { html } = await get(path);
      const [, formId] = new RegExp(`action="${END}/keep"><input type="hidden" name="formId" value="([^"]+)"`).exec(html)!;
      expect([...html.matchAll(new RegExp(`value="${formId}"`, "g"))]).toHaveLength(1);
      expect(led(await post(`${END}/keep`, { formId: formId! }))).toEqual([303, `/my/receipts/${REFERENCE}`]);
      expect(citizens.asked("keep")).toMatchObject([{ formId, reference: REFERENCE }]);
      expect((await get("/my")).html).not.toContain("You asked to end it");
    }
  });

  it("keeps what nobody asked to end: two taps are as good as one", async () => {
    const { post, citizens } = await due();
    citizens.refusal = { refusal: "nothing-asked", field: null };
    expect(led(await post(`${END}/keep`, { formId: AGAIN }))).toEqual([303, `/my/receipts/${REFERENCE}`]);
  });
});

describe("refused", () => {
  it.each<[string, CitizenRefusal, number, string]>([
    [END, { refusal: "minimum-runs", from: NOW + DAY, field: null }, 409, "before the time you chose: 5 November 2026, 14:30"],
    [END, { refusal: "ends-by-itself", field: null }, 409, "ends by itself"],
    [END, { refusal: "not-theirs-to-end", field: null }, 409, "you can appeal"],
    [END, { refusal: "being-annulled", field: null }, 409, "about to annul"],
    [END, { refusal: "review-needed", from: null, field: null }, 409, "Officers must review it first"],
    [END, { refusal: "nothing-to-end", field: null }, 409, "No exclusion with this reference is in force"],
    [`${END}/confirm`, { refusal: "waiting", from: NOW + DAY, field: null }, 409, "It is too early to confirm. You can do so from 5 November 2026, 14:30"],
    [`${END}/confirm`, { refusal: "nothing-asked", field: null }, 409, "Your exclusion goes on. You can ask again."],
    [`${END}/keep`, { refusal: "nothing-to-end", field: null }, 409, "No exclusion with this reference"],
    [END, { refusal: "form-reused", field: null }, 409, "already used for something else"],
  ])("%s with %o says why", async (path, refusal, status, words) => {
    const { post, citizens } = await waiting(true);
    citizens.refusal = refusal;
    const answer = await post(path, { formId: AGAIN, tick: "yes" });
    expect(answer.status).toBe(status);
    expect(answer.html).toContain(words);
  });

  it.each(["", "/confirm"])("a code that is too old leads over a new one back to where one was (%s)", async (act) => {
    const { get, post, citizens } = await waiting(true);
    citizens.refusal = { refusal: "code-too-old", field: null };
    const door = await post(END + act, { formId: AGAIN, tick: "yes" });
    expect(door.status).toBe(403);
    expect(door.html).toContain("the code must not be older than 5 minutes");
    expect(door.fields.formId).not.toBe(AGAIN);
    const code = await post("/my/code", { ...door.fields, phone: PHONE });
    expect(led(await post("/my/enter", { ...code.fields, code: RIGHT_CODE }))).toEqual([303, END]);
    expect((await get(END)).html).toContain("Confirm the end of your exclusion");
  });

  it("who is signed in shows again that it is them, and comes back", async () => {
    const { post, citizens, cookies, signIn } = await waiting(true);
    cookies.clear();
    signIn();
    citizens.refusal = { refusal: "code-too-old", field: null };
    expect(led(await post(`${END}/confirm`, { formId: AGAIN, tick: "yes" }))).toEqual([303, `/account/prove?${new URLSearchParams({ next: END })}`]);
  });

  it.each(["GET", "POST"])("without a grant a %s gets the door, and leads back", async (method) => {
    const { get, post, cookies, citizens } = await waiting(true);
    cookies.clear();
    const door = method === "GET" ? await get(END) : await post(`${END}/keep`, { formId: AGAIN });
    expect(door.fields.wanted).toBe(`end/${REFERENCE}`);
    const swahili = await post("/my", { ...door.fields, lang: "sw" });
    expect(swahili.fields.wanted).toBe(`end/${REFERENCE}`);
    expect(citizens.asked("keep")).toEqual([]);
  });

  it("a grant that is over is forgotten", async () => {
    const { post, citizens, cookies } = await waiting(true);
    citizens.refusal = { refusal: "grant-invalid", field: null };
    expect((await post(END, { formId: AGAIN })).status).toBe(403);
    expect(cookies.has("visit")).toBe(false);
  });

  it("leads nowhere for what is no reference, is somebody else's, or comes without a form", async () => {
    const { get, post, citizens } = await waiting(true);
    for (const reference of ["NSER-9999999992", "NSER-1", "constructor", "%3Cscript%3E", "PC-111111111J"]) {
      expect((await get(`/my/end/${reference}`)).status).toBe(404);
      expect((await post(`/my/end/${reference}/keep`, { formId: AGAIN })).status).toBe(404);
    }
    expect((await post(END, {})).html).toContain("Let us start again");
    expect((await post("/my/enter", { formId: FORM_ID, phone: PHONE, code: RIGHT_CODE, wanted: "end/../../exit" })).headers.get("location")).toBe("/my");
    expect(citizens.asked("askToEnd")).toEqual([]);
  });

  it("keeps the form for another try when origin is gone", async () => {
    const { post, citizens } = await waiting(true);
    citizens.gone = true;
    const answer = await post(`${END}/confirm`, { formId: AGAIN, tick: "yes" });
    expect(answer.status).toBe(503);
    expect(answer.fields).toMatchObject({ formId: AGAIN, tick: "yes" });
    expect(answer.html).toContain(`action="${END}/confirm"`);
  });
});

it.each(Object.keys(LOCALES) as Locale[])("each page of it is below 50 KB in %s", async (locale) => {
  for (const visit of [await due(), await waiting(false), await waiting(true)]) {
    for (const path of ["/my", END, `/my/receipts/${REFERENCE}`]) {
      const { html } = await visit.get(`${path}?lang=${locale}`);
      expect(html).toContain(text(locale, "site.name"));
      expect(new TextEncoder().encode(html).length).toBeLessThanOrEqual(50_000);
    }
  }
});
