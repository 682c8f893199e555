import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packReceipt } from "../../src/audit/pocket.ts";
import { text } from "../../src/i18n/index.ts";
import type { Locale } from "../../src/i18n/locales.ts";
import { FORM_ID, visitor } from "../pages/browser.ts";
import { RECEIPT, RIGHT_CODE } from "../pages/citizens.ts";
import { portalOver } from "../pages/doubles.ts";
import { ABSENT, launch, PHONE_SIZE } from "../support/chromium.ts";
import { picturedIn } from "../support/pictures.ts";
import { servePortal } from "../support/portal-server.ts";
import { fitAndAreAccessible } from "../support/shown.ts";
import { LOG_NAME, STRANGE } from "../support/small-log.ts";

const PICTURES = resolve(".build/screenshots");
const PROOF = "/my/receipts/NSER-111111111J/proof";
const FORGED = RECEIPT.replace(/^extra (.)/m, (_, letter: string) => `extra ${letter === "A" ? "B" : "A"}`);
const ABOUT_OTHERS = RECEIPT.replace(/^index .*$/m, "index 4");

async function proofOf(locale: Locale) {
  const { get, post, citizens } = visitor();
  await get(`/?lang=${locale}`);
  await post("/exclude/confirm", { formId: FORM_ID, policy: "1y", phone: "0712345678", code: RIGHT_CODE });
  const proof = (await get(PROOF)).html;
  citizens.proofFile = null;
  return { proof, waiting: (await get(PROOF)).html, verify: (await get("/verify")).html };
}

fitAndAreAccessible("proof-", async (locale) => Object.entries(await proofOf(locale)));

describe.skipIf(ABSENT)("the page that verifies, in Chromium", () => {
  let browser: Browser;
  /** What our server was asked. */
  const reached: string[] = [];
  let served: Awaited<ReturnType<typeof servePortal>>;

  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    served = await servePortal(portalOver({ log: (line) => reached.push(line) }));
    browser = await launch();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    served?.close();
  });

  /** A phone, and every request it made. */
  async function phone(locale: Locale): Promise<{ page: Page; asked: string[] }> {
    const context = await browser.newContext({ viewport: PHONE_SIZE, locale, deviceScaleFactor: 2 });
    context.setDefaultTimeout(5_000);
    const page = await context.newPage();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    return { page, asked };
  }

  const check = async (page: Page, receipt: string, locale: Locale = "en") => {
    await page.locator("#receipt").fill(receipt);
    await page.getByRole("button", { name: text(locale, "verify.submit"), exact: true }).click();
    await page.locator("#proven:not([hidden]), #doubted:not([hidden])").waitFor();
    return { isProven: await page.locator("#proven").isVisible(), doubt: await page.locator("#code").textContent() };
  };

  it.each(["en", "ar"] as const)("proves a receipt without asking anybody, in %s", async (locale) => {
    const { page, asked } = await phone(locale);
    await page.goto(`${served.url}/verify`);
    expect(await page.locator("#without").isVisible()).toBe(false);
    expect(asked).toEqual([`${served.url}/verify`]);
    expect(await check(page, RECEIPT, locale)).toMatchObject({ isProven: true });
    const fact = (name: string) => page.locator(`#fact-${name}`).textContent();
    expect([await fact("resource"), await fact("action"), await fact("period"), await fact("log"), await fact("index")])
      .toEqual(["NSER-111111111J", text(locale, "past.began"), text(locale, "period.1y"), LOG_NAME, "5 / 12"]);
    expect(await fact("cosigners")).toContain("witness.example/w\u2069: ");
    expect(await fact("at")).toContain("2027");
    await page.screenshot({ path: `${PICTURES}/${locale}-verify-proven.png`, fullPage: true });
    expect(await page.evaluate(() => document.scrollingElement!.scrollWidth)).toBeLessThanOrEqual(PHONE_SIZE.width);
    expect(await check(page, ABOUT_OTHERS, locale)).toEqual({ isProven: false, doubt: "not-included" });
    expect(await page.locator("#doubt").textContent()).toBe(text(locale, "verify.not-included"));
    await page.screenshot({ path: `${PICTURES}/${locale}-verify-doubted.png`, fullPage: true });
    expect(asked).toHaveLength(1);
  }, 30_000);

  it("believes the reader's keys alone, and nothing that was changed", async () => {
    const { page } = await phone("en");
    await page.goto(`${served.url}/verify`);
    expect((await check(page, FORGED)).isProven).toBe(false);
    expect(await check(page, "hello")).toEqual({ isProven: false, doubt: "nothing" });
    await page.locator("#keys").fill(STRANGE);
    expect(await check(page, RECEIPT)).toEqual({ isProven: false, doubt: "no-known-key" });
    await page.locator("#keys").fill("nonsense");
    expect(await check(page, RECEIPT)).toEqual({ isProven: false, doubt: "keys-wrong" });
  }, 30_000);

  it("takes the file, and the address of the picture", async () => {
    const { page, asked } = await phone("en");
    await page.goto(`${served.url}/verify`);
    await page.locator("#file").setInputFiles({ name: "NSER-111111111J.tlog-proof", mimeType: "text/plain", buffer: Buffer.from(RECEIPT) });
    await page.locator("#proven").waitFor();
    const scanned = await phone("en");
    await scanned.page.goto(`${served.url}/verify#${await packReceipt(RECEIPT)}`);
    await scanned.page.locator("#proven").waitFor();
    expect([asked.length, scanned.asked.length]).toEqual([1, 1]);
  }, 30_000);

  it("works where it was saved, without a network", async () => {
    const saved = `${PICTURES}/nser-verify.html`;
    writeFileSync(saved, await (await fetch(`${served.url}/verify?lang=ar`)).text());
    const { page, asked } = await phone("ar");
    await page.context().setOffline(true);
    await page.goto(pathToFileURL(saved).href);
    expect(await check(page, RECEIPT, "ar")).toMatchObject({ isProven: true });
    expect(asked).toEqual([pathToFileURL(saved).href]);
  }, 30_000);

  it.each([["as it is served", true], ["as it was saved", false]])("can send nothing to anybody, %s", async (_, isServed) => {
    const { page } = await phone("en");
    const html = await (await fetch(`${served.url}/verify`)).text();
    await page.route("**/verify", (route) => route.fulfill({ body: html, contentType: "text/html", ...(isServed && { headers: { "content-security-policy": "default-src 'none'" } }) }));
    await page.goto(`${served.url}/verify`);
    reached.length = 0;
    const sent = await page.evaluate(async (elsewhere) => {
      const image = (address: string) => new Promise((done) => {
        const beacon = new Image();
        beacon.addEventListener("error", () => done("refused"));
        beacon.addEventListener("load", () => done("sent"));
        beacon.src = address;
      });
      const asked = (address: string) => fetch(address).then(() => "sent", () => "refused");
      navigator.sendBeacon("/exit");
      return [await asked("/"), await asked(elsewhere), await image("/exit")];
    }, served.url.replace("localhost", "127.0.0.1"));
    expect(sent).toEqual(["refused", "refused", "refused"]);
    expect(reached).toEqual([]);
  }, 30_000);

  it("is led to by a picture whose every module shows on a phone's screen", async () => {
    const { page } = await phone("ar");
    const { proof } = await proofOf("ar");
    await page.setContent(proof);
    const modules = picturedIn(proof);
    const shot = (await page.locator("svg[role=img]").screenshot()).toString("base64");
    const seen = await page.evaluate(async ([png, size]) => {
      const image = new Image();
      image.src = `data:image/png;base64,${png}`;
      await image.decode();
      const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
      const context = canvas.getContext("2d")!;
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, image.width, image.height);
      const side = image.width / size;
      const dark = (x: number, y: number) => data[4 * (Math.floor((y + 0.5) * side) * image.width + Math.floor((x + 0.5) * side))]! < 128;
      return Array.from({ length: size }, (_, y) => Array.from({ length: size }, (_, x) => dark(x, y)));
    }, [shot, modules.length] as const);
    expect(seen).toEqual(modules);
  }, 30_000);
});
