import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LOCALES, type Locale } from "../../src/i18n/locales.ts";
import { MINUTE } from "../../src/kernel/clock.ts";
import { visitor } from "../pages/browser.ts";
import { NOW } from "../pages/citizens.ts";
import { ACCOUNT_ID, LOOKED_AT } from "../pages/staff-users.ts";
import { ABSENT, launch, PHONE_SIZE } from "../support/chromium.ts";

const PICTURES = ".build/screenshots";
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PERSON = `/staff/users/${ACCOUNT_ID}`;

/** Every page of the regulator's people in one language, as the portal answers. */
async function pages(locale: Locale): Promise<[name: string, html: string][]> {
  const { get, post, staffUsers } = visitor();
  await get(`/?lang=${locale}`);
  const shown: [string, string][] = [["search", (await get("/staff/users")).html], ["search-none", (await post("/staff/users", { identifier: "wanjiku@example.ke" })).html]];
  shown.push(["person", (await get(PERSON)).html]);
  const verification = { id: "v", method: "national_id", verdict: "verified", reason: "seen-in-person", at: NOW, by: "user:1" } as const;
  staffUsers.account = { ...LOOKED_AT, state: "suspended", lock: { at: NOW, reason: "operator-asked" }, lockedUntil: NOW + 30 * MINUTE, verification };
  shown.push(["person-locked", (await get(PERSON)).html]);
  staffUsers.refusal = { refusal: "choice-missing" };
  shown.push(["person-wrong", (await post(`${PERSON}/verify`, {})).html]);
  staffUsers.account = { ...LOOKED_AT, deletedAt: NOW, isErased: true, name: null, email: null, phone: null, roles: [], signIns: [], factors: { password: false, totp: false, passkey: false } };
  shown.push(["person-deleted", (await get(PERSON)).html], ["profile", (await post(`${PERSON}/show`, { readReason: "a good reason" })).html]);
  return shown;
}

describe.skipIf(ABSENT)("the pages of the regulator's people in Chromium", () => {
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
      await page.screenshot({ path: `${PICTURES}/${locale}-people-${name}.png`, fullPage: true });
      expect(await page.evaluate(() => document.scrollingElement!.scrollWidth), name).toBeLessThanOrEqual(PHONE_SIZE.width);
      await page.evaluate(AXE);
      const found = await page.evaluate(() => (globalThis as unknown as { axe: typeof import("axe-core") }).axe.run());
      expect(found.violations.map(({ id, nodes }) => [id, nodes[0]?.html]), name).toEqual([]);
    }
  }, 60_000);
});
