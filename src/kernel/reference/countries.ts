import type { CountryCode, CurrencyCode } from "../choices.ts";

/** ISO 3166-1, with the ITU's country code for telephones. */
export interface Country {
  code: CountryCode;
  alpha3: string;
  numeric: string;
  name: Record<"en" | "sw", string>;
  dialCode: string;
  /** Its currency, where the register knows it. */
  currency: CurrencyCode | null;
}

const country = (code: CountryCode, alpha3: string, numeric: string, dialCode: string, en: string, sw: string, currency: CurrencyCode | null): Country =>
  ({ code, alpha3, numeric, name: { en, sw }, dialCode, currency });

export const COUNTRIES: readonly Country[] = [
  country("KE", "KEN", "404", "+254", "Kenya", "Kenya", "KES"),
  country("TZ", "TZA", "834", "+255", "Tanzania", "Tanzania", "TZS"),
  country("UG", "UGA", "800", "+256", "Uganda", "Uganda", "UGX"),
  country("RW", "RWA", "646", "+250", "Rwanda", "Rwanda", "RWF"),
  country("BI", "BDI", "108", "+257", "Burundi", "Burundi", "BIF"),
  country("SS", "SSD", "728", "+211", "South Sudan", "Sudan Kusini", null),
  country("ET", "ETH", "231", "+251", "Ethiopia", "Ethiopia", null),
  country("SO", "SOM", "706", "+252", "Somalia", "Somalia", null),
  country("DJ", "DJI", "262", "+253", "Djibouti", "Jibuti", null),
];
