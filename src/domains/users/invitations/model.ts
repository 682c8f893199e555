import type { Locale } from "../../../i18n/locales.ts";
import { DAY } from "../../../kernel/clock.ts";

/** `lapsed`: nobody accepted it in time. Whoever was invited is forgotten with the end of each. */
export const INVITATION_STATES = ["open", "accepted", "withdrawn", "lapsed"] as const;
export type InvitationState = (typeof INVITATION_STATES)[number];

/** How long one can be accepted. */
export const INVITATION_LIFE = 14 * DAY;

/** Somebody of a company, as the company or they themself said. */
export interface Contact {
  name: string;
  email: string;
  /** E.164. */
  phone: string;
  locale: Locale;
}
