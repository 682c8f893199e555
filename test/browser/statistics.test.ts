import type { Locale } from "../../src/i18n/locales.ts";
import { visitor } from "../pages/browser.ts";
import { fitAndAreAccessible } from "../support/shown.ts";

fitAndAreAccessible("statistics-", async (locale: Locale) => {
  const { get, statistics } = visitor();
  const full = (await get(`/statistics?lang=${locale}`)).html;
  statistics.figures = { asOf: null, months: [], propagation: [] };
  return [["full", full.replaceAll("<details ", "<details open ")], ["empty", (await get(`/statistics?lang=${locale}`)).html]];
});
