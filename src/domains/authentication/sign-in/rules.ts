import { DAY, type Instant } from "../../../kernel/clock.ts";
import type { Risk, SignInOutcome } from "./model.ts";

/** An account as somebody knocks at it. */
export interface Knock {
  /** Too many tries failed of late. */
  isLocked: boolean;
  state: "active" | "suspended";
  /** Its holder blocked the browser that knocks. */
  isBlocked: boolean;
}

/** Why no password is right just now; null when one may be. */
export function barring({ isLocked, state, isBlocked }: Knock): Exclude<SignInOutcome, "succeeded" | "wrong" | "second-factor-due"> | null {
  if (isLocked) return "locked";
  if (state === "suspended") return "suspended";
  return isBlocked ? "blocked-device" : null;
}

/** Whether a device calls itself what it called itself before; true where either does not say. */
export const isSameProgram = (before: string | null | undefined, now: string | null): boolean => !before || !now || before === now;

/** So many failures in a row are more than a slip of the fingers. */
const SLIPS = 2;
const LONG = 90 * DAY;

/** What is known of an account before a try. */
export interface Habits {
  /** When it was last signed in with from anywhere; null when it never was. */
  lastAt: Instant | null;
  isKnownDevice: boolean;
  /** Whether the device is the kind of program that it was when it was last signed in with; true where either does not say. */
  isKnownProgram: boolean;
  /** Whether one of its devices was last signed in with from there; true where the platform does not say where somebody is. */
  isKnownCountry: boolean;
  /** Tries that failed of late, as far as they count against this one. */
  earlierFailures: number;
}

/**
 * What is unusual about a try. `new-device`: a browser this account was never signed in with. `new-program`: one that
 * calls itself another program than before. `new-country`: one that none of its
 * devices was last signed in with from. `long-away`: nobody signed in for 90 days. An account's first time is none of these.
 * `after-failures`: more than two tries failed just before.
 */
export function risksOf({ lastAt, isKnownDevice, isKnownProgram, isKnownCountry, earlierFailures }: Habits, now: Instant): Risk[] {
  const known = lastAt !== null;
  const found: Record<Risk, boolean> = {
    "new-device": known && !isKnownDevice,
    "new-program": known && isKnownDevice && !isKnownProgram,
    "new-country": known && !isKnownCountry,
    "after-failures": earlierFailures > SLIPS,
    "long-away": known && now - lastAt >= LONG,
  };
  return (Object.keys(found) as Risk[]).filter((risk) => found[risk]);
}
