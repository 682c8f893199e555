import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LOCALES, type Locale } from "../../src/i18n/locales.ts";
import { type Fields, FORM_ID, visitor } from "../pages/browser.ts";
import { RIGHT_CODE } from "../pages/citizens.ts";
import { ABSENT, launch, PHONE_SIZE } from "../support/chromium.ts";

const PICTURES = ".build/screenshots";
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const DETAILS = { version: "0", name: "أمينة Ng'ang'a", preferredName: "", dateOfBirth: "27 3 1990", county: "047", language: "sw", quietNights: "yes" };

/** Every page of a vault in one language, as the portal answers. */
async function pages(locale: Locale): Promise<[name: string, html: string][]> {
  const { get, post, vaults } = visitor();
  await get(`/?lang=${locale}`);
  await post("/my/enter", { formId: FORM_ID, phone: "0712345678", code: RIGHT_CODE });
  const wrong = await post("/my/details", { ...DETAILS, county: "048", name: "a\nb" } satisfies Fields);
  await post("/my/details", DETAILS);
  await post("/my/contact", { version: "0", contactName: "Otieno", contactPhone: "0733 000 111" });
  const shown: [string, string][] = [["details-wrong", wrong.html]];
  for (const path of ["data", "inbox", "access", "activity", "details", "contact"]) shown.push([path, (await get(`/my/${path}`)).html]);
  vaults.changedElsewhere({ name: "Barasa" });
  shown.push(["details-changed", (await post("/my/details", DETAILS)).html]);
  vaults.refusal = { refusal: "code-too-old", field: null };
  shown.push(["access-door", (await get("/my/access")).html]);
  vaults.refusal = { refusal: "nothing-kept", field: null };
  shown.push(["nothing", (await get("/my/data")).html]);
  return shown;
}

describe.skipIf(ABSENT)("the pages of a vault in Chromium", () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    browser = await launch();
    page = await (await browser.newContext({ viewport: PHONE_SIZE, deviceScaleFactor: 2 })).newPage();
  }, 60_000);

  afterAll(() => browser?.close());

  it.each(Object.keys(LOCALES) as Locale[])("fit 360 px and are accessible, in %s", async (locale) => {
    for (const [name, html] of await pages(locale)) {
      await page.setContent(html);
      await page.screenshot({ path: `${PICTURES}/${locale}-vault-${name}.png`, fullPage: true });
      expect(await page.evaluate(() => document.scrollingElement!.scrollWidth), name).toBeLessThanOrEqual(PHONE_SIZE.width);
      await page.evaluate(AXE);
      const found = await page.evaluate(() => (globalThis as unknown as { axe: typeof import("axe-core") }).axe.run());
      expect(found.violations.map(({ id, nodes }) => [id, nodes[0]?.html]), name).toEqual([]);
    }
  }, 60_000);
});
