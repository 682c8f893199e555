import type { PasswordsRefusal } from "../../src/domains/authentication/passwords/rpc.ts";
import type { Locale } from "../../src/i18n/locales.ts";
import { FORM_ID, visitor } from "../pages/browser.ts";
import { RIGHT_CODE } from "../pages/citizens.ts";
import { LINK } from "../pages/passwords.ts";
import { fitAndAreAccessible } from "../support/shown.ts";

const TYPED = { formId: FORM_ID, phone: "0712345678", sentTo: "+254712345678", code: RIGHT_CODE, link: LINK, password: "three zebras", current: "mango season" };

/** Every page of passwords, and of the phone they go with, in one language. */
async function pages(locale: Locale): Promise<[name: string, html: string][]> {
  const { get, post, passwords } = visitor();
  await get(`/?lang=${locale}`);
  const shown: [string, string][] = [];
  const show = async (name: string, visit: ReturnType<typeof get>) => void shown.push([name, (await visit).html]);
  for (const path of ["/reset", "/reset/done", "/activate", "/account/security/password", "/account/phone"]) {
    await show(path.slice(1).replaceAll("/", "-"), get(path));
  }
  for (const path of ["/reset/code", "/reset/enter", "/activate/code", "/account/phone/code"]) await show(path.slice(1).replaceAll("/", "-"), post(path, TYPED));
  const refusals: [path: string, refusal: PasswordsRefusal][] = [
    ["/reset/enter", { refusal: "activation-due", field: null }], ["/reset/password", { refusal: "password-breached", field: "password" }],
    ["/activate/code", { refusal: "link-over", field: "link" }],
    ["/activate/confirm", { refusal: "password-guessable", field: "password" }], ["/account/security/password", { refusal: "password-locked", field: "current", minutes: 11 }],
    ["/account/phone/change", { refusal: "phone-taken", field: "phone" }],
  ];
  for (const [path, refusal] of refusals) {
    passwords.refusal = refusal;
    await show(`${path.slice(1).replaceAll("/", "-")}-${refusal.refusal}`, post(path, TYPED));
  }
  return shown;
}

fitAndAreAccessible("", pages);
