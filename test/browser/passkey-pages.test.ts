import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LOCALES, type Locale } from "../../src/i18n/locales.ts";
import { visitor } from "../pages/browser.ts";
import { PASSKEY_ID } from "../pages/passkeys.ts";
import { ABSENT, launch, PHONE_SIZE } from "../support/chromium.ts";

const PICTURES = ".build/screenshots";
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LIST = "/account/security/passkeys";

/** Every page of passkeys in one language, as the portal answers. */
async function pages(locale: Locale): Promise<[name: string, html: string][]> {
  const { get, post, passkeys } = visitor();
  await get(`/?lang=${locale}`);
  const shown: [string, string][] = [["sign-in", (await get("/sign-in/passkey")).html]];
  passkeys.passkeys.push({ ...passkeys.passkeys[0]!, id: PASSKEY_ID.replace("0", "1"), label: "W".repeat(40), usedAt: passkeys.passkeys[0]!.createdAt });
  for (const [name, path] of [["prove", "/account/prove/passkey"], ["list", LIST], ["add", `${LIST}/add`], ["one", `${LIST}/${PASSKEY_ID}`]] as const) shown.push([name, (await get(path)).html]);
  for (const [verb, refusal] of [["finishSignIn", "passkey-refused"], ["startProof", "no-passkey"], ["rename", "label-invalid"], ["remove", "factor-needed"]] as const) passkeys.refusals.set(verb, refusal);
  shown.push(["refused", (await post("/sign-in/passkey", {})).html], ["no-passkey", (await get("/account/prove/passkey")).html]);
  shown.push(["label", (await post(`${LIST}/${PASSKEY_ID}`, { label: "" })).html], ["needed", (await post(`${LIST}/${PASSKEY_ID}/remove`, {})).html]);
  passkeys.passkeys = [];
  return [...shown, ["none", (await get(LIST)).html]];
}

describe.skipIf(ABSENT)("the pages of passkeys in Chromium", () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    browser = await launch();
    page = await (await browser.newContext({ viewport: PHONE_SIZE, deviceScaleFactor: 2 })).newPage();
  }, 60_000);

  afterAll(() => browser?.close());

  it.each(Object.keys(LOCALES) as Locale[])("fit 360 px and are accessible, in %s, with what a script shows and without", async (locale) => {
    for (const [name, html] of await pages(locale)) {
      await page.setContent(html);
      await page.evaluate(AXE);
      const hidden = await page.locator("main [hidden]:not(input)").count();
      for (const seen of hidden > 0 ? ["without", "with"] : ["without"]) {
        await page.screenshot({ path: `${PICTURES}/${locale}-passkey-${name}-${seen}.png`, fullPage: true });
        expect(await page.evaluate(() => document.scrollingElement!.scrollWidth), name).toBeLessThanOrEqual(PHONE_SIZE.width);
        const found = await page.evaluate(() => (globalThis as unknown as { axe: typeof import("axe-core") }).axe.run());
        expect(found.violations.map(({ id, nodes }) => [id, nodes[0]?.html]), name).toEqual([]);
        await page.evaluate(() => document.querySelectorAll("[hidden]").forEach((element) => element.removeAttribute("hidden")));
      }
    }
  }, 60_000);
});
