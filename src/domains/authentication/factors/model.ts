import type { Instant } from "../../../kernel/clock.ts";
import type { Stage } from "../sessions/model.ts";

/** What can be shown in letters and digits. A passkey is shown in its own way. */
export const SHOWN = ["password", "totp", "recovery-code"] as const;
export type Shown = (typeof SHOWN)[number];

/** What somebody may show now. */
export type Way = Shown | "passkey";

/** The factors of an account, as its holder sees them; instants are when they were made, null where there is none. */
export interface FactorsOverview {
  stage: Exclude<Stage, "second-factor">;
  /** A role of the holder's demands a second factor. */
  demanded: boolean;
  password: Instant | null;
  totp: Instant | null;
  passkeys: number;
  /** How many are left. */
  recoveryCodes: number;
}

/** A secret for an authenticator app that nothing counts of before a code of it comes back. */
export interface TotpSetup {
  /** Base 32, to be typed. */
  secret: string;
  /** `otpauth://…`, to be read from a picture. */
  uri: string;
}
