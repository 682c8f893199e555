import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { text } from "../../src/i18n/index.ts";
import type { Locale } from "../../src/i18n/locales.ts";
import { FORM_ID, visitor } from "../pages/browser.ts";
import { PASSWORD } from "../pages/entrance.ts";
import { ABSENT, launch, PHONE_SIZE } from "../support/chromium.ts";
import { fitAndAreAccessible } from "../support/shown.ts";
import { wholeSystem } from "../support/system.ts";

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
  return shown;
}

fitAndAreAccessible("", pages);

describe.skipIf(ABSENT)("coming in, in Chromium", () => {
  const whole = wholeSystem();
  let browser: Browser;

  beforeAll(async () => void (browser = await launch()), 60_000);

  afterAll(() => browser?.close());

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
    await own.getByRole("heading", { name: text(locale, "account.heading") }).waitFor();
    await press("account.sign-out");

    await own.getByRole("link", { name: text(locale, "sign-in.submit"), exact: true }).click();
    for (const [password, then] of [["maneno mengine", "sign-in.heading"], [PASSWORD, "account.heading"]] as const) {
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
