import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CITIZEN_KINDS } from "../../src/domains/exclusions/cases/model.ts";
import type { Locale } from "../../src/i18n/locales.ts";
import { DAY } from "../../src/kernel/clock.ts";
import { FORM_ID, visitor } from "../pages/browser.ts";
import { aCase, Cases, caseReference, NOTHING_TO_DO } from "../pages/cases.ts";
import { Citizens, NOW, RIGHT_CODE } from "../pages/citizens.ts";
import { portalOver } from "../pages/doubles.ts";
import { ABSENT, launch, PHONE_SIZE } from "../support/chromium.ts";
import { servePortal } from "../support/portal-server.ts";
import { fitAndAreAccessible } from "../support/shown.ts";

const PHONE = "0712345678";
const SUBJECT = {
  role: "subject", state: "hearing", grounds: ["financial-hardship", "danger-to-dependants"], notice: "Your family says that the rent is gone.\nTell us how you see it.",
  hearingUntil: NOW + 14 * DAY, measureUntil: NOW + 30 * DAY, may: { ...NOTHING_TO_DO, answer: true, addEvidence: true },
} as const;

/** Every page on cases in one language, as the portal answers. */
async function pages(locale: Locale): Promise<[name: string, html: string][]> {
  const { get, post, cases } = visitor();
  const shown: [string, string][] = [["home", (await get(`/?lang=${locale}`)).html], ["door", (await get("/my/cases")).html]];
  await post("/exclude/confirm", { formId: FORM_ID, policy: "1y", phone: PHONE, code: RIGHT_CODE });
  shown.push(["none", (await get("/my/cases")).html], ["choice", (await get("/my/cases/new")).html], ["anothers", (await get("/my/cases/new/not-me")).html]);
  for (const kind of CITIZEN_KINDS) shown.push([`new-${kind}`, (await get(`/my/cases/new/${kind}?mine=yes&operator=acme01&checks=a`)).html]);
  cases.refusal = { refusal: "choice-missing", field: "grounds" };
  shown.push(["family-wrong", (await post("/my/cases/new/family", { formId: FORM_ID, phone: PHONE, statement: "أمينة", "ground-unable-to-decide": "yes" })).html]);
  cases.kept = [
    aCase({ ...SUBJECT, grounds: [...SUBJECT.grounds] }),
    aCase({ reference: caseReference(2), kind: "not-me", state: "decided", exclusionReference: "NSER-111111111J", decision: "granted", decidedAt: NOW, reason: "The number was new.", appealUntil: NOW + 3 * DAY, may: { ...NOTHING_TO_DO, object: true } }),
    aCase({ reference: caseReference(3), kind: "complaint", operator: "acme01", dueAt: NOW + DAY, files: 2, may: { ...NOTHING_TO_DO, withdraw: true, addEvidence: true } }),
  ];
  shown.push(["list", (await get("/my/cases")).html]);
  for (const at of [1, 2, 3]) shown.push([`case-${at}`, (await get(`/my/cases/${caseReference(at)}?done=filed`)).html]);
  cases.refusal = { refusal: "evidence-type", field: "evidence" };
  shown.push(["evidence-wrong", (await post(`/my/cases/${caseReference(3)}/evidence`, { formId: FORM_ID })).html]);
  cases.refusal = { refusal: "proof-too-old", field: null };
  const proof = await post(`/my/cases/${caseReference(1)}/answer`, { formId: FORM_ID, statement: "x" });
  cases.refusal = { refusal: "proof-too-old", field: null };
  shown.push(["proof", proof.html], ["code", (await post(`/my/cases/${caseReference(1)}/answer`, { ...proof.fields, phone: PHONE })).html]);
  shown.push(["access", (await get("/my/access")).html]);
  return shown;
}

fitAndAreAccessible("cases-", pages);

describe.skipIf(ABSENT)("cases in Chromium, without a script of ours", () => {
  const [citizens, cases] = [new Citizens(), new Cases()];
  let browser: Browser;
  let served: Awaited<ReturnType<typeof servePortal>>;
  let page: Page;

  beforeAll(async () => {
    served = await servePortal(portalOver({ citizens, rights: citizens.rights, claims: citizens.claims, cases }));
    browser = await launch();
    page = await (await browser.newContext({ viewport: PHONE_SIZE, locale: "en" })).newPage();
    page.setDefaultTimeout(5_000);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    served?.close();
  });

  it("takes a request for somebody in the family, from the home page to where it stands, and a file with it", async () => {
    await page.goto(served.url);
    await page.getByRole("link", { name: "Somebody in my family needs help" }).click();
    await page.getByLabel("Your name").fill("Otieno");
    await page.getByLabel("Their name").fill("Achieng");
    await page.getByLabel("Their mobile number").fill("0733 000 111");
    await page.getByLabel("You are their").selectOption("brother or sister");
    await page.getByLabel(/money trouble/).check();
    await page.getByLabel("What is happening?").fill("The rent is gone.\nAgain.");
    await page.getByLabel("Your mobile number").fill(PHONE);
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByRole("button", { name: "العربية" }).click();
    await page.getByRole("button", { name: "English" }).click();
    await page.getByLabel(/code/i).fill(RIGHT_CODE);
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByText("We have it.").waitFor();
    expect(cases.asked("file")[0].request).toMatchObject({
      name: "Otieno", subject: { name: "Achieng", phone: "0733 000 111", document: null }, relation: "sibling", grounds: ["financial-hardship"],
      statement: "The rent is gone.\r\nAgain.",
    });
    await page.locator("summary", { hasText: "Add a file" }).click();
    await page.getByLabel("File", { exact: true }).setInputFiles({ name: "rent.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7") });
    await page.getByRole("button", { name: "Add a file" }).click();
    await page.getByText("The file was added.").waitFor();
    expect(cases.asked("addEvidence")[0]).toMatchObject({ name: "rent.pdf", bytes: new TextEncoder().encode("%PDF-1.7") });
  });

  it("lets whom it is about answer, and appeal", async () => {
    cases.kept = [aCase({ ...SUBJECT, grounds: [...SUBJECT.grounds] })];
    await page.goto(`${served.url}/my/cases`);
    await page.getByRole("link", { name: "Somebody who knows you" }).click();
    await page.getByLabel("Your words").fill("I paid it.");
    await page.getByRole("button", { name: "Answer" }).click();
    await page.getByText("Done.").waitFor();
    Object.assign(cases.kept[0]!, { state: "decided", decision: "granted", decidedAt: NOW, appealUntil: NOW + 30 * DAY, may: { ...NOTHING_TO_DO, appeal: true } });
    await page.reload();
    await page.getByLabel("Your words").fill("Look again.");
    await page.getByRole("button", { name: "Appeal" }).click();
    await page.getByText("Appealed").waitFor();
    expect([cases.asked("answer")[0].statement, cases.asked("appeal")[0].statement]).toEqual(["I paid it.", "Look again."]);
  });
});
