import { mkdirSync } from "node:fs";
import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drawSecrets } from "../../src/cli/secrets.ts";
import { startSystem, type System } from "../../src/cli/system.ts";
import { beginSession } from "../../src/domains/authentication/sessions/begin.ts";
import { text } from "../../src/i18n/index.ts";
import { HOUR } from "../../src/kernel/clock.ts";
import { random } from "../../src/objects/shell.ts";
import { copyRows } from "../../src/office/commit.ts";
import { type Office, openOffice } from "../../src/office/database.ts";
import { ABSENT, launch, PHONE_SIZE } from "../support/chromium.ts";

const PICTURES = ".build/screenshots";
const LIST = "/account/security/passkeys";

/** What the phone or computer is that the browser runs on. */
const AUTHENTICATOR = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } as const;

const say = (key: Parameters<typeof text>[1]): string => text("en", key as "passkey.add");

describe.skipIf(ABSENT)("an administrator with Chromium before the whole system", () => {
  let system: System;
  let office: Office;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let devtools: CDPSession;
  let userId: string;
  let authenticatorId: string;

  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    [system, browser] = await Promise.all([startSystem({ secrets: drawSecrets(), edgeDatabase: false }), launch()]);
    office = openOffice({ url: system.office.primary.url, token: system.office.writeToken });
    const account = await fetch(`${system.url}/v1/account`, { headers: { authorization: `Bearer ${await system.administrator()}` } });
    ({ userId } = (await account.json()) as { userId: string });
    context = await browser.newContext({ viewport: PHONE_SIZE, locale: "en" });
    context.setDefaultTimeout(10_000);
    page = await context.newPage();
    devtools = await context.newCDPSession(page);
    await devtools.send("WebAuthn.enable");
  }, 60_000);

  afterAll(() => Promise.all([browser?.close(), system?.stop()]));

  /** Another phone or computer in the place of the one before. */
  async function newAuthenticator(): Promise<void> {
    if (authenticatorId) await devtools.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId });
    ({ authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", { options: AUTHENTICATOR }));
  }

  /** As after the password, for whose role that is not enough. */
  async function comeWithPassword(): Promise<void> {
    const origin = { network: null, agent: null, country: null, county: null };
    const { rows, entered } = beginSession(office.primary, random, { userId, device: null, stage: "enrolment", first: "password", second: null, origin, from: null }, Date.now());
    await copyRows(office, rows);
    await context.addCookies([{ name: "session", value: entered.session, url: system.url }, { name: "device", value: entered.device, url: system.url }]);
  }

  const press = (key: Parameters<typeof text>[1]) => page.getByRole("button", { name: say(key), exact: true }).click();
  const open = (path: string) => page.goto(system.url + path);

  it("makes a passkey, signs out, in with it, shows it again, and removes it once there is another", async () => {
    await newAuthenticator();
    await comeWithPassword();
    await open(`${LIST}/add`);
    await press("passkey.add");
    await page.waitForURL(`**${LIST}`);
    expect(await page.locator("article").count()).toBe(1);

    await context.clearCookies();
    await open("/sign-in/passkey");
    await page.screenshot({ path: `${PICTURES}/whole-passkey-sign-in.png`, fullPage: true });
    await press("passkey.sign-in");
    await page.waitForURL("**/account");
    await open(LIST);
    expect(await page.locator("article").textContent()).toContain("Last used on");

    await page.getByRole("link", { name: say("passkey.change") }).click();
    await page.getByLabel(say("passkey.label")).fill("Ufunguo wa أمينة");
    await press("passkey.rename");
    await page.getByRole("link", { name: say("passkey.change") }).click();
    await press("passkey.remove");
    expect(await page.locator(".summary").textContent()).toContain("your only one");

    await office.primary.$client.execute({ sql: "update sessions set provenAt = provenAt - ? where endedAt is null", args: [HOUR] });
    await open(`${LIST}/add`);
    expect(new URL(page.url()).pathname).toBe("/account/prove/passkey");
    await press("passkey.use");
    await page.waitForURL(`**${LIST}/add`);

    await press("passkey.add");
    await page.getByText(say("passkey.known")).waitFor();
    await newAuthenticator();
    await press("passkey.add");
    await page.waitForURL(`**${LIST}`);
    expect(await page.locator("article h2").allTextContents()).toContain("Ufunguo wa أمينة");
    await page.getByRole("link", { name: `${say("passkey.change")} Ufunguo wa أمينة` }).click();
    await press("passkey.remove");
    await page.waitForURL(`**${LIST}`);
    expect(await page.locator("article").count()).toBe(1);
  }, 60_000);

  it("is told when the browser has no passkey, or its holder is not verified, and comes in by neither", async () => {
    await context.clearCookies();
    await open("/sign-in/passkey");
    await devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
    await press("passkey.sign-in");
    await page.getByText(say("passkey.stopped")).waitFor();
    await newAuthenticator();
    await open("/sign-in/passkey");
    await press("passkey.sign-in");
    await page.getByText(say("passkey.stopped")).waitFor();
    expect(await context.cookies()).toEqual([]);
  }, 60_000);

  it.each([["without script", { javaScriptEnabled: false }, ""], ["without the functions", {}, "delete PublicKeyCredential.parseRequestOptionsFromJSON"]])(
    "%s sees no button, and the way to the password", async (_, options, before) => {
      const other = await browser.newContext(options);
      await other.addInitScript(before);
      const old = await other.newPage();
      await old.goto(`${system.url}/sign-in/passkey`);
      expect(await old.getByText(say("passkey.without")).isVisible()).toBe(true);
      expect(await old.getByRole("button", { name: say("passkey.sign-in") }).isVisible()).toBe(false);
      expect(await old.getByRole("link", { name: say("passkey.with-password") }).isVisible()).toBe(true);
      await other.close();
    }, 30_000,
  );
});
