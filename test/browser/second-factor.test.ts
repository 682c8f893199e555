import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Visitor } from "../../src/domains/authentication/sessions/visitor.ts";
import { random } from "../../src/objects/shell.ts";
import { openOffice } from "../../src/office/database.ts";
import { Envelope, parseBoxKeys } from "../../src/sealing/envelope.ts";
import { ABSENT, launch, PHONE_SIZE } from "../support/chromium.ts";
import { codeOf, FactorsWorld } from "../support/factors.ts";
import { holding } from "../support/people.ts";
import { wholeSystem } from "../support/system.ts";

describe.skipIf(ABSENT)("an officer in the whole system, in Chromium", () => {
  const whole = wholeSystem();
  let browser: Browser;
  beforeAll(async () => void (browser = await launch()), 60_000);
  afterAll(() => browser?.close());

  /** A browser of its own with the cookies of a session. */
  async function opened({ session, device }: Visitor): Promise<Page> {
    const context = await browser.newContext({ viewport: PHONE_SIZE });
    await context.addCookies([{ name: "session", value: session! }, { name: "device", value: device! }].map((cookie) => ({ ...cookie, url: whole.system.url })));
    return context.newPage();
  }

  async function codesOn(page: Page): Promise<string[]> {
    await page.getByRole("heading", { name: "Your new recovery codes" }).waitFor();
    return page.locator(".reference").allInnerTexts();
  }

  it("sets an app up before anything else, signs in with a recovery code, and shows it is them before new codes", async () => {
    const { url, office } = whole.system;
    const envelope = new Envelope(parseBoxKeys(whole.secrets.origin.BOX_KEYS!), random);
    const world = new FactorsWorld(openOffice({ url: office.primary.url, token: office.writeToken }), envelope);
    world.now = Date.now();
    const userId = await world.account(holding("grak_officer"));

    const page = await opened(await world.session(userId, "enrolment"));
    await page.goto(`${url}/account/prove`);
    expect(new URL(page.url()).pathname).toBe("/account/security");
    await page.getByRole("link", { name: "Set up an authenticator app" }).click();
    await page.getByRole("button", { name: "Begin" }).click();
    await page.getByRole("img", { name: "QR code" }).waitFor();
    const secret = (await page.locator(".reference").innerText()).replaceAll(/\s/g, "");
    await page.getByLabel("Code from your authenticator app").fill(codeOf(secret, Date.now()));
    await page.getByRole("button", { name: "Confirm" }).click();
    const codes = await codesOn(page);
    expect(codes).toHaveLength(10);
    await page.getByRole("link", { name: "I have kept them" }).click();
    await page.getByText("10 are left").waitFor();

    const later = await opened(await world.session(userId, "second-factor"));
    await later.goto(`${url}/account/security`);
    expect(new URL(later.url()).pathname).toBe("/sign-in/second");
    await later.getByRole("button", { name: "Use a recovery code" }).click();
    await later.getByLabel("One of your recovery codes").fill(codes[4]!.toLowerCase());
    await later.getByRole("button", { name: "Continue" }).click();
    await later.waitForURL("**/account");
    await later.goto(`${url}/account/security`);
    await later.getByText("9 are left").waitFor();

    world.now -= 6 * 60_000;
    const stale = await opened(await world.session(userId, "full", { second: "totp" }));
    await stale.goto(`${url}/account/security/recovery-codes`);
    await stale.getByRole("button", { name: "Make new recovery codes" }).click();
    await stale.waitForURL("**/account/prove?*");
    await stale.getByLabel("Code from your authenticator app").fill(codeOf(secret, Date.now() + 30_000));
    await stale.getByRole("button", { name: "Continue" }).click();
    await stale.getByRole("button", { name: "Make new recovery codes" }).click();
    const made = await codesOn(stale);
    expect([made.length, made.some((code) => codes.includes(code))]).toEqual([10, false]);
  }, 60_000);
});
