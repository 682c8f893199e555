import { describe, expect, it } from "vitest";
import { SHOWN_TEXTS } from "../../src/i18n/texts.ts";
import type { CitizenRefusal } from "../../src/domains/exclusions/citizen-rpc.ts";
import { type Fields, FORM_ID, visitor } from "./browser.ts";
import { RIGHT_CODE } from "./citizens.ts";

const PHONE = "0712 345 678";
const filled: Fields = {
  formId: FORM_ID, policy: "6m", phone: PHONE, documentKind: "passport", document: "AK123", sentTo: "+254712345678",
};

/** The message stands beside its field, which points at it, and the summary leads there. */
function expectWrong(html: string, field: string, words: string): void {
  expect(html).toContain(`id="${field}-wrong">${words}`);
  expect(html).toMatch(new RegExp(`aria-describedby="[^"]*${field}-wrong`));
  expect(html).toContain(`<a href="#${field}">${words}`);
  expect(html).toContain(`id="${field}"`);
  expect(html).toContain("<title>Error: ");
}

describe("excluding oneself", () => {
  it("takes five pages, the receipt included", async () => {
    const { get, post, citizens } = visitor();
    expect((await get("/")).html).toContain('href="/exclude"');
    const period = await get("/exclude");
    const details = await post("/exclude/details", { ...period.fields, policy: "1y" });
    const code = await post("/exclude/code", { ...details.fields, phone: PHONE, documentKind: "national_id", document: "12345678", name: "Ng'ang'a <b>", dateOfBirth: "27 3 1990", county: "047" });
    expect(code.html).toContain("+254712345678");
    expect(code.html).toContain("4 November 2027");
    const done = await post("/exclude/confirm", { ...code.fields, code: "123 456" });
    expect(done.status).toBe(303);
    expect(done.headers.get("location")).toBe("/my/receipts/NSER-111111111J");
    const receipt = await get("/my/receipts/NSER-111111111J");
    expect(receipt.status).toBe(200);
    expect(receipt.html).toContain("4 November 2026, 14:30");
    expect(receipt.html).toContain("4 November 2027, 23:59");
    expect(receipt.html).toContain("National ID<small>Counts until 18 November 2026, 14:30, and longer only if it is confirmed.");
    expect(citizens.asked("register")).toEqual([{
      formId: period.fields.formId, policy: "1y", phone: PHONE, code: RIGHT_CODE, locale: "en",
      document: { kind: "national_id", value: "12345678", name: "Ng'ang'a <b>", dateOfBirth: "27 3 1990" }, shown: SHOWN_TEXTS, county: "047",
    }]);
  });

  it("mints a form id on each visit and carries it through", async () => {
    const { get, post } = visitor();
    const [one, two] = [await get("/exclude"), await get("/exclude")];
    expect(one.fields.formId).not.toBe(two.fields.formId);
    const details = await post("/exclude/details", { ...one.fields, policy: "7d" });
    expect(details.fields).toMatchObject({ formId: one.fields.formId, policy: "7d" });
  });

  it("asks a day's stop for nothing but the phone, even if a document is smuggled in", async () => {
    const { post, citizens } = visitor();
    const details = await post("/exclude/details", { formId: FORM_ID, policy: "24h" });
    expect(details.html).not.toContain('name="document');
    await post("/exclude/code", { ...filled, policy: "24h" });
    await post("/exclude/confirm", { ...filled, policy: "24h", code: RIGHT_CODE });
    expect(citizens.asked("sendCode")).toMatchObject([{ document: null }]);
    expect(citizens.asked("register")).toMatchObject([{ document: null }]);
  });

  it("sent twice answers the same receipt", async () => {
    const { post, citizens } = visitor();
    const answers = await Promise.all([1, 2].map(() => post("/exclude/confirm", { ...filled, code: RIGHT_CODE })));
    expect(new Set(answers.map(({ headers }) => headers.get("location")))).toEqual(new Set(["/my/receipts/NSER-111111111J"]));
    expect(citizens.receipts).toHaveLength(1);
  });

  it("sends a code again only when asked to", async () => {
    const { post, citizens } = visitor();
    await post("/exclude/code", filled, { "cf-connecting-ip": "198.51.100.7" });
    const again = await post("/exclude/code", { ...filled, again: "yes" });
    expect(citizens.asked("sendCode").map((asked) => asked.again)).toEqual([false, true]);
    expect(citizens.asked("sendCode")[0]).toMatchObject({ address: "198.51.100.7" });
    expect(again.html).toContain("We have sent you another code");
  });

  it("reads digits typed on an Arabic keyboard", async () => {
    const { post, citizens } = visitor();
    await post("/exclude/confirm", { ...filled, phone: "٠٧١٢٣٤٥٦٧٨", code: "١٢٣٤٥٦" });
    expect(citizens.asked("register")).toMatchObject([{ phone: "0712345678", code: RIGHT_CODE }]);
  });
});

describe("a refusal stands beside its field, and the input is kept", () => {
  it.each<[CitizenRefusal, number, string, string]>([
    [{ refusal: "phone-invalid", field: "phone" }, 422, "phone", "We cannot read this as a mobile number"],
    [{ refusal: "phone-landline", field: "phone" }, 422, "phone", "This is a landline"],
    [{ refusal: "phone-foreign", field: "phone" }, 422, "phone", "This number is not Kenyan"],
    [{ refusal: "too-many-codes", field: "phone", minutes: 12 }, 429, "phone", "Too many codes were sent. Try again in 12 minutes."],
    [{ refusal: "sms-failed", field: "phone" }, 503, "phone", "The SMS could not be sent just now"],
    [{ refusal: "document-invalid", field: "document" }, 422, "document", "This number does not fit the kind"],
  ])("$refusal while the code is sent", async (refusal, status, field, words) => {
    const { post, citizens } = visitor();
    citizens.refusal = refusal;
    const answer = await post("/exclude/code", filled);
    expect(answer.status).toBe(status);
    expectWrong(answer.html, field, words);
    const { sentTo: _, ...kept } = filled;
    expect(answer.fields).toMatchObject(kept);
  });

  it.each<[CitizenRefusal, string]>([
    [{ refusal: "code-wrong", field: "code", triesLeft: 1 }, "This code is not right. You have one more try."],
    [{ refusal: "code-expired", field: "code" }, "This code is too old"],
    [{ refusal: "code-used-up", field: "code" }, "This code can no longer be used"],
  ])("%o at the code", async (refusal, words) => {
    const { post, citizens } = visitor();
    citizens.refusal = refusal;
    const answer = await post("/exclude/confirm", { ...filled, code: "654321" });
    expect(answer.status).toBe(422);
    expectWrong(answer.html, "code", words);
    expect(answer.fields).toMatchObject({ ...filled, code: "654321" });
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it("a form used for something else begins anew", async () => {
    const { post, citizens } = visitor();
    citizens.refusal = { refusal: "form-reused", field: null };
    const answer = await post("/exclude/confirm", { ...filled, code: RIGHT_CODE });
    expect(answer.status).toBe(409);
    expect(answer.html).toContain("What is in force stays in force");
  });

  it.each([
    ["/exclude/details", { policy: "" }, "policy", "Choose for how long."],
    ["/exclude/details", { policy: "2m" }, "policy", "Choose one of these periods."],
    ["/exclude/code", { policy: "constructor" }, "policy", "Choose one of these periods."],
    ["/exclude/code", { phone: "  " }, "phone", "Enter your mobile number."],
    ["/exclude/code", { documentKind: "msisdn" }, "document", "This number does not fit"],
    ["/exclude/confirm", { code: "" }, "code", "Enter the 6 digits"],
  ])("%s with %o is answered without asking origin", async (path, change, field, words) => {
    const { post, citizens } = visitor();
    const answer = await post(path, { ...filled, ...change });
    expect(answer.status).toBe(400);
    expectWrong(answer.html, field, words);
    expect(citizens.calls).toEqual([]);
  });
});

describe("another language", () => {
  it.each([
    ["/exclude", { policy: "7d" }, "Kwa muda gani?"],
    ["/exclude/details", {}, "Nambari yako ya simu"],
    ["/exclude/code", { code: "12" }, "Weka msimbo"],
    ["/exclude/confirm", { code: "12" }, "Weka msimbo"],
  ])("at %s keeps the step and what was typed, and asks origin for nothing", async (path, change, words) => {
    const { post, get, citizens } = visitor();
    const answer = await post(path, { ...filled, ...change, lang: "sw" });
    expect(answer.status).toBe(200);
    expect(answer.html).toContain('<html lang="sw" dir="ltr">');
    expect(answer.html).toContain(words);
    expect(answer.fields).toMatchObject({ formId: FORM_ID, phone: PHONE, ...change });
    expect(citizens.calls).toEqual([]);
    expect((await get("/")).html).toContain("Acha kamari");
  });

  it("does not pretend that a code was sent", async () => {
    const { post } = visitor();
    const answer = await post("/exclude/code", { ...filled, sentTo: "", lang: "sw" });
    expect(answer.html).toContain("Nambari yako ya simu");
  });
});
