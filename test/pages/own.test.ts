import { encode } from "uqr";
import { describe, expect, it } from "vitest";
import { EXCLUSION_STATES, type Receipt } from "../../src/domains/exclusions/model.ts";
import { isInForce } from "../../src/domains/exclusions/rules.ts";
import { text } from "../../src/i18n/index.ts";
import { LOCALES, type Locale } from "../../src/i18n/locales.ts";
import { DAY } from "../../src/kernel/clock.ts";
import { PLAIN } from "../support/exclusions.ts";
import { FORM_ID, visitor } from "./browser.ts";
import { NOW, RIGHT_CODE } from "./citizens.ts";

const PHONE = "0712345678";

/** A visitor who has excluded themself and holds the grant. */
async function excluded(policy = "30d") {
  const visit = visitor();
  await visit.post("/exclude/confirm", { formId: FORM_ID, policy, phone: PHONE, code: RIGHT_CODE });
  return visit;
}

describe("one's own page", () => {
  it("opens with phone and code, and shows what is in force", async () => {
    const { citizens, cookies, get, post } = await excluded();
    cookies.clear();
    const door = await get("/my");
    const code = await post("/my/code", { ...door.fields, phone: PHONE });
    expect(citizens.asked("sendCode")).toMatchObject([{ formId: door.fields.formId, phone: PHONE, document: null, again: false }]);
    const entered = await post("/my/enter", { ...code.fields, code: RIGHT_CODE });
    expect([entered.status, entered.headers.get("location")]).toEqual([303, "/my"]);
    const own = await get("/my");
    expect(own.html).toContain("In force");
    expect(own.html).toContain("4 December 2026, 23:59");
    expect(own.html).toContain('href="/my/receipts/NSER-111111111J"');
    expect(own.html).toContain("7•• ••• 678");
  });

  it("offers only what lengthens", async () => {
    const policies = async (policy: string) => {
      const { get } = await excluded(policy);
      return [...(await get("/my")).html.matchAll(/name="policy" value="(\w+)"/g)].map(([, value]) => value);
    };
    expect(await policies("7d")).toEqual(["6m", "1y", "5y", "permanent", "30d"]);
    expect(await policies("1y")).toEqual(["5y", "permanent"]);
    expect(await policies("permanent")).toEqual([]);
  });

  it("extends, and shows the receipt", async () => {
    const { citizens, get, post } = await excluded();
    const own = await get("/my");
    const done = await post("/my/extend", { ...own.fields, policy: "5y" });
    expect([done.status, done.headers.get("location")]).toEqual([303, "/my/receipts/NSER-111111111J"]);
    expect(citizens.asked("extend")).toMatchObject([{ formId: own.fields.formId, policy: "5y" }]);
    expect((await get("/my/receipts/NSER-111111111J")).html).toContain("4 November 2031, 23:59");
  });

  it("keeps the choice when another language is asked for, and does nothing", async () => {
    const { citizens, get, post } = await excluded();
    const own = await get("/my");
    const swahili = await post("/my", { ...own.fields, policy: "1y", lang: "sw" });
    expect(swahili.html).toContain("Kizuizi chako");
    expect(swahili.fields).toMatchObject({ formId: own.fields.formId, policy: "1y" });
    expect((await post("/my/extend", { ...own.fields, policy: "1y", lang: "fr" })).html).toContain("Votre exclusion");
    expect(citizens.asked("extend")).toEqual([]);
  });

  it("says so when nothing is in force", async () => {
    const { post, get } = visitor();
    await post("/my/enter", { formId: FORM_ID, phone: PHONE, code: RIGHT_CODE });
    expect((await get("/my")).html).toContain("No exclusion is in force for this number.");
  });
});

describe("what is in force", () => {
  const IMPOSED: Receipt = { ...PLAIN, reference: "NSER-2222222224", origin: "family", caseReference: "CR-0000000000", policy: "custom", endMode: "automatic", startedAt: NOW, endsAt: NOW + DAY, identifiers: [] };

  it("is one's own and what others asked for, each with what can be done, and each in the list", async () => {
    const { get, citizens } = await excluded("1y");
    citizens.receipts.push({ ...IMPOSED, state: "provisional", measureUntil: NOW + DAY }, { ...IMPOSED, reference: "NSER-333333333P", origin: "court" });
    const { html } = await get("/my");
    for (const words of ["In force for now", "Asked for by</dt><dd>Your family", "A court", "CR-0000000000", "at most until</dt><dd>5 November 2026, 14:30", "You can appeal"]) expect(html).toContain(words);
    expect(html.match(/class="tag"/g)).toHaveLength(3);
    expect([...html.matchAll(/\/my\/receipts\/([A-Z0-9-]+)/g)].map(([, reference]) => reference)).toEqual(citizens.receipts.map(({ reference }) => reference));
    expect([...html.matchAll(/name="policy" value="(\w+)"/g)].map(([, value]) => value)).toEqual(["5y", "permanent"]);
  });

  it("by others alone is not called nothing, and offers no lengthening and no end", async () => {
    const { get, post, citizens } = visitor();
    await post("/my/enter", { formId: FORM_ID, phone: PHONE, code: RIGHT_CODE });
    citizens.receipts.push({ ...IMPOSED, state: "active" });
    const { html } = await get("/my");
    for (const words of ["No exclusion is in force", 'name="policy"', "Ending it", "/my/stop"]) expect(html).not.toContain(words);
    expect(html).toContain("Until</dt><dd>5 November 2026, 14:30");
  });

  it.each(EXCLUSION_STATES)("has words of its own on the receipt and in the list when it is %s, in each language", async (state) => {
    const { get, citizens } = await excluded("1y");
    const over = !isInForce(state);
    Object.assign(citizens.receipts[0]!, {
      state, endedAt: over ? NOW : null, endableFrom: NOW, endingLapsesAt: NOW, measureUntil: NOW, annulsAt: NOW, ...(state === "provisional" && { origin: "family" }),
    });
    for (const locale of Object.keys(LOCALES) as Locale[]) {
      const receipt = await get(`/my/receipts/NSER-111111111J?lang=${locale}`);
      expect(receipt.html).toContain(text(locale, `receipt.lead-${state}`));
      expect(receipt.html.includes(text(locale, "receipt.heading"))).toBe(!over);
      expect(receipt.html.includes(text(locale, "meaning.no-bets"))).toBe(!over);
      expect((await get("/my")).html).toContain(text(locale, `state.${state}`));
    }
  });
});

describe("a receipt", () => {
  it("has a picture that leads to it, and leads a finder to the door only", async () => {
    const { get, cookies, post } = await excluded();
    const own = await get("/my/receipts/NSER-111111111J");
    const { size } = encode("https://register.test/my/receipts/NSER-111111111J", { border: 4 });
    expect(own.html).toContain(`viewBox="0 0 ${size} ${size}"`);
    cookies.clear();
    const door = await get("/my/receipts/NSER-111111111J");
    expect(door.html).not.toMatch(/excluded from gambling|4 December 2026/);
    const code = await post("/my/code", { ...door.fields, phone: PHONE });
    const entered = await post("/my/enter", { ...code.fields, code: RIGHT_CODE });
    expect(entered.headers.get("location")).toBe("/my/receipts/NSER-111111111J");
  });

  it("tells what happened in order, and nothing of who did it", async () => {
    const { get, citizens } = await excluded("1y");
    const own = citizens.receipts[0]!;
    citizens.happens(own, "reminded", {}, NOW + DAY);
    citizens.happens(own, "lengthened", { endsAt: null }, NOW + 2 * DAY);
    const { html } = await get("/my/receipts/NSER-111111111J");
    const told = [...html.matchAll(/<time[^>]*>([^<]*)<\/time> ([^<]*)</g)].map(([, at, what]) => `${at}: ${what}`);
    expect(told).toEqual(["4 November 2026, 14:30: It began", "5 November 2026, 14:30: We reminded you of its date", "6 November 2026, 14:30: Made longer, now until: no end"]);
  });
});

describe("refused", () => {
  it.each([
    ["/my/code", { phone: "" }, 400, "phone-wrong", "Enter your mobile number."],
    ["/my/enter", { phone: PHONE, code: "" }, 400, "code-wrong", "Enter the 6 digits"],
    ["/my/enter", { phone: PHONE, code: "999999" }, 422, "code-wrong", "You have 2 more tries."],
  ])("%s with %o", async (path, fields, status, place, words) => {
    const { post } = visitor();
    const answer = await post(path, { formId: FORM_ID, ...fields });
    expect(answer.status).toBe(status);
    expect(answer.html).toMatch(new RegExp(`id="${place}">[^<]*${words}`));
    expect(answer.fields).toMatchObject(fields);
  });

  it("an extension without a choice stays on the page", async () => {
    const { post, citizens } = await excluded();
    const answer = await post("/my/extend", { formId: FORM_ID });
    expect(answer.status).toBe(400);
    expect(answer.html).toContain('id="policy-wrong">Choose for how long.');
    expect(citizens.asked("extend")).toEqual([]);
  });

  it("an extension that lengthens nothing stays on the page", async () => {
    const { post, citizens } = await excluded();
    citizens.refusal = { refusal: "nothing-to-extend", field: null };
    const answer = await post("/my/extend", { formId: FORM_ID, policy: "1y" });
    expect(answer.status).toBe(409);
    expect(answer.html).toContain("This would not make your exclusion longer");
  });

  it("a grant that is over leads back to the door, and is forgotten", async () => {
    const { get, citizens, cookies } = await excluded();
    citizens.refusal = { refusal: "grant-invalid", field: null };
    const answer = await get("/my");
    expect(answer.status).toBe(403);
    expect(answer.html).toContain("Confirm your phone number again");
    expect(answer.html).toContain('action="/my/code"');
    expect(cookies.has("visit")).toBe(false);
  });

  it("a grant of somebody's own making is none", async () => {
    const { get, post, cookies, citizens } = await excluded();
    cookies.set("visit", cookies.get("visit")!.replace("grant", "GRANT"));
    expect((await get("/my")).html).toContain('action="/my/code"');
    expect((await get("/my/receipts/NSER-111111111J")).html).toContain('action="/my/code"');
    expect((await post("/my/extend", { formId: FORM_ID, policy: "1y" })).status).toBe(403);
    expect(citizens.asked("exclusions")).toEqual([]);
  });

  it("somebody else's receipt is not there", async () => {
    const { get } = await excluded();
    expect((await get("/my/receipts/NSER-9999999992")).status).toBe(404);
  });
});
