import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drawSecrets } from "../../src/cli/secrets.ts";
import { startSystem, type System } from "../../src/cli/system.ts";
import { beginSession } from "../../src/domains/authentication/sessions/begin.ts";
import { text } from "../../src/i18n/index.ts";
import { LOCALES, type Locale } from "../../src/i18n/locales.ts";
import { HOUR } from "../../src/kernel/clock.ts";
import { random } from "../../src/objects/shell.ts";
import { copyRows } from "../../src/office/commit.ts";
import { type Office, openOffice } from "../../src/office/database.ts";
import { visitor } from "../pages/browser.ts";
import { PASSKEY_ID } from "../pages/passkeys.ts";
import { ABSENT, launch, PHONE_SIZE } from "../support/chromium.ts";

const PICTURES = ".build/screenshots";
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
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

  const newAuthenticator = async (): Promise<string> => (await devtools.send("WebAuthn.addVirtualAuthenticator", { options: AUTHENTICATOR })).authenticatorId;

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
    const first = await newAuthenticator();
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
    expect(new URL(page.url()).pathname).toBe("/account/prove");
    await open(`/account/prove/passkey?wanted=${LIST}/add`);
    await press("passkey.use");
    await page.waitForURL(`**${LIST}/add`);

    await press("passkey.add");
    await page.getByText(say("passkey.known")).waitFor();
    await devtools.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId: first });
    await newAuthenticator();
    await press("passkey.add");
    await page.waitForURL(`**${LIST}`);
    expect(await page.locator("article h2").allTextContents()).toContain("Ufunguo wa أمينة");
    await page.getByRole("link", { name: `${say("passkey.change")} Ufunguo wa أمينة` }).click();
    await press("passkey.remove");
    await page.waitForURL(`**${LIST}`);
    expect(await page.locator("article").count()).toBe(1);
  }, 60_000);

  it("is told when the browser finds nothing, or the holder says no", async () => {
    await context.clearCookies();
    await open("/sign-in/passkey");
    await devtools.send("WebAuthn.clearCredentials", { authenticatorId: await newAuthenticator() });
    const authenticatorId = await newAuthenticator();
    await devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
    await press("passkey.sign-in");
    await page.getByText(say("passkey.stopped")).waitFor();
    expect(await context.cookies()).toEqual([]);
  }, 60_000);
});
