import type { DialledLocale } from "../../../i18n/dialled.ts";
import type { ChosenPolicy } from "../policies.ts";

/** What a message wants. `proof`: it is a code and nothing else. */
export type Wish = { wants: "stop"; policy: ChosenPolicy } | { wants: "proof"; code: string } | { wants: "status" | "help" };

/** The words a message can begin with, in both languages. */
const STOP: ReadonlyMap<string, DialledLocale> = new Map([["STOP", "en"], ["ACHA", "sw"]]);
const OTHERS: ReadonlyMap<string, readonly ["status" | "help", DialledLocale]> = new Map([
  ["STATUS", ["status", "en"]], ["HALI", ["status", "sw"]], ["HELP", ["help", "en"]], ["MSAADA", ["help", "sw"]],
] as const);

/** Periods as people write them behind the word, without spaces. */
const WRITINGS: Readonly<Record<ChosenPolicy, readonly string[]>> = {
  "24h": ["", "24", "24H", "24HOURS", "SAA24"],
  "7d": ["7", "7D", "7DAYS", "SIKU7"],
  "30d": ["30", "30D", "30DAYS", "SIKU30"],
  "6m": ["6M", "6MONTHS", "MIEZI6"],
  "1y": ["1Y", "1YEAR", "MWAKA1", "MWAKA"],
  "5y": ["5Y", "5YEARS", "MIAKA5"],
  "permanent": ["PERMANENT", "PERMANENTLY", "FOREVER", "DAIMA", "KABISA"],
};
const PERIODS: ReadonlyMap<string, ChosenPolicy> = new Map(
  (Object.entries(WRITINGS) as [ChosenPolicy, readonly string[]][]).flatMap(([policy, writings]) => writings.map((writing) => [writing, policy] as const)),
);

const CODE = /^\d{6}$/;

/** What a message wants and in which language; whatever cannot be read wants help, in Swahili. Case, spaces and signs do not count. */
export function readWish(text: string): { locale: DialledLocale; wish: Wish } {
  const letters = text.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");
  if (CODE.test(letters)) return { locale: "sw", wish: { wants: "proof", code: letters } };
  const [wants, spoken] = OTHERS.get(letters) ?? (["help", "sw"] as const);
  const locale = STOP.get(letters.slice(0, 4));
  const policy = locale && PERIODS.get(letters.slice(4));
  return policy ? { locale, wish: { wants: "stop", policy } } : { locale: locale ?? spoken, wish: { wants } };
}
