import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LOCALES, type Locale } from "../../src/i18n/locales.ts";
import { visitor } from "../pages/browser.ts";
import { ABSENT, launch, PHONE_SIZE } from "../support/chromium.ts";

const PICTURES = ".build/screenshots";
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Every page of an account in one language, as the portal answers. */
async function pages(locale: Locale): Promise<[name: string, html: string][]> {
  const { get, post, sessions, signIn } = visitor();
  signIn();
  await get(`/?lang=${locale}`);
  const shown: [string, string][] = [];
  for (const path of ["", "/sessions", "/devices", "/history", "/activity"]) shown.push([`account${path.replace("/", "-")}`, (await get(`/account${path}`)).html]);
  sessions.refusal = { refusal: "device-blocked" };
  shown.push(["account-devices-refused", (await post("/account/devices/trust", { id: "d3" })).html]);
  return shown;
}

describe.skipIf(ABSENT)("the pages of an account in Chromium", () => {
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
      await page.screenshot({ path: `${PICTURES}/${locale}-${name}.png`, fullPage: true });
      expect(await page.evaluate(() => document.scrollingElement!.scrollWidth), name).toBeLessThanOrEqual(PHONE_SIZE.width);
      await page.evaluate(AXE);
      const found = await page.evaluate(() => (globalThis as unknown as { axe: typeof import("axe-core") }).axe.run());
      expect(found.violations.map(({ id, nodes }) => [id, nodes[0]?.html]), name).toEqual([]);
    }
  }, 60_000);
});
