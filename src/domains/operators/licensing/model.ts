import type { Kind } from "../../../bst/kinds.ts";
import type { Instant } from "../../../kernel/clock.ts";

/** What a licence is for, as the seed names it. */
export const LICENCE_TYPES = ["online_betting", "land_based_casino", "lottery", "sports_betting", "online_casino"] as const;
export type LicenceType = (typeof LICENCE_TYPES)[number];

/** What officers decide of a licence. That one lapsed nobody decides: its time does. */
export const LICENCE_STATES = ["in-force", "suspended", "revoked"] as const;
export type LicenceState = (typeof LICENCE_STATES)[number];

/** How a licence stands at an instant. */
export const STANDINGS = [...LICENCE_STATES, "lapsed"] as const;
export type Standing = (typeof STANDINGS)[number];

/** What an officer does to one. `amend`: other conditions, or other kinds of identifier. A revoked one is followed by another, if at all. */
export const LICENCE_ACTS = ["renew", "amend", "suspend", "reinstate", "revoke"] as const;
export type LicenceAct = (typeof LICENCE_ACTS)[number];

/** What happens to a licence; each is a line of its history. */
export const LICENCE_EVENTS = ["issued", "renewed", "amended", "suspended", "reinstated", "revoked"] as const;
export type LicenceEvent = (typeof LICENCE_EVENTS)[number];

export const EVENT_OF: Readonly<Record<LicenceAct, LicenceEvent>> = {
  renew: "renewed", amend: "amended", suspend: "suspended", reinstate: "reinstated", revoke: "revoked",
};

/** So many days before a licence ends its operator is warned. */
export const WARNED_DAYS = [90, 30, 7, 1] as const;

/** What a licence lets, on what conditions, until when. */
export interface LicenceTerms {
  type: LicenceType;
  conditions: string[];
  /** The kinds of identifier every check at registration, login, deposit and bet must carry. */
  requiredKinds: Kind[];
  expiresAt: Instant;
}
