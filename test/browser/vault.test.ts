import type { Locale } from "../../src/i18n/locales.ts";
import { type Fields, FORM_ID, visitor } from "../pages/browser.ts";
import { RIGHT_CODE } from "../pages/citizens.ts";
import { fitAndAreAccessible } from "../support/shown.ts";

const DETAILS = { version: "0", name: "أمينة Ng'ang'a", preferredName: "", dateOfBirth: "27 3 1990", county: "047", language: "sw", quietNights: "yes" };

/** Every page of a vault in one language, as the portal answers. */
async function pages(locale: Locale): Promise<[name: string, html: string][]> {
  const { get, post, vaults } = visitor();
  await get(`/?lang=${locale}`);
  await post("/my/enter", { formId: FORM_ID, phone: "0712345678", code: RIGHT_CODE });
  const wrong = await post("/my/details", { ...DETAILS, county: "048", name: "a\nb" } satisfies Fields);
  await post("/my/details", DETAILS);
  await post("/my/contact", { version: "0", contactName: "Otieno", contactPhone: "0733 000 111" });
  const shown: [string, string][] = [["details-wrong", wrong.html]];
  for (const path of ["data", "inbox", "access", "held", "activity", "details", "contact"]) shown.push([path, (await get(`/my/${path}`)).html]);
  vaults.changedElsewhere({ name: "Barasa" });
  shown.push(["details-changed", (await post("/my/details", DETAILS)).html]);
  vaults.refusal = { refusal: "code-too-old", field: null };
  shown.push(["access-door", (await get("/my/access")).html]);
  vaults.refusal = { refusal: "nothing-kept", field: null };
  shown.push(["nothing", (await get("/my/data")).html]);
  return shown;
}

fitAndAreAccessible("vault-", pages);
