import type { Locale } from "../../src/i18n/locales.ts";
import { visitor } from "../pages/browser.ts";
import { fitAndAreAccessible } from "../support/shown.ts";

/** Every page of an account in one language, as the portal answers. */
async function pages(locale: Locale): Promise<[name: string, html: string][]> {
  const { get, post, sessions, signIn } = visitor();
  signIn();
  await get(`/?lang=${locale}`);
  const shown: [string, string][] = [];
  for (const path of ["", "/sessions", "/devices", "/history", "/activity"]) shown.push([`account${path.replace("/", "-")}`, (await get(`/account${path}`)).html]);
  sessions.refusal = { refusal: "device-blocked" };
  shown.push(["account-devices-refused", (await post("/account/devices/trust", { id: "d3" })).html]);
  return shown;
}

fitAndAreAccessible("", pages);
