import { describe, expect, it } from "vitest";
import { FORM_ID, visitor } from "./browser.ts";
import { RIGHT_CODE } from "./citizens.ts";

const PETER = { phone: "0712 345 678", documentKind: "national_id", document: "20000002", name: "Ng'ang'a <Peter>", dateOfBirth: "2.11.1985" };
const filled = { formId: FORM_ID, ...PETER };

describe("a number that was somebody else's before", () => {
  it("takes three pages, and is found where one looks at one's own", async () => {
    const { get, post, citizens } = visitor();
    expect((await get("/my")).html).toContain('href="/number"');
    const form = await get("/number");
    const code = await post("/number/code", { ...form.fields, ...PETER });
    expect(code.html).toContain("+254712345678");
    const done = await post("/number/confirm", { ...code.fields, code: "123 456" });
    expect(done.html).toContain("The number is released");
    expect(citizens.claimed).toEqual([{
      formId: form.fields.formId, phone: PETER.phone, code: RIGHT_CODE, locale: "en",
      document: { kind: "national_id", value: "20000002", name: "Ng'ang'a <Peter>", dateOfBirth: "2.11.1985" },
    }]);
  });

  it.each([
    ["phone", "Enter your mobile number."], ["document", "Enter the number of your document."], ["name", "Enter a name."], ["dateOfBirth", "Enter your date of birth."],
  ])("needs its %s, and keeps the rest that was typed", async (field, words) => {
    const { post, citizens } = visitor();
    for (const step of ["/number/code", "/number/confirm"]) {
      const { status, html } = await post(step, { ...filled, [field]: " " });
      expect(status).toBe(400);
      expect(html).toContain(`id="${field}-wrong">${words}`);
      expect(html).toContain(field === "name" ? "20000002" : "Ng&#39;ang&#39;a &lt;Peter&gt;");
    }
    expect([citizens.claimed, citizens.asked("sendCode")]).toEqual([[], []]);
  });

  it("says what became of it: an officer with a reference, kept, nothing to release", async () => {
    const { post, citizens } = visitor();
    const said = async () => (await post("/number/confirm", { ...filled, code: RIGHT_CODE })).html;
    citizens.outcome = { outcome: "officer", reference: "PC-0000000000" };
    expect(await said()).toMatch(/An officer decides.*PC-0000000000/s);
    citizens.outcome = { outcome: "kept" };
    expect(await said()).toContain("An exclusion cannot be ended this way");
    citizens.outcome = { outcome: "nothing-to-release" };
    expect(await said()).toContain("The register knows nobody by it");
  });

  it("can be corrected where the registry does not know it, with the same form", async () => {
    const { post, citizens } = visitor();
    citizens.outcome = { outcome: "mismatch" };
    const { status, html, fields } = await post("/number/confirm", { ...filled, code: RIGHT_CODE });
    expect(status).toBe(422);
    expect(html).toContain("does not know this document together with this name");
    expect(fields).toMatchObject({ formId: FORM_ID, document: "20000002" });
  });

  it("asks again beside the field for what origin refuses, and begins anew without a form", async () => {
    const { post, citizens } = visitor();
    const wrong = await post("/number/confirm", { ...filled, code: "000000" });
    expect([wrong.status, wrong.html.includes('id="code-wrong"')]).toEqual([422, true]);
    citizens.refusal = { refusal: "phone-foreign", field: "phone" };
    expect((await post("/number/code", filled)).html).toContain('id="phone-wrong"');
    expect((await post("/number/confirm", { ...filled, code: "" })).html).toContain('id="code-wrong"');
    expect((await post("/number/code", { ...filled, documentKind: "library card" })).html).toContain('id="document-wrong"');
    expect((await post("/number/confirm", { ...PETER, code: RIGHT_CODE })).html).toContain("Let us start again");
  });
});
