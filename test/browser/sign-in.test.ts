import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { text } from "../../src/i18n/index.ts";
import { LOCALES, type Locale } from "../../src/i18n/locales.ts";
import { FORM_ID, visitor } from "../pages/browser.ts";
import { PASSWORD } from "../pages/entrance.ts";
import { ABSENT, launch, PHONE_SIZE } from "../support/chromium.ts";
import { wholeSystem } from "../support/system.ts";

const PICTURES = ".build/screenshots";
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PERSON = { formId: FORM_ID, phone: "0712345678", name: "أمينة Ng'ang'a", dateOfBirth: "27 3 1990" };

/** Every page of coming in, in one language, as the portal answers. */
async function pages(locale: Locale): Promise<[name: string, html: string][]> {
  const { get, post, entrance } = visitor();
  await get(`/?lang=${locale}`);
  const shown: [string, string][] = [["sign-in", (await get("/sign-in")).html], ["sign-up", (await get("/sign-up")).html]];
  shown.push(["sign-in-wrong", (await post("/sign-in", { phone: PERSON.phone, password: "wrong" })).html]);
  entrance.refusal = { refusal: "sign-in-locked", field: null, minutes: 29 };
  shown.push(["sign-in-locked", (await post("/sign-in", { phone: PERSON.phone, password: "wrong" })).html]);
  entrance.refusal = { refusal: "too-young", field: "dateOfBirth" };
  shown.push(["sign-up-wrong", (await post("/sign-up/code", PERSON)).html]);
  shown.push(["sign-up-code", (await post("/sign-up/code", PERSON)).html]);
  entrance.refusal = { refusal: "password-breached", field: "password" };
  shown.push(["sign-up-code-wrong", (await post("/sign-up/confirm", { ...PERSON, code: "123456", password: "x" })).html]);
  entrance.refusal = { refusal: "has-account", field: null };
  shown.push(["sign-up-taken", (await post("/sign-up/confirm", { ...PERSON, code: "123456", password: "x" })).html]);
  await post("/sign-in", { phone: PERSON.phone, password: PASSWORD });
  shown.push(["signed-in", (await get("/sign-in/done")).html]);
  return shown;
}

describe.skipIf(ABSENT)("coming in, in Chromium", () => {
  const whole = wholeSystem();
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    browser = await launch();
    page = await (await browser.newContext({ viewport: PHONE_SIZE, deviceScaleFactor: 2 })).newPage();
  }, 60_000);

  afterAll(() => browser?.close());

  it.each(Object.keys(LOCALES) as Locale[])("its pages fit 360 px and are accessible, in %s", async (locale) => {
    for (const [name, html] of await pages(locale)) {
      await page.setContent(html);
      await page.screenshot({ path: `${PICTURES}/${locale}-${name}.png`, fullPage: true });
      expect(await page.evaluate(() => document.scrollingElement!.scrollWidth), name).toBeLessThanOrEqual(PHONE_SIZE.width);
      await page.evaluate(AXE);
      const found = await page.evaluate(() => (globalThis as unknown as { axe: typeof import("axe-core") }).axe.run());
      expect(found.violations.map(({ id, nodes }) => [id, nodes[0]?.html]), name).toEqual([]);
    }
  }, 60_000);

  it("somebody makes an account, goes, is refused with a wrong password, and comes in again, before the whole system", async () => {
    const locale = "sw";
    const context = await browser.newContext({ viewport: PHONE_SIZE, locale });
    context.setDefaultTimeout(10_000);
    const own = await context.newPage();
    const press = (key: Parameters<typeof text>[1]) => own.getByRole("button", { name: text(locale, key as "sign-in.submit"), exact: true }).click();
    await own.goto(`${whole.system.url}/sign-up`);
    await own.getByLabel(text(locale, "details.phone")).fill("0733000009");
    await own.getByLabel(text(locale, "details.name")).fill("Wanjirũ");
    await own.getByLabel(text(locale, "details.birth")).fill("27 3 1990");
    await press("details.send");

    const messages = await context.newPage();
    await messages.goto(`${whole.system.url}/dev/sms?to=%2B254733000009`);
    const code = /\b\d{6}\b/.exec((await messages.locator("dd").first().textContent())!)![0];
    await own.getByLabel(text(locale, "code.label")).fill(code);
    await own.getByLabel(text(locale, "sign-up.password")).fill(PASSWORD);
    await press("sign-up.submit");
    await own.getByRole("heading", { name: text(locale, "sign-in.done") }).waitFor();
    await press("sign-in.out");

    await own.getByRole("link", { name: text(locale, "sign-in.submit"), exact: true }).click();
    for (const [password, then] of [["maneno mengine", "sign-in.heading"], [PASSWORD, "sign-in.done"]] as const) {
      await own.getByLabel(text(locale, "details.phone")).fill("0733000009");
      await own.getByLabel(text(locale, "sign-in.password")).fill(password);
      await press("sign-in.submit");
      await own.getByRole("heading", { name: text(locale, then) }).waitFor();
    }
    expect(await own.getByText("+254 7•• ••• 009").count()).toBe(1);
    expect(whole.alarms).toEqual([]);
    await context.close();
  }, 60_000);
});
