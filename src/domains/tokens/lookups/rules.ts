import { DAY, HOUR, type Instant } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import type { LookupState } from "./model.ts";

/** How many an officer may ask for in a day. Of those that come at the same time a few more may pass. */
export const LOOKUPS = { most: 10, within: DAY } as const;

const DECIDABLE = 7 * DAY;
const READABLE = 24 * HOUR;

/** Milliseconds until an officer who asked at these times, newest first, may ask again; 0 is now. */
export const pauseOf = (asked: readonly Instant[], now: Instant): number =>
  asked.length < LOOKUPS.most ? 0 : asked[LOOKUPS.most - 1]! + LOOKUPS.within - now;

/** What is decided on: who asked and who decided go by their actors' names. */
export interface Judged {
  state: LookupState;
  createdBy: string;
  until: Instant;
}

export type DecisionRefusal = { refusal: "not-now" | "expired" | "own-lookup" };
export type ReadingRefusal = { refusal: "not-now" | "expired" | "not-yours" };

export const decidableUntil = (now: Instant): Instant => now + DECIDABLE;
export const readableUntil = (now: Instant): Instant => now + READABLE;

const refuse = <Refusal extends string>(refusal: Refusal) => ({ ok: false, refusal }) as const;

/** Whether this officer can decide it now: never who asked. */
export function judgeDecision({ state, createdBy, until }: Judged, by: string, now: Instant): Result<object, DecisionRefusal> {
  if (createdBy === by) return refuse("own-lookup");
  if (state === "expired" || (state === "pending" && now > until)) return refuse("expired");
  return state === "pending" ? { ok: true } : refuse("not-now");
}

/** Whether this officer can read it now: nobody but who asked, and only once it was approved. */
export function judgeReading({ state, createdBy, until }: Judged, by: string, now: Instant): Result<object, ReadingRefusal> {
  if (createdBy !== by) return refuse("not-yours");
  if (state === "expired" || ((state === "approved" || state === "pending") && now > until)) return refuse("expired");
  return state === "approved" ? { ok: true } : refuse("not-now");
}
