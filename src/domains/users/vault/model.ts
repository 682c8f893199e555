import type { Kind } from "../../../bst/kinds.ts";
import type { ShownText } from "../../../i18n/texts.ts";
import type { Locale } from "../../../i18n/locales.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { County } from "../../../kernel/reference/counties.ts";
import type { Evidence } from "../../exclusions/model.ts";

/** What a person says of themself; nothing of it is needed to be excluded. Null was not said. */
export interface Details {
  /** As they write it: any order, any script, one name or many. */
  name: string | null;
  preferredName: string | null;
  /** `1990-03-27`, as stated. */
  dateOfBirth: string | null;
  county: County | null;
  /** No SMS but codes from 21:00 to 7:00 in Nairobi. */
  quietNights: boolean;
}

export const NO_DETAILS: Details = { name: null, preferredName: null, dateOfBirth: null, county: null, quietNights: false };

/** Whom to call when the person may be in danger. */
export interface EmergencyContact {
  name: string;
  /** As written; in any country. */
  phone: string;
}

/** A record of the vault as it stands. Version 0 was never written; a change names the version it is made to. */
export interface Kept<Value> {
  version: number;
  /** Null when it was never written, or removed. */
  value: Value | null;
  changedAt: Instant | null;
}

/** The person stated an identifier, and what stood for it: the history of what was proven by which evidence. */
export interface Stated {
  evidence: Evidence;
  at: Instant;
  /** How long it counts unless something confirms it; null when it was firm. */
  provisionalUntil: Instant | null;
}

/** An identifier as its holder is shown it. */
export interface ShownIdentifier {
  kind: Kind;
  /** Most of it hidden: whoever looks over the shoulder learns nothing. */
  masked: string;
  standing: IdentifierStanding;
  /** Oldest first. */
  history: Stated[];
}

/** `firm`: proven. `provisional`: typed, and in force for now. `dropped`: typed, never confirmed, over. `released`: somebody else's by now. */
export type IdentifierStanding = "firm" | "provisional" | "dropped" | "released";

/** A text the person agreed to. */
export interface Consent extends ShownText {
  locale: Locale;
  at: Instant;
}

/** What a vault holds, as its holder sees it. */
export interface Overview {
  details: Kept<Details>;
  contact: Kept<EmergencyContact>;
  locale: Locale;
  identifiers: ShownIdentifier[];
  consents: Consent[];
  unread: number;
}
