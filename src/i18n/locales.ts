/**
 * The languages of the register. `dir`: the direction of writing. `tag`: how dates and numbers are written (BCP 47);
 * digits are always Latin, because they are read back from an SMS and typed on a phone. `draft`: the words await review
 * by a fluent reader, and every page in this language says so.
 */
export const LOCALES = {
  en: { name: "English", dir: "ltr", tag: "en-KE", draft: false },
  sw: { name: "Kiswahili", dir: "ltr", tag: "sw-KE", draft: false },
  fr: { name: "Français", dir: "ltr", tag: "fr", draft: true },
  ar: { name: "العربية", dir: "rtl", tag: "ar-u-nu-latn-ca-gregory", draft: true },
} as const;

export type Locale = keyof typeof LOCALES;

export const isLocale = (value: unknown): value is Locale => typeof value === "string" && Object.hasOwn(LOCALES, value);
