import type { Locale } from "../../src/i18n/locales.ts";
import { visitor } from "../pages/browser.ts";
import { PASSKEY_ID } from "../pages/passkeys.ts";
import { fitAndAreAccessible } from "../support/shown.ts";

const LIST = "/account/security/passkeys";

/** Every page of passkeys in one language, as the portal answers. */
async function pages(locale: Locale): Promise<[name: string, html: string][]> {
  const { get, post, passkeys } = visitor();
  await get(`/?lang=${locale}`);
  const shown: [string, string][] = [["sign-in", (await get("/sign-in/passkey")).html]];
  passkeys.passkeys.push({ ...passkeys.passkeys[0]!, id: PASSKEY_ID.replace("0", "1"), label: "W".repeat(40), usedAt: passkeys.passkeys[0]!.createdAt });
  for (const [name, path] of [["prove", "/account/prove/passkey"], ["list", LIST], ["add", `${LIST}/add`], ["one", `${LIST}/${PASSKEY_ID}`]] as const) shown.push([name, (await get(path)).html]);
  for (const [verb, refusal] of [["finishSignIn", "passkey-refused"], ["startProof", "no-passkey"], ["rename", "label-invalid"], ["remove", "factor-needed"]] as const) passkeys.refusals.set(verb, refusal);
  shown.push(["refused", (await post("/sign-in/passkey", {})).html], ["no-passkey", (await get("/account/prove/passkey")).html]);
  shown.push(["label", (await post(`${LIST}/${PASSKEY_ID}`, { label: "" })).html], ["needed", (await post(`${LIST}/${PASSKEY_ID}/remove`, {})).html]);
  passkeys.passkeys = [];
  return [...shown, ["none", (await get(LIST)).html]];
}

fitAndAreAccessible("passkey-", pages);
