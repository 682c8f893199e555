import { describe, expect, it } from "vitest";
import type { CitizenRefusal } from "../../src/domains/exclusions/citizen-rpc.ts";
import { CATALOGUES } from "../../src/i18n/index.ts";
import { LOCALES, type Locale } from "../../src/i18n/locales.ts";
import { SHOWN_TEXTS, TEXT_NAMES, wordsOf } from "../../src/i18n/texts.ts";
import { FORM_ID, visitor } from "./browser.ts";
import { RIGHT_CODE } from "./citizens.ts";

const PHONE = "0712345678";
const RECEIPT = "/my/receipts/NSER-111111111J";

const led = ({ status, headers }: { status: number; headers: Headers }) => [status, headers.get("location")];

/** A visitor who proved a phone and was never excluded. */
async function proven() {
  const visit = visitor();
  await visit.post("/my/enter", { formId: FORM_ID, phone: PHONE, code: RIGHT_CODE });
  return visit;
}

describe("24 hours", () => {
  it.each(["/", "/my"])("are two taps from %s for who holds a grant", async (from) => {
    const { get, post, citizens } = await proven();
    expect((await get(from)).html).toContain('href="/my/stop"');
    const page = await get("/my/stop");
    expect(page.html).toContain("ends by itself: 5 November 2026, 14:30");
    expect(page.html).toContain("7•• ••• 678");
    expect(page.html).not.toMatch(/name="(phone|document|policy|county)"/);
    expect(led(await post("/my/stop/now", page.fields))).toEqual([303, RECEIPT]);
    expect(citizens.asked("stop")).toMatchObject([{ formId: page.fields.formId, locale: "en", shown: SHOWN_TEXTS }]);
  });

  it("are two taps for who is signed in, with no code", async () => {
    const { get, post, citizens, signIn } = visitor();
    signIn();
    const page = await get("/my/stop");
    expect(led(await post("/my/stop/now", page.fields))).toEqual([303, RECEIPT]);
    expect(citizens.asked("sendCode")).toEqual([]);
  });

  it("take a phone and a code from anybody else, one page each", async () => {
    const { get, post, citizens } = visitor();
    const page = await get("/my/stop");
    const code = await post("/my/stop/code", { ...page.fields, phone: PHONE });
    expect(led(await post("/my/stop/confirm", { ...code.fields, code: "123 456" }))).toEqual([303, RECEIPT]);
    expect(citizens.asked("sendCode")).toMatchObject([{ document: null, again: false, formId: page.fields.formId }]);
    expect(citizens.asked("register")).toEqual([
      { formId: page.fields.formId, policy: "24h", phone: PHONE, document: null, code: RIGHT_CODE, locale: "en", shown: SHOWN_TEXTS },
    ]);
    expect((await get(RECEIPT)).status).toBe(200);
  });

  it("can be made longer on the receipt, with what the research favours first, and the receipt shows both", async () => {
    const { get, post } = await proven();
    await post("/my/stop/now", { formId: FORM_ID });
    const receipt = await get(RECEIPT);
    expect([...receipt.html.matchAll(/name="policy" value="(\w+)"/g)].map(([, value]) => value)).toEqual(["6m", "1y", "5y", "permanent", "7d", "30d"]);
    expect(led(await post("/my/extend", { ...receipt.fields, policy: "6m" }))).toEqual([303, RECEIPT]);
    const longer = await get(RECEIPT);
    expect(longer.html).toContain("Made longer, now until: 4 May 2027, 23:59");
    expect(longer.html).not.toContain('name="policy"');
  });

  it("are not offered where something longer is in force, which is said", async () => {
    const { get, post } = visitor();
    await post("/exclude/confirm", { formId: FORM_ID, policy: "1y", phone: PHONE, code: RIGHT_CODE });
    expect((await get("/my")).html).not.toContain('href="/my/stop"');
    const page = await get("/my/stop");
    expect(page.html).toContain("You are already excluded");
    expect(page.html).not.toContain("/my/stop/now");
  });

  it.each(Object.keys(LOCALES) as Locale[])("show in %s, before they are confirmed, all that is agreed to", async (locale) => {
    for (const visit of [await proven(), visitor()]) {
      const page = await visit.get(`/my/stop?lang=${locale}`);
      const code = page.html.includes("/my/stop/now") ? "" : (await visit.post("/my/stop/code", { ...page.fields, phone: PHONE })).html;
      for (const words of TEXT_NAMES.flatMap((name) => wordsOf(name, locale))) expect(page.html + code).toContain(words.replaceAll("'", "&#39;"));
      expect(new TextEncoder().encode(page.html).length).toBeLessThanOrEqual(50_000);
    }
  });
});

describe("refused", () => {
  it.each<[string, CitizenRefusal, number, string]>([
    ["/my/stop/code", { refusal: "phone-landline", field: "phone" }, 422, 'id="phone-wrong">This is a landline'],
    ["/my/stop/code", { refusal: "sms-failed", field: "phone" }, 503, 'id="phone-wrong">The SMS could not be sent'],
    ["/my/stop/code", { refusal: "too-many-codes", field: "phone", minutes: 2 }, 429, "Try again in 2 minutes"],
    ["/my/stop/confirm", { refusal: "code-expired", field: "code" }, 422, 'id="code-wrong">This code is too old'],
    ["/my/stop/confirm", { refusal: "form-reused", field: null }, 409, "already used for something else"],
  ])("%s with %o", async (path, refusal, status, words) => {
    const { post, citizens } = visitor();
    citizens.refusal = refusal;
    const answer = await post(path, { formId: FORM_ID, phone: PHONE, code: "654321" });
    expect(answer.status).toBe(status);
    expect(answer.html).toContain(words);
    if (status !== 409) expect(answer.fields).toMatchObject({ formId: FORM_ID, phone: PHONE });
  });

  it.each([
    ["/my/stop/code", { phone: "" }, "phone-wrong"], ["/my/stop/confirm", { phone: "" }, "phone-wrong"], ["/my/stop/confirm", { code: " " }, "code-wrong"],
  ])("%s without %o, before origin is asked", async (path, lacking, place) => {
    const { post, citizens } = visitor();
    const answer = await post(path, { formId: FORM_ID, phone: PHONE, code: "1", ...lacking });
    expect([answer.status, answer.html.includes(`id="${place}"`)]).toEqual([400, true]);
    expect(citizens.calls).toEqual([]);
  });

  it("a grant that is over, or none, asks for the phone, and a form without an id begins anew", async () => {
    const { get, post, citizens, cookies } = await proven();
    citizens.refusal = { refusal: "grant-invalid", field: null };
    const over = await post("/my/stop/now", { formId: FORM_ID });
    expect([over.status, over.html.includes('action="/my/stop/code"'), cookies.has("visit")]).toEqual([403, true, false]);
    expect((await post("/my/stop/now", { formId: FORM_ID })).html).toContain('action="/my/stop/code"');
    for (const path of ["/my/stop/now", "/my/stop/code", "/my/stop/confirm"]) expect((await post(path, {})).html).toContain("Let us start again");
    cookies.set("visit", "forged");
    expect((await get("/my/stop")).html).toContain('action="/my/stop/code"');
  });

  it("changes the language and does nothing", async () => {
    const { post, citizens } = await proven();
    citizens.calls.length = 0;
    expect((await post("/my/stop", { formId: FORM_ID, lang: "sw" })).html).toContain(CATALOGUES.sw["stop.heading"]);
    for (const path of ["/my/stop/code", "/my/stop/confirm"]) {
      expect((await post(path, { formId: FORM_ID, phone: PHONE, sentTo: PHONE, code: "12", lang: "fr" })).fields).toMatchObject({ code: "12" });
    }
    expect(citizens.calls.map(({ verb }) => verb)).toEqual(["exclusions"]);
  });
});
