import { IntlMessageFormat } from "intl-messageformat";
import type { Instant } from "../kernel/clock.ts";
import * as ar from "./ar/index.ts";
import type { Catalogue, Language, MessageKey, MessageValues } from "./catalogue.ts";
import * as en from "./en/index.ts";
import * as fr from "./fr/index.ts";
import { LOCALES, type Locale } from "./locales.ts";
import * as sw from "./sw/index.ts";

export type { MessageKey } from "./catalogue.ts";

const catalogue = (rooms: Language): Catalogue => Object.assign({}, ...Object.values(rooms));

export const CATALOGUES: Readonly<Record<Locale, Catalogue>> = { en: catalogue(en), sw: catalogue(sw), fr: catalogue(fr), ar: catalogue(ar) };

const ZONE = "Africa/Nairobi";

/** Parsed messages, kept because parsing costs far more than filling in the values. */
const parsed = new Map<string, IntlMessageFormat>();

function message(locale: Locale, key: MessageKey): IntlMessageFormat {
  const name = `${locale} ${key}`;
  const known = parsed.get(name);
  if (known) return known;
  const fresh = new IntlMessageFormat(CATALOGUES[locale][key], LOCALES[locale].tag, undefined, { ignoreTag: true });
  parsed.set(name, fresh);
  return fresh;
}

/** The message in this language with its values filled in, as plain text: whoever puts it into HTML escapes it. */
export function text<Key extends MessageKey>(locale: Locale, key: Key, ...[values]: MessageValues<Key>): string {
  return String(message(locale, key).format(values));
}

/** `text` for one language. */
export type Translate = <Key extends MessageKey>(key: Key, ...values: MessageValues<Key>) => string;

export const translator = (locale: Locale): Translate => (key, ...values) => text(locale, key, ...values);

/** A date in Nairobi as people write it: `4 November 2026`. */
export function formatDate(locale: Locale, instant: Instant): string {
  const calendar = { timeZone: ZONE, day: "numeric", month: "long", year: "numeric" } as const;
  return new Intl.DateTimeFormat(LOCALES[locale].tag, calendar).format(instant);
}

/** A month, given as `2026-11`: `November 2026`. */
export const formatMonth = (locale: Locale, month: string): string =>
  new Intl.DateTimeFormat(LOCALES[locale].tag, { timeZone: "UTC", month: "long", year: "numeric" }).format(Date.parse(`${month}-01`));

export const formatNumber = (locale: Locale, number: number): string => new Intl.NumberFormat(LOCALES[locale].tag).format(number);

export const formatMilliseconds = (locale: Locale, ms: number): string =>
  new Intl.NumberFormat(LOCALES[locale].tag, { style: "unit", unit: "millisecond" }).format(ms);

/** An instant in Nairobi, on the 24-hour clock: `4 November 2026, 14:00`. */
export function formatInstant(locale: Locale, instant: Instant): string {
  const clock = { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const time = new Intl.DateTimeFormat(LOCALES[locale].tag, clock).format(instant);
  return text(locale, "date.instant", { date: formatDate(locale, instant), time });
}

/** The end of an exclusion in words; null is permanent and has none. */
export const formatEnd = (locale: Locale, endsAt: Instant | null): string =>
  endsAt === null ? text(locale, "date.no-end") : formatInstant(locale, endsAt);
