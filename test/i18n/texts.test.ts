import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { LOCALES, type Locale } from "../../src/i18n/locales.ts";
import { SHOWN_TEXTS, wordsOf } from "../../src/i18n/texts.ts";

/** What each version said, in all languages. Once released, a line of this table never changes: other words are a new version. */
const PINNED = {
  "terms 1": "58fa272604ad3277",
  "privacy 1": "c898110ad16936c7",
} as Record<string, string>;

it.each(SHOWN_TEXTS)("$text $version says what it said", ({ text, version }) => {
  const words = (Object.keys(LOCALES) as Locale[]).map((locale) => wordsOf(text, locale));
  expect(createHash("sha256").update(JSON.stringify(words)).digest("hex").slice(0, 16)).toBe(PINNED[`${text} ${version}`]);
});
