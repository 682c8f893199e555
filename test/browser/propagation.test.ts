import type { Locale } from "../../src/i18n/locales.ts";
import { LATENESS_KINDS } from "../../src/domains/operators/acknowledgements/model.ts";
import { visitor } from "../pages/browser.ts";
import { NOW } from "../pages/citizens.ts";
import { EXCLUSION } from "../pages/staff-exclusions.ts";
import { LATE } from "../pages/staff-propagation.ts";
import { fitAndAreAccessible } from "../support/shown.ts";

/** Every page on late operators in one language, as the portal answers. */
async function pages(locale: Locale): Promise<[name: string, html: string][]> {
  const { get, staffPropagation } = visitor();
  await get(`/?lang=${locale}`);
  staffPropagation.lines = LATENESS_KINDS.map((kind, at) => ({ ...LATE, kind, ...(at % 2 === 0 && { state: "caught-up" as const, count: 0, caughtUpAt: NOW }) }));
  staffPropagation.next = "1.a";
  return [["list", (await get("/staff/propagation?kind=handled")).html], ["exclusion", (await get(`/staff/exclusions/${EXCLUSION}`)).html]];
}

fitAndAreAccessible("propagation-", pages);
