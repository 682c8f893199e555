import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LOCALES, type Locale } from "../../src/i18n/locales.ts";
import { visitor } from "../pages/browser.ts";
import { ABSENT, launch, PHONE_SIZE } from "../support/chromium.ts";

const PICTURES = ".build/screenshots";
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Every page of second factors in one language, as the portal answers. */
async function pages(locale: Locale): Promise<[name: string, html: string][]> {
  const { get, post, factors } = visitor();
  await get(`/?lang=${locale}`);
  const shown: [string, string][] = [];
  const add = async (name: string, answer: Promise<{ html: string }>) => void shown.push([name, (await answer).html]);
  await add("security", get("/account/security"));
  await add("totp", get("/account/security/totp"));
  await add("setup", post("/account/security/totp", {}));
  await add("codes", get("/account/security/recovery-codes"));
  await add("codes-fresh", post("/account/security/totp/confirm", { code: "123456" }));
  await add("prove", get("/account/prove"));
  await add("prove-recovery-code", post("/account/prove", { instead: "recovery-code" }));
  factors.refusals.prove = { refusal: "factor-locked", minutes: 11 };
  await add("prove-locked", post("/account/prove", { way: "totp", code: "123456" }));
  factors.possible = ["password"];
  await add("prove-password", get("/account/prove"));
  Object.assign(factors, { stage: "second-factor", possible: ["totp", "recovery-code"], refusals: { secondFactor: { refusal: "factor-wrong" } } });
  await add("second-wrong", post("/sign-in/second", { way: "totp", code: "123456" }));
  factors.held = { ...factors.held, stage: "enrolment", totp: null };
  await add("enrolment", get("/account/security"));
  return shown;
}

describe.skipIf(ABSENT)("the pages of second factors in Chromium", () => {
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
      await page.screenshot({ path: `${PICTURES}/${locale}-factors-${name}.png`, fullPage: true });
      expect(await page.evaluate(() => document.scrollingElement!.scrollWidth), name).toBeLessThanOrEqual(PHONE_SIZE.width);
      await page.evaluate(AXE);
      const found = await page.evaluate(() => (globalThis as unknown as { axe: typeof import("axe-core") }).axe.run());
      expect(found.violations.map(({ id, nodes }) => [id, nodes[0]?.html]), name).toEqual([]);
    }
  }, 60_000);
});
