import { en } from "./dialled/en.ts";
import { sw } from "./dialled/sw.ts";

/** What phones are spoken to in: Swahili first. The alphabet of 2G cannot write Arabic, and nobody dials in French. */
export const DIALLED_LOCALES = ["sw", "en"] as const;
export type DialledLocale = (typeof DIALLED_LOCALES)[number];

const WORDS = { en, sw };

export type DialledKey = keyof typeof en;
export const DIALLED_KEYS = Object.keys(en) as DialledKey[];

type NamesIn<Words extends string> = Words extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;

/** What the words need: nothing, or each value they name. */
export type DialledValues<Key extends DialledKey> = [NamesIn<(typeof en)[Key]>] extends [never]
  ? []
  : [values: Readonly<Record<NamesIn<(typeof en)[Key]>, string | number>>];

/** The words with their values filled in. */
export function dialled<Key extends DialledKey>(locale: DialledLocale, key: Key, ...[values]: DialledValues<Key>): string {
  const filled: Readonly<Record<string, string | number>> = values ?? {};
  return WORDS[locale][key].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(filled[name]));
}
