import { mkdirSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { text } from "../../src/i18n/index.ts";
import { ABSENT, launch, PHONE_SIZE } from "../support/chromium.ts";
import { wholeSystem } from "../support/system.ts";

const PHONES = { en: "0733000001", sw: "0733000002", ar: "0733000003" } as const;

describe.skipIf(ABSENT)("a citizen with Chromium before the whole system", () => {
  const whole = wholeSystem();
  let browser: Browser;

  beforeAll(async () => {
    mkdirSync(".build/screenshots", { recursive: true });
    browser = await launch();
  }, 60_000);

  afterAll(() => browser?.close());

  it.each(["en", "sw", "ar"] as const)("is excluded at the edge after five screens, in %s", async (locale) => {
    const context = await browser.newContext({ viewport: PHONE_SIZE, locale });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    const phone = PHONES[locale];
    const token = await whole.server.tokenize(phone);
    expect((await whole.server.check(token)).word).toBe("clear");

    await page.goto(whole.system.url);
    await page.getByRole("link", { name: text(locale, "home.start"), exact: true }).click();
    await page.getByRole("radio", { name: text(locale, "period.6m"), exact: true }).check();
    await page.getByRole("button", { name: text(locale, "action.continue"), exact: true }).click();
    await page.getByLabel(text(locale, "details.phone")).fill(phone);
    await page.getByRole("button", { name: text(locale, "details.send"), exact: true }).click();

    const messages = await context.newPage();
    await messages.goto(`${whole.system.url}/dev/sms?to=%2B254${phone.slice(1)}`);
    const code = /\b\d{6}\b/.exec((await messages.locator("dd").first().textContent())!)![0];
    await page.getByLabel(text(locale, "code.label")).fill(code);
    await page.getByRole("button", { name: text(locale, "code.confirm"), exact: true }).click();
    await page.waitForURL(/\/my\/receipts\/NSER-/);
    await page.screenshot({ path: `.build/screenshots/whole-${locale}.png`, fullPage: true });

    expect(await whole.server.until(token, "excluded")).toBeLessThan(1_500);
    expect(await page.locator("html").getAttribute("lang")).toBe(locale);
    await context.close();
  }, 60_000);
});
