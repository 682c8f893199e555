import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PasswordsRefusal } from "../../src/domains/authentication/passwords/rpc.ts";
import { LOCALES, type Locale } from "../../src/i18n/locales.ts";
import { FORM_ID, visitor } from "../pages/browser.ts";
import { RIGHT_CODE } from "../pages/citizens.ts";
import { LINK } from "../pages/passwords.ts";
import { ABSENT, launch, PHONE_SIZE } from "../support/chromium.ts";

const PICTURES = ".build/screenshots";
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TYPED = { formId: FORM_ID, phone: "0712345678", sentTo: "+254712345678", code: RIGHT_CODE, link: LINK, password: "three zebras", current: "mango season" };

/** Every page of passwords, and of the phone they go with, in one language. */
async function pages(locale: Locale): Promise<[name: string, html: string][]> {
  const { get, post, passwords } = visitor();
  await get(`/?lang=${locale}`);
  const shown: [string, string][] = [];
  const show = async (name: string, visit: ReturnType<typeof get>) => void shown.push([name, (await visit).html]);
  for (const path of ["/reset", "/reset/done", "/activate", "/account/security/password", "/account/phone"]) {
    await show(path.slice(1).replaceAll("/", "-"), get(path));
  }
  for (const path of ["/reset/code", "/reset/enter", "/activate/code", "/account/phone/code"]) await show(path.slice(1).replaceAll("/", "-"), post(path, TYPED));
  const refusals: [path: string, refusal: PasswordsRefusal][] = [
    ["/reset/enter", { refusal: "activation-due", field: null }], ["/reset/password", { refusal: "password-breached", field: "password" }],
    ["/activate/code", { refusal: "link-over", field: "link" }],
    ["/activate/confirm", { refusal: "password-guessable", field: "password" }], ["/account/security/password", { refusal: "password-locked", field: "current", minutes: 11 }],
    ["/account/phone/change", { refusal: "phone-taken", field: "phone" }],
  ];
  for (const [path, refusal] of refusals) {
    passwords.refusal = refusal;
    await show(`${path.slice(1).replaceAll("/", "-")}-${refusal.refusal}`, post(path, TYPED));
  }
  return shown;
}

describe.skipIf(ABSENT)("the pages of passwords in Chromium", () => {
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
