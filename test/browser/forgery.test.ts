import type { AddressInfo } from "node:net";
import { serve, type ServerType } from "@hono/node-server";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Citizens } from "../pages/citizens.ts";
import { portalOver } from "../pages/doubles.ts";
import { ABSENT, launch } from "../support/chromium.ts";

const FORM_ID = "01890a5d-ac96-774b-bcce-b302099a8057";
const ATTACK = ["/exclude/code", "/exclude/confirm", "/my/code", "/my/enter", "/my/extend"];

const attack = (target: string, path: string) => `<!doctype html><form method="post" action="${target}${path}">
  <input name="formId" value="${FORM_ID}"><input name="policy" value="permanent"><input name="phone" value="0712345678"><input name="code" value="123456">
  <button>A prize</button></form>`;

describe.skipIf(ABSENT)("another site's form in Chromium", () => {
  const citizens = new Citizens();
  const servers: ServerType[] = [];
  let browser: Browser;
  let ours: string;
  let theirs: string;

  const listen = (fetch: (request: Request) => Response | Promise<Response>): Promise<number> =>
    new Promise((ready) => servers.push(serve({ fetch, port: 0, hostname: "127.0.0.1" }, (at: AddressInfo) => ready(at.port))));

  beforeAll(async () => {
    const portal = portalOver({ citizens, rights: citizens.rights, claims: citizens.claims });
    ours = `http://localhost:${await listen((request) => portal.fetch(request))}`;
    theirs = `http://127.0.0.1:${await listen((request) => new Response(attack(ours, new URL(request.url).pathname), { headers: { "content-type": "text/html" } }))}`;
    browser = await launch();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    for (const server of servers) server.close();
  });

  it.each(ATTACK)("is refused at %s, and nobody is asked anything", async (path) => {
    const page = await browser.newPage();
    await page.goto(`${ours}/exclude`);
    await page.goto(`${theirs}${path}`);
    const [answer] = await Promise.all([page.waitForResponse(`${ours}${path}`), page.getByRole("button").click()]);
    expect(answer.status()).toBe(403);
    expect(citizens.calls).toEqual([]);
    await page.close();
  });
});
