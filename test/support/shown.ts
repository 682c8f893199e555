/** What every page must be in a browser: no wider than a phone, and without a fault that axe knows. */
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LOCALES, type Locale } from "../../src/i18n/locales.ts";
import { ABSENT, launch, PHONE_SIZE } from "./chromium.ts";

const PICTURES = ".build/screenshots";
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Tests the pages in each language, with what their scripts show and without, and leaves a picture of each under its name and `prefix`. */
export const fitAndAreAccessible = (prefix: string, pages: (locale: Locale) => Promise<readonly (readonly [name: string, html: string])[]>) =>
  describe.skipIf(ABSENT)("the pages in Chromium", () => {
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
        await page.evaluate(AXE);
        const waitsForScript = (await page.locator("main [hidden]:not(input)").count()) > 0;
        for (const seen of waitsForScript ? ["", "-scripted"] : [""]) {
          if (seen) await page.evaluate(() => document.querySelectorAll("[hidden]").forEach((element) => element.removeAttribute("hidden")));
          await page.screenshot({ path: `${PICTURES}/${locale}-${prefix}${name}${seen}.png`, fullPage: true });
          expect(await page.evaluate(() => document.scrollingElement!.scrollWidth), name).toBeLessThanOrEqual(PHONE_SIZE.width);
          const found = await page.evaluate(() => (globalThis as unknown as { axe: typeof import("axe-core") }).axe.run());
          expect(found.violations.map(({ id, nodes }) => [id, nodes[0]?.html]), name).toEqual([]);
        }
      }
    }, 60_000);
  });
