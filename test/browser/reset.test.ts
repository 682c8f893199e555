import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { text } from "../../src/i18n/index.ts";
import { ABSENT, launch, PHONE_SIZE } from "../support/chromium.ts";
import { wholeSystem } from "../support/system.ts";

const PHONE = "0733000041";
const STRANGE = "0733000042";

const t = (key: Parameters<typeof text>[1]): string => text("en", key as "reset.submit");

describe.skipIf(ABSENT)("somebody with Chromium before the whole system", () => {
  const whole = wholeSystem();
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    browser = await launch();
    context = await browser.newContext({ viewport: PHONE_SIZE, locale: "en" });
    context.setDefaultTimeout(10_000);
    page = await context.newPage();
  }, 60_000);

  afterAll(() => browser?.close());

  const press = (key: Parameters<typeof text>[1]) => page.getByRole("button", { name: t(key), exact: true }).click();
  const type = (key: Parameters<typeof text>[1], value: string) => page.getByLabel(t(key)).fill(value);

  const messagesTo = async (phone: string): Promise<string[]> => {
    const response = await fetch(`${whole.system.url}/dev/sms?to=%2B254${phone.slice(1)}`, { headers: { accept: "application/json" } });
    return ((await response.json()) as { message: string }[]).map(({ message }) => message);
  };
  const codeTo = async (phone: string): Promise<string> => /\b\d{6}\b/.exec((await messagesTo(phone))[0]!)![0];

  /** An account without a password, and an activation for it. */
  async function activation(): Promise<string> {
    const token = await whole.system.administrator();
    const post = async (path: string, json: object) => {
      const headers = { "authorization": `Bearer ${token}`, "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
      return (await (await fetch(`${whole.system.url}${path}`, { method: "POST", headers, body: JSON.stringify(json) })).json()) as { id: string; secret: string };
    };
    const { id } = await post("/v1/users", { name: "Wanjiru Kamau", email: "wanjiru@example.test" });
    return (await post(`/v1/users/${id}/activation`, { reason: "no-password" })).secret;
  }

  it("activates an account, with no password that is known from breaches, and resets it by the phone", async () => {
    await page.goto(`${whole.system.url}/activate`);
    await type("activate.key", await activation());
    await type("details.phone", PHONE);
    await press("details.send");
    await type("code.label", await codeTo(PHONE));
    await type("reset.password", "password1");
    await press("activate.submit");
    await expect.poll(() => page.locator("#password-wrong").textContent()).toBe(t("error.password-breached"));
    await type("reset.password", "three zebras by the lake");
    await press("activate.submit");
    await page.waitForURL("**/activate/done");

    await page.goto(`${whole.system.url}/reset`);
    await type("details.phone", PHONE);
    await press("details.send");
    await expect.poll(() => messagesTo(PHONE)).toHaveLength(3);
    await type("code.label", await codeTo(PHONE));
    await press("action.continue");
    await type("reset.password", "mango season in Meru");
    await press("reset.submit");
    await page.waitForURL("**/reset/done");
    expect((await context.cookies()).map(({ name }) => name)).not.toContain("session");
    await expect.poll(async () => (await messagesTo(PHONE))[0]).toBe(t("sms.password-changed"));
  }, 60_000);

  it("is told the same of a number without an account, which nothing is sent to", async () => {
    await page.goto(`${whole.system.url}/reset`);
    await type("details.phone", STRANGE);
    await press("details.send");
    await expect.poll(() => page.locator(".lead").first().textContent()).toBe(`${t("reset.sent")} +254${STRANGE.slice(1)}`);
    expect(await messagesTo(STRANGE)).toEqual([]);
    expect(whole.alarms).toEqual([]);
  }, 60_000);
});
