import type { Instant } from "../../../kernel/clock.ts";
import type { Principal } from "../capabilities.ts";

export type { Visitor } from "./visitor.ts";

/** What somebody can show first. A passkey with user verification is two factors in one (NIST SP 800-63B-4). */
export const FIRST_FACTORS = ["password", "passkey"] as const;
export type FirstFactor = (typeof FIRST_FACTORS)[number];

/** What somebody can show second. */
export const SECOND_FACTORS = ["totp", "recovery-code", "passkey"] as const;
export type SecondFactor = (typeof SECOND_FACTORS)[number];

/**
 * How far the holder has come. `second-factor`: it is still to be shown. `enrolment`: the holder's role demands a second
 * factor and there is none; nothing can be done but make one. `full`: signed in.
 */
export const STAGES = ["second-factor", "enrolment", "full"] as const;
export type Stage = (typeof STAGES)[number];

/** Why a session is over before its time. */
export const ENDINGS = ["signed-out", "ended", "all-ended", "went-on", "password-changed", "device-blocked", "locked"] as const;
export type Ending = (typeof ENDINGS)[number];

/** Somebody who is signed in, or on the way to it, as one request of theirs is judged. */
export interface Session {
  id: string;
  stage: Stage;
  principal: Principal;
  deviceId: string;
  first: FirstFactor;
  second: SecondFactor | null;
  createdAt: Instant;
  /** When the holder last showed a factor. */
  provenAt: Instant;
  expiresAt: Instant;
}

/** Why somebody has to do something first: sign in, show another factor, make one, or show one again. */
export type SessionRefusal = { refusal: "signed-out" | "second-factor-due" | "enrolment-due" | "proof-due" };

/** A session's secret and its device's, as cookies carry them. Neither is stored. */
export interface Entered {
  session: string;
  device: string;
  stage: Stage;
}
