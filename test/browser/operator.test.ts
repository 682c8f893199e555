import type { Locale } from "../../src/i18n/locales.ts";
import { visitor } from "../pages/browser.ts";
import { DELIVERY, KEY, KEY_ID, WEBHOOK } from "../pages/operator-desk.ts";
import { fitAndAreAccessible } from "../support/shown.ts";

/** The pages of an operator's people in one language, as the portal answers. */
async function pages(locale: Locale): Promise<[name: string, html: string][]> {
  const { get, post, operatorDesk } = visitor();
  await get(`/?lang=${locale}`);
  operatorDesk.held = [KEY, { ...KEY, name: null, mode: "test", state: "revoked", revokedAt: KEY.issuedAt, lastUsed: null }, { ...KEY, name: "x".repeat(80), expiresAt: KEY.issuedAt }];
  const shown: [string, string][] = [["home", (await get("/operator")).html], ["keys", (await get("/operator/keys")).html], ["key", (await get(`/operator/keys/${KEY_ID}`)).html]];
  shown.push(["made", (await post("/operator/keys", { name: "" })).html]);
  operatorDesk.refusal = { refusal: "network-unfit" };
  shown.push(["unfit", (await post("/operator/keys", { networks: "x".repeat(300) })).html]);
  return [...shown, ...(await webhookPages(locale))];
}

async function webhookPages(locale: Locale): Promise<[name: string, html: string][]> {
  const { get, post, operatorDesk } = visitor();
  await get(`/?lang=${locale}`);
  const long = { ...WEBHOOK, url: `https://hooks.acme.co.ke/${"x".repeat(200)}` };
  operatorDesk.told = [WEBHOOK, { ...long, description: long.url, failures: 12, escalatedAt: WEBHOOK.createdAt, nextAt: WEBHOOK.createdAt }, { ...WEBHOOK, state: "disabled", disabledWhy: "gone", failures: 2 }];
  operatorDesk.log = [DELIVERY, { ...DELIVERY, what: "test", first: null, last: null, outcome: "refused", status: 500, excerpt: "x".repeat(200) }, { ...DELIVERY, what: "challenge", outcome: "unreachable", status: null }];
  operatorDesk.older = DELIVERY.id;
  const one = `/operator/webhooks/${WEBHOOK.id}`;
  const shown: [string, string][] = [["webhooks", (await get("/operator/webhooks")).html], ["webhook", unfolded((await get(one)).html)], ["secret", (await post("/operator/webhooks", { url: long.url })).html]];
  operatorDesk.refusal = { refusal: "unproven", outcome: "wrong-answer", status: 200 };
  return [...shown, ["unproven", (await post("/operator/webhooks", { url: long.url })).html]];
}

const unfolded = (html: string): string => html.replaceAll('<details class="card">', '<details class="card" open>');

fitAndAreAccessible("operator-", pages);
