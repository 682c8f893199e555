import { mkdirSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { blindKeyOf } from "../../src/cli/secrets.ts";
import type { BlindOptions, Identifier, Token } from "../../src/client/blind.ts";
import { text } from "../../src/i18n/index.ts";
import { ABSENT, launch, PHONE_SIZE } from "../support/chromium.ts";
import { CLIENT, startOperatorSite } from "../support/operator-site/start.ts";
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

  describe("an operator's page, which has no key", () => {
    const IDENTIFIERS: Identifier[] = [{ type: "msisdn", value: "0733 000-004" }, { type: "national_id", value: "34567812" }];
    let site: Awaited<ReturnType<typeof startOperatorSite>>;
    let page: Page;

    beforeAll(async () => {
      site = await startOperatorSite({ register: whole.system.url, key: whole.access.apiKey, publicKey: blindKeyOf(whole.secrets) });
    });
    beforeEach(async () => {
      page = await browser.newPage();
      await page.goto(site.url);
    });
    afterEach(() => page.close());
    afterAll(() => site?.stop());

    /** What the page's own client gives, or the name of the error it throws. */
    const tokens = (changes: Partial<BlindOptions> = {}): Promise<Token[] | string> =>
      page.evaluate(
        ([client, options, identifiers]) => (window as any)[client].blindTokens(options, identifiers).catch((error: Error) => `${error.name}: ${error.message}`),
        [CLIENT, { url: `${site.url}/register`, publicKey: blindKeyOf(whole.secrets), ...changes }, IDENTIFIERS] as const,
      );
    const sentBy = (origin: string) => {
      const sent: { url: string; said: string }[] = [];
      page.on("request", (one) => sent.push({ url: one.url().replace(origin, ""), said: JSON.stringify(one.headers()) + (one.postData() ?? "") }));
      return sent;
    };

    it("makes the same tokens through its own server, and shows nobody an identifier", async () => {
      const sent = sentBy(site.url);
      expect(await tokens()).toEqual(await Promise.all(IDENTIFIERS.map(async ({ type, value }) => ({ type, token: await whole.server.tokenize(value, type) }))));
      expect(sent.map(({ url }) => url)).toEqual(["/register/v1/tokens/blind", "/register/v1/tokens/blind", "/register/v1/tokens/trade"]);
      expect(JSON.stringify(sent)).not.toMatch(/authorization|sk_live|733000004|34567812/);
    });

    it("stops before anything is shown where another key is pinned", async () => {
      const sent = sentBy(site.url);
      expect(await tokens({ publicKey: "A".repeat(43) })).toMatch(/^PinnedKeyError/);
      expect(sent).toHaveLength(1);
    });

    it("can do nothing with a key either: the register is not for other sites' pages", async () => {
      const sent = sentBy(whole.system.url);
      expect(await tokens({ url: whole.system.url, key: whole.access.apiKey })).toMatch(/Failed to fetch/);
      expect(new Set(sent.map(({ url }) => url))).toEqual(new Set(["/v1/tokens/blind"]));
    });
  });
});
