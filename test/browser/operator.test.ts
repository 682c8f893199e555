import type { Locale } from "../../src/i18n/locales.ts";
import { visitor } from "../pages/browser.ts";
import { KEY, KEY_ID } from "../pages/operator-desk.ts";
import { fitAndAreAccessible } from "../support/shown.ts";

/** The pages of an operator's people in one language, as the portal answers. */
async function pages(locale: Locale): Promise<[name: string, html: string][]> {
  const { get, post, operatorDesk } = visitor();
  await get(`/?lang=${locale}`);
  operatorDesk.held = [KEY, { ...KEY, name: null, mode: "test", state: "revoked", revokedAt: KEY.issuedAt, lastUsed: null }, { ...KEY, name: "x".repeat(80), expiresAt: KEY.issuedAt }];
  const shown: [string, string][] = [["home", (await get("/operator")).html], ["keys", (await get("/operator/keys")).html], ["key", (await get(`/operator/keys/${KEY_ID}`)).html]];
  shown.push(["made", (await post("/operator/keys", { name: "" })).html]);
  operatorDesk.refusal = { refusal: "network-unfit" };
  return [...shown, ["unfit", (await post("/operator/keys", { networks: "x".repeat(300) })).html]];
}

fitAndAreAccessible("operator-", pages);
