import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import * as oauth from "oauth4webapi";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drawSecrets } from "../../src/cli/secrets.ts";
import { startSystem, type System } from "../../src/cli/system.ts";
import { SCOPES } from "../../src/domains/authentication/oauth/model.ts";
import type { Locale } from "../../src/i18n/locales.ts";
import { openOffice } from "../../src/office/database.ts";
import { visitor } from "../pages/browser.ts";
import { ABSENT, launch, PHONE_SIZE } from "../support/chromium.ts";
import { signedInAs } from "../support/oauth.ts";
import { fitAndAreAccessible } from "../support/shown.ts";

/** The consent page in one language, as the portal answers. */
async function pages(locale: Locale): Promise<[name: string, html: string][]> {
  const { get, oauth: programs } = visitor();
  const shown = async (name: string): Promise<[string, string]> => [name, (await get("/oauth/authorize?x=1")).html];
  await get(`/?lang=${locale}`);
  programs.answer = { ok: true, asked: { client: "Ripoti za Waendeshaji", redirectUri: "https://reports.a-rather-long-name.example/back", scopes: [...SCOPES] } };
  const all = [await shown("consent")];
  for (const refusal of ["client-unknown", "redirect-unfit"] as const) {
    programs.answer = { ok: false, refusal };
    all.push(await shown(refusal));
  }
  return all;
}

fitAndAreAccessible("oauth-", pages);

describe.skipIf(ABSENT)("a program on somebody's machine, through the whole system and Chromium", () => {
  let system: System;
  let browser: Browser;
  let program: Server;
  let back: string;
  let client: oauth.Client;
  let [administrator, session] = ["", ""];

  beforeAll(async () => {
    [system, browser] = await Promise.all([startSystem({ secrets: drawSecrets(), edgeDatabase: false }), launch()]);
    administrator = await system.administrator();
    program = createServer((_, response) => response.end("You can close this window.")).listen(0, "127.0.0.1");
    await once(program, "listening");
    back = `http://127.0.0.1:${(program.address() as AddressInfo).port}/back`;
    const described = { name: "Ripoti", confidential: false, grants: ["authorization_code"], scopes: ["account:read", "operators:read"], redirectUris: ["http://127.0.0.1/back"], operator: null };
    client = { client_id: (await api<{ clientId: string }>("POST", "/v1/oauth/clients", administrator, described)).body.clientId };
    const { userId } = (await api<{ userId: string }>("GET", "/v1/account", administrator)).body;
    ({ session } = await signedInAs(openOffice({ url: system.office.primary.url, token: system.office.writeToken }), userId));
  }, 120_000);

  afterAll(async () => {
    program?.close();
    await Promise.all([browser?.close(), system?.stop()]);
  });

  async function api<Answer>(method: string, path: string, token: string, json?: object): Promise<{ status: number; body: Answer }> {
    const headers = { "authorization": `Bearer ${token}`, "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
    const response = await fetch(`${system.url}${path}`, { method, headers, ...(json && { body: JSON.stringify(json) }) });
    return { status: response.status, body: (await response.json()) as Answer };
  }

  const insecure = { [oauth.allowInsecureRequests]: true };
  const discovered = async () => oauth.processDiscoveryResponse(new URL(system.url), await oauth.discoveryRequest(new URL(system.url), { ...insecure, algorithm: "oauth2" }));

  async function begin(as: oauth.AuthorizationServer) {
    const [verifier, state] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomState()];
    const challenge = await oauth.calculatePKCECodeChallenge(verifier);
    const query = { response_type: "code", client_id: client.client_id, redirect_uri: back, state, code_challenge: challenge, code_challenge_method: "S256" };
    return { verifier, state, address: `${as.authorization_endpoint}?${new URLSearchParams(query)}` };
  }

  /** A window of somebody's who is signed in. */
  async function window(): Promise<Page> {
    const context = await browser.newContext({ viewport: PHONE_SIZE, locale: "en" });
    await context.addCookies([{ name: "session", value: session, url: system.url, httpOnly: true, sameSite: "Lax" }]);
    return context.newPage();
  }

  it("leads through signing in, is agreed to, and sees what was agreed to until it gives it up", async () => {
    const as = await discovered();
    const { verifier, state, address } = await begin(as);
    const stranger = await (await browser.newContext()).newPage();
    await stranger.goto(address);
    expect(new URL(stranger.url()).searchParams.get("next")).toBe(address.slice(system.url.length));

    const page = await window();
    await page.goto(address);
    await page.getByRole("button", { name: "Kiswahili" }).click();
    await page.getByRole("button", { name: "Ruhusu", exact: true }).click();
    await page.waitForURL(`${back}?**`);
    expect(await page.textContent("body")).toBe("You can close this window.");

    const params = oauth.validateAuthResponse(as, client, new URL(page.url()), state);
    const response = await oauth.authorizationCodeGrantRequest(as, client, oauth.None(), params, back, verifier, insecure);
    const first = await oauth.processAuthorizationCodeResponse(as, client, response);
    expect((await api("GET", "/v1/operators", first.access_token)).status).toBe(200);
    expect((await api("GET", "/v1/users", first.access_token)).status).toBe(403);
    const renewed = await oauth.processRefreshTokenResponse(as, client, await oauth.refreshTokenGrantRequest(as, client, oauth.None(), first.refresh_token!, insecure));
    const request = new Request(`${system.url}/v1/operators`, { headers: { authorization: `Bearer ${renewed.access_token}` } });
    expect(await oauth.validateJwtAccessToken(as, request, `${system.url}/v1`, { ...insecure, signingAlgorithms: ["EdDSA"] } as never)).toMatchObject({ client_id: client.client_id });
    await oauth.processRevocationResponse(await oauth.revocationRequest(as, client, oauth.None(), renewed.refresh_token!, insecure));
    expect((await api("GET", "/v1/operators", renewed.access_token)).status).toBe(401);
  }, 60_000);

  it("hears a no as well", async () => {
    const { address } = await begin(await discovered());
    const page = await window();
    await page.goto(address);
    await page.getByRole("button", { name: "Do not allow" }).click();
    await page.waitForURL(`${back}?**`);
    expect(new URL(page.url()).searchParams.get("error")).toBe("access_denied");
  }, 60_000);

  it("is only led back to because the page's policy names it: browsers hold forms to it through redirects", async () => {
    const { address } = await begin(await discovered());
    const page = await window();
    await page.route(`${system.url}/oauth/authorize?**`, async (route) => {
      const response = await route.fetch();
      const policy = response.headers()["content-security-policy"]!.replace(` ${new URL(back).origin}`, "");
      await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": policy } });
    });
    await page.goto(address);
    const violated = page.waitForEvent("console", (message) => message.text().includes("form-action"));
    await page.getByRole("button", { name: "Allow", exact: true }).click();
    await violated;
    expect(page.url()).not.toContain(back);
  }, 60_000);
});
