/**
 * The kinds of identifier a token can stand for, in the order of their numbers in a token's VERSION.
 * The order is for ever: a new kind is added at the end.
 */
export const KINDS = ["msisdn", "national_id", "passport", "alien_id", "refugee_id", "military_id"] as const;

export type Kind = (typeof KINDS)[number];

export const isKind = (value: unknown): value is Kind => KINDS.includes(value as Kind);

/** An identifier in its one canonical writing: `+254712345678`, `12345678`, … See `canonical.ts`. */
export interface CanonicalIdentifier {
  kind: Kind;
  value: string;
}

/**
 * A person's root pseudonym for one identifier and one root epoch: 16 bytes. Never leaves the register;
 * operators see it only sealed into tokens of their own.
 */
export type Pseudonym = Uint8Array;
