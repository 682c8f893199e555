/** The languages of the register and the direction each is written in. */
export const LOCALES = {
  en: { name: "English", dir: "ltr" },
  sw: { name: "Kiswahili", dir: "ltr" },
  fr: { name: "Français", dir: "ltr" },
  ar: { name: "العربية", dir: "rtl" },
} as const;

export type Locale = keyof typeof LOCALES;

export const isLocale = (value: unknown): value is Locale => typeof value === "string" && Object.hasOwn(LOCALES, value);
