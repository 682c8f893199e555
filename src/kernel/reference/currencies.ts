import type { CurrencyCode } from "../choices.ts";

/** ISO 4217. */
export interface Currency {
  code: CurrencyCode;
  numeric: string;
  name: string;
  /** Digits after the decimal point: how many of the smallest unit make one, as a power of ten. */
  minorUnits: number;
}

const currency = (code: CurrencyCode, numeric: string, name: string, minorUnits: number): Currency => ({ code, numeric, name, minorUnits });

export const CURRENCIES: readonly Currency[] = [
  currency("KES", "404", "Kenyan shilling", 2),
  currency("USD", "840", "United States dollar", 2),
  currency("EUR", "978", "Euro", 2),
  currency("GBP", "826", "Pound sterling", 2),
  currency("TZS", "834", "Tanzanian shilling", 2),
  currency("UGX", "800", "Ugandan shilling", 0),
  currency("RWF", "646", "Rwandan franc", 0),
  currency("BIF", "108", "Burundian franc", 0),
];
