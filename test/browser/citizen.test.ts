import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { text } from "../../src/i18n/index.ts";
import { LOCALES, type Locale } from "../../src/i18n/locales.ts";
import { Citizens, NOW, RIGHT_CODE } from "../pages/citizens.ts";
import { portalOver } from "../pages/doubles.ts";
import { ABSENT, launch, PHONE_SIZE } from "../support/chromium.ts";
import { servePortal } from "../support/portal-server.ts";

const PICTURES = ".build/screenshots";
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

describe.skipIf(ABSENT)("the citizen's path in Chromium", () => {
  let browser: Browser;
  let close: () => void;
  let url: string;
  const citizens = new Citizens();

  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    ({ close, url } = await servePortal(portalOver({ citizens, rights: citizens.rights, claims: citizens.claims })));
    browser = await launch();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    close?.();
  });

  /** A phone of 360 px; the policy of our pages holds, so that no script runs but what the test evaluates. */
  const open = async (locale: Locale): Promise<Page> => {
    const context = await browser.newContext({ viewport: PHONE_SIZE, locale, deviceScaleFactor: 2 });
    context.setDefaultTimeout(5_000);
    return context.newPage();
  };

  async function inspect(page: Page, name: string): Promise<void> {
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
    expect(await page.evaluate(() => document.scrollingElement!.scrollWidth), name).toBeLessThanOrEqual(PHONE_SIZE.width);
    await page.evaluate(AXE);
    const found = await page.evaluate(() => (globalThis as unknown as { axe: typeof import("axe-core") }).axe.run());
    expect(found.violations.map(({ id, nodes }) => [id, nodes[0]?.html]), name).toEqual([]);
  }

  const submit = (page: Page, words: string) => page.getByRole("button", { name: words, exact: true }).click();

  it.each(["en", "sw", "ar", "fr"] as const)("from the first page to the receipt and beyond, in %s", async (locale) => {
    const page = await open(locale);
    const t = <K extends Parameters<typeof text>[1]>(key: K) => (text as (l: Locale, k: string) => string)(locale, key);
    const seen = (name: string) => inspect(page, `${locale}-${name}`);

    await page.goto(url);
    expect(await page.locator("html").getAttribute("dir")).toBe(LOCALES[locale].dir);
    await seen("1-home");
    await page.getByRole("link", { name: t("home.start"), exact: true }).click();
    await submit(page, t("action.continue"));
    expect(await page.locator("#policy-wrong").textContent()).toBe(t("error.policy-missing"));
    await seen("2-period-wrong");
    await page.getByRole("radio", { name: t("period.1y"), exact: true }).check();
    await seen("2-period");
    await submit(page, t("action.continue"));
    await page.getByLabel(t("details.phone")).fill("0712 345 678");
    await page.getByLabel(t("details.number")).fill("12345678");
    await seen("3-details");
    await page.getByLabel(t("details.phone")).press("Enter");
    await page.getByLabel(t("code.label")).fill("000000");
    await submit(page, t("code.confirm"));
    await seen("4-code-wrong");
    await page.getByLabel(t("code.label")).fill(RIGHT_CODE);
    await seen("4-code");
    await submit(page, t("code.confirm"));
    await page.waitForURL(/\/my\/receipts\//);
    await seen("5-receipt");
    await page.getByRole("link", { name: t("home.see"), exact: true }).click();
    await seen("6-mine");
    await page.getByRole("radio", { name: t("period.5y"), exact: true }).check();
    await submit(page, t("extend.submit"));
    await page.waitForURL(/\/my\/receipts\//);
    await page.goto(`${url}/my/requests?lang=${locale}`);
    await seen("6-rights");
    for (const kind of ["restriction", "objection"] as const) {
      await page.locator("summary", { hasText: t(`rights.ask.${kind}`) }).click();
      await submit(page, t("rights.send"));
      expect(await page.locator(`#${kind}-statement-wrong`).textContent()).toBe(t("error.statement-missing"));
      await page.locator(`#${kind}-subject`).selectOption("messages");
      await page.locator(`#${kind}-statement`).fill("0712 345 678");
      await seen(`6-rights-${kind}`);
      await submit(page, t("rights.send"));
      await page.waitForURL(`${url}/my/requests`);
    }
    await seen("6-rights-asked");
    await page.context().clearCookies();
    await page.goto(`${url}/my?lang=${locale}`);
    await seen("7-door");
    await page.context().close();
  }, 120_000);

  it("in another language midway, with what was typed and no second SMS", async () => {
    const page = await open("en");
    await page.goto(`${url}/exclude`);
    await page.getByRole("radio", { name: "7 days" }).check();
    await submit(page, "Kiswahili");
    expect(await page.getByRole("radio", { name: "Siku 7" }).isChecked()).toBe(true);
    await submit(page, "Endelea");
    await page.getByLabel(text("sw", "details.phone")).fill("0712 345 678");
    await submit(page, "العربية");
    expect(await page.getByLabel(text("ar", "details.phone")).inputValue()).toBe("0712 345 678");
    await submit(page, text("ar", "details.send"));
    const sent = citizens.asked("sendCode").length;
    await page.getByLabel(text("ar", "code.label")).fill("123");
    await submit(page, "English");
    expect(await page.getByLabel("Code from the SMS").inputValue()).toBe("123");
    expect(citizens.asked("sendCode")).toHaveLength(sent);
    await page.context().close();
  });

  it("stops for 24 hours in two taps, makes it longer, and ends it in two acts, one of them taken back", async () => {
    const page = await open("en");
    const receipts = () => page.waitForURL(/\/my\/receipts\//);
    await page.goto(`${url}/my`);
    await page.getByLabel("Kenyan mobile number").fill("0712 345 678");
    await submit(page, "Send me the code");
    await page.getByLabel("Code from the SMS").fill(RIGHT_CODE);
    await submit(page, "Show my exclusion");
    citizens.receipts.length = 0;
    await page.goto(url);
    await page.getByRole("link", { name: "Stop for 24 hours now" }).click();
    await submit(page, "Stop now");
    await receipts();
    await page.getByRole("radio", { name: "6 months" }).check();
    await submit(page, "Make it longer");
    await receipts();
    citizens.receipts[0]!.askableFrom = NOW;
    await page.getByRole("link", { name: "See my exclusion" }).click();
    const asked = async () => {
      await page.getByRole("link", { name: "Ask to end it" }).click();
      await submit(page, "I ask to end it");
      await page.waitForURL(/\/my\/end\//);
    };
    await asked();
    await submit(page, "Keep my exclusion");
    await receipts();
    expect(await page.getByText("You kept it").isVisible()).toBe(true);
    await asked();
    citizens.receipts[0]!.endableFrom = NOW;
    await page.goto(`${url}/my`);
    await page.getByRole("link", { name: "Confirm the end" }).click();
    await submit(page, "End my exclusion");
    await page.getByRole("checkbox", { name: "Yes, my exclusion is to end now" }).check();
    await submit(page, "End my exclusion");
    await receipts();
    expect(await page.getByRole("heading", { name: "This exclusion has ended" }).isVisible()).toBe(true);
    await page.context().close();
  });

  it("prints a receipt, and nothing one could press", async () => {
    const page = await open("en");
    await page.goto(`${url}/exclude`);
    await page.getByRole("radio", { name: "24 hours" }).check();
    await submit(page, "Continue");
    await page.getByLabel("Kenyan mobile number").fill("0712 345 678");
    await submit(page, "Send me the code");
    await page.getByLabel("Code from the SMS").fill(RIGHT_CODE);
    await submit(page, "Confirm and stop now");
    await page.setViewportSize({ width: 1_000, height: 800 });
    await page.screenshot({ path: `${PICTURES}/en-8-receipt-wide.png`, fullPage: true });
    await page.emulateMedia({ media: "print" });
    await page.screenshot({ path: `${PICTURES}/en-9-receipt-print.png`, fullPage: true });
    expect(await page.getByText("5 November 2026, 14:30").isVisible()).toBe(true);
    for (const name of ["Leave quickly", "Kiswahili", "Home page", "Make it longer", "You are not alone"]) {
      for (const one of await page.getByText(name, { exact: true }).all()) expect(await one.isVisible(), name).toBe(false);
    }
    expect(await page.getByRole("img", { name: "Picture that leads to this receipt" }).isVisible()).toBe(true);
    const paper = (await page.pdf({ format: "A4", path: `${PICTURES}/receipt.pdf` })).toString("latin1");
    expect(paper.match(/\/Type \/Page\b/g)).toHaveLength(1);
    await page.context().close();
  });
});
