import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, it } from "vitest";
import { CATALOGUES, formatEnd, formatInstant, type MessageKey, text } from "../../src/i18n/index.ts";
import { isLocale, LOCALES, type Locale } from "../../src/i18n/locales.ts";

const KEYS = Object.keys(CATALOGUES.en) as MessageKey[];
const OTHERS = Object.keys(LOCALES).filter((locale) => isLocale(locale) && locale !== "en") as Locale[];
/** Patterns and names, the same in every language written in Latin letters. */
const NOT_WORDS: readonly MessageKey[] = ["site.country", "tab.site", "date.instant"];

type Elements = ReturnType<IntlMessageFormat["getAst"]>;

/** The values a message takes, from its parsed form. Types 1 argument, 6 plural. */
function values(elements: Elements): string[] {
  return elements.flatMap((element) => {
    if (element.type === 6) return [element.value, ...Object.values(element.options).flatMap((option) => values(option.value))];
    return element.type === 1 ? [element.value] : [];
  });
}

const valuesOf = (locale: Locale, key: MessageKey) =>
  [...new Set(values(new IntlMessageFormat(CATALOGUES[locale][key], locale, undefined, { ignoreTag: true }).getAst()))].toSorted();

describe.each(OTHERS)("the words in %s", (locale) => {
  it("are there for each key and no other", () => {
    expect(Object.keys(CATALOGUES[locale])).toEqual(KEYS);
  });

  it("take the same values as the English ones", () => {
    expect(KEYS.filter((key) => valuesOf(locale, key).join() !== valuesOf("en", key).join())).toEqual([]);
  });

  it("are not left in English", () => {
    const same = KEYS.filter((key) => CATALOGUES[locale][key] === CATALOGUES.en[key]);
    expect(same.filter((key) => !NOT_WORDS.includes(key))).toEqual([]);
  });
});

describe("text", () => {
  it("counts as the language counts", () => {
    expect(text("en", "error.code-wrong", { triesLeft: 1 })).toContain("one more try");
    expect(text("en", "error.code-wrong", { triesLeft: 2 })).toContain("2 more tries");
    expect(text("sw", "error.code-wrong", { triesLeft: 2 })).toContain("mara 2 zaidi");
    expect(text("ar", "error.code-wrong", { triesLeft: 2 })).toContain("محاولتان");
    expect(text("ar", "error.too-many-codes", { minutes: 15 })).toContain("15 دقيقة");
  });

  it("gives hostile values back as they are: escaping belongs to the page", () => {
    expect(text("en", "tab.site", { title: "<b>{x}</b>" })).toBe("<b>{x}</b> – NSER");
  });
});

describe("an instant", () => {
  const evening = Date.UTC(2026, 10, 4, 19, 15);

  it.each([
    ["en", "4 November 2026, 22:15"],
    ["sw", "4 Novemba 2026, 22:15"],
    ["fr", "4 novembre 2026, 22:15"],
    ["ar", "4 نوفمبر 2026، 22:15"],
  ] as const)("is told in Nairobi's time, in %s", (locale, expected) => {
    expect(formatInstant(locale, evening)).toBe(expected);
  });

  it("that never comes has words of its own", () => {
    expect(formatEnd("sw", null)).toBe("bila mwisho");
  });
});

describe("an SMS", () => {
  const GSM_7 = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]*$/;
  const longest = { reference: "KE-0123456789", until: "" };
  const messages = (locale: Locale) => {
    const facts = { ...longest, until: formatInstant(locale, Date.UTC(2026, 8, 30, 20, 59)) };
    return [
      text(locale, "sms.code", { code: "123456", minutes: 10 }),
      text(locale, "sms.exclusion-started", facts),
      text(locale, "sms.exclusion-extended", facts),
      text(locale, "sms.exclusion-ended", facts),
      text(locale, "sms.signed-in", { at: facts.until, device: "Firefox on Android" }),
    ];
  };

  it.each(["en", "sw"] as const)("is one GSM-7 message in %s", (locale) => {
    for (const sms of messages(locale)) {
      expect(sms).toMatch(GSM_7);
      expect(sms.length).toBeLessThanOrEqual(160);
    }
  });

  it("and a tab's title never say what this is about", () => {
    const telling = /gambl|bet|exclu|kamari|kizuizi|dau|jeux|jouer|قمار|استبعاد|رهان/i;
    const seen = KEYS.filter((key) => key.startsWith("tab.") || key.startsWith("sms."));
    for (const locale of Object.keys(CATALOGUES) as Locale[]) {
      expect(seen.filter((key) => telling.test(CATALOGUES[locale][key]))).toEqual([]);
    }
  });
});
