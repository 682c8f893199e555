import type { DialledLocale } from "../../../i18n/dialled.ts";
import type { ChosenPolicy } from "../policies.ts";
import { type Coded, needsCode } from "../dialled/rules.ts";

/** A place that does something when it is reached, or looks at what is kept. Leaving it does nothing. */
export type Act =
  | { at: "stopped" | "mine" | "kept" }
  | { at: "excluded"; policy: ChosenPolicy }
  | { at: "sent"; asked: Coded }
  | { at: "typed"; asked: Coded; code: string };

/** Where somebody is in the menu. */
export type Place = Act | { at: "menu" | "longer" | "help" } | { at: "confirm"; policy: ChosenPolicy } | { at: "code"; asked: Coded };

/** Where a text leads. `unclear`: its last input said nothing there, and nothing is done. */
export interface Walked {
  locale: DialledLocale;
  place: Place;
  unclear: boolean;
}

const MENU: Place = { at: "menu" };
const LONGER: Place = { at: "longer" };

/** By the digit they are chosen with. */
const PERIODS: ReadonlyMap<string, ChosenPolicy> = new Map([["1", "7d"], ["2", "30d"], ["3", "6m"], ["4", "1y"], ["5", "5y"], ["6", "permanent"]]);
const BACK = "0";
const LANGUAGE = "5";

const MAIN: ReadonlyMap<string, Place> = new Map<string, Place>([["1", { at: "stopped" }], ["2", LONGER], ["3", { at: "mine" }], ["4", { at: "help" }]]);
/** Each has its digit whether or not it can be done now: Register refuses what cannot. */
const MINE: ReadonlyMap<string, Place> = new Map<string, Place>([
  ["1", LONGER], ["2", { at: "code", asked: "ask-to-end" }], ["3", { at: "code", asked: "confirm-ending" }], ["4", { at: "kept" }],
]);

/** Where everything typed so far leads (the inputs between `*`); no text leads nowhere. */
export function walk(text: string): Walked {
  let walked: Walked = { locale: "sw", place: MENU, unclear: false };
  if (text === "") return walked;
  for (const input of text.split("*")) walked = step(walked, input.trim());
  return walked;
}

function step({ locale, place }: Walked, input: string): Walked {
  if (place.at === "menu" && input === LANGUAGE) return { locale: locale === "sw" ? "en" : "sw", place, unclear: false };
  const to = input === BACK ? MENU : next(place, input);
  return to ? { locale, place: to, unclear: false } : { locale, place: rest(place), unclear: true };
}

/** Where an input leads; null when it says nothing here. */
function next(place: Place, input: string): Place | null {
  switch (place.at) {
    case "menu": return MAIN.get(input) ?? null;
    case "mine": return MINE.get(input) ?? null;
    case "longer":
    case "stopped": return chosen(PERIODS.get(input));
    case "confirm": return input === "1" ? { at: "excluded", policy: place.policy } : null;
    case "code":
    case "sent":
    case "typed": return proving(place.asked, input);
    default: return null;
  }
}

const chosen = (policy: ChosenPolicy | undefined): Place | null =>
  policy === undefined ? null : needsCode(policy) ? { at: "code", asked: policy } : { at: "confirm", policy };

const proving = (asked: Coded, input: string): Place | null =>
  input === "1" ? { at: "sent", asked } : /^\d{6}$/.test(input) ? { at: "typed", asked, code: input } : null;

/** The same place without what it does: what was done there is not done again for an input that says nothing. */
function rest(place: Place): Place {
  switch (place.at) {
    case "stopped": return LONGER;
    case "sent":
    case "typed": return { at: "code", asked: place.asked };
    case "excluded":
    case "kept":
    case "help": return MENU;
    default: return place;
  }
}
