import type { Instant } from "../kernel/clock.ts";

/**
 * What a key may be used for: `checks` asks about a customer or a batch of them, `scrubs` goes through a whole list,
 * `tokens` turns identifiers into tokens, `events` reads the operator's feed and answers it.
 */
export const SCOPES = ["checks", "scrubs", "tokens", "events"] as const;
export type Scope = (typeof SCOPES)[number];

/** `live` asks about people; `test` about the persons of `src/bst/test-persons.ts`, and learns of nobody. */
export const KEY_MODES = ["live", "test"] as const;
export type KeyMode = (typeof KEY_MODES)[number];

/** What a key may do, from where, until when and how often. */
export interface KeyTerms {
  scopes: Scope[];
  /** From then on the key does not hold; null never. */
  expiresAt: Instant | null;
  /** Address blocks (CIDR) it may be used from; none for anywhere. */
  networks: string[];
  /** Checks a second in one data centre. */
  perSecond: number;
  /** Checks a day, counted in Nairobi. */
  perDay: number;
}

/** What a key is given when nothing else is said; every key had this before there were terms. `events` is only given by name: keys from before it do not have it. */
export const DEFAULT_TERMS: Readonly<KeyTerms> = {
  scopes: ["checks", "scrubs", "tokens"], expiresAt: null, networks: [], perSecond: 100, perDay: 100_000,
};
