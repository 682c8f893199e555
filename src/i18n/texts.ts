import { type MessageKey, text } from "./index.ts";
import type { Locale } from "./locales.ts";

/**
 * What a person is shown and agrees to when they exclude themself: each text by its version and the messages it is made
 * of. Other words are a new version, in whatever language they change.
 */
const TEXTS = {
  terms: {
    version: 1,
    messages: ["meaning.no-bets", "meaning.at-once", "meaning.no-undo", "meaning.money", "meaning.unlicensed", "code.warning"],
  },
  privacy: { version: 1, messages: ["home.privacy-text"] },
} as const satisfies Record<string, { version: number; messages: readonly MessageKey[] }>;

export type TextName = keyof typeof TEXTS;

export const TEXT_NAMES = Object.keys(TEXTS) as [TextName, ...TextName[]];

export interface ShownText {
  text: TextName;
  version: number;
}

/** What the pages show now. */
export const SHOWN_TEXTS: readonly ShownText[] = TEXT_NAMES.map((name) => ({ text: name, version: TEXTS[name].version }));

/** A text as it is shown, line by line. */
export const wordsOf = (name: TextName, locale: Locale): string[] => TEXTS[name].messages.map((key) => text(locale, key));
