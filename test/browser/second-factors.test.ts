import type { Locale } from "../../src/i18n/locales.ts";
import { visitor } from "../pages/browser.ts";
import { fitAndAreAccessible } from "../support/shown.ts";

/** Every page of second factors in one language, as the portal answers. */
async function pages(locale: Locale): Promise<[name: string, html: string][]> {
  const { get, post, factors } = visitor();
  await get(`/?lang=${locale}`);
  const shown: [string, string][] = [];
  const add = async (name: string, answer: Promise<{ html: string }>) => void shown.push([name, (await answer).html]);
  await add("security", get("/account/security"));
  await add("totp", get("/account/security/totp"));
  await add("setup", post("/account/security/totp", {}));
  await add("codes", get("/account/security/recovery-codes"));
  await add("codes-fresh", post("/account/security/totp/confirm", { code: "123456" }));
  await add("prove", get("/account/prove"));
  await add("prove-recovery-code", post("/account/prove", { instead: "recovery-code" }));
  factors.refusals.prove = { refusal: "factor-locked", minutes: 11 };
  await add("prove-locked", post("/account/prove", { way: "totp", code: "123456" }));
  factors.possible = ["password"];
  await add("prove-password", get("/account/prove"));
  Object.assign(factors, { stage: "second-factor", possible: ["totp", "recovery-code"], refusals: { secondFactor: { refusal: "factor-wrong" } } });
  await add("second-wrong", post("/sign-in/second", { way: "totp", code: "123456" }));
  factors.held = { ...factors.held, stage: "enrolment", totp: null };
  await add("enrolment", get("/account/security"));
  return shown;
}

fitAndAreAccessible("factors-", pages);
