import { describe, expect, it } from "vitest";
import { FORM_ID, visitor } from "./browser.ts";
import { RIGHT_CODE } from "./citizens.ts";

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
