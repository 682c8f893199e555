import { HOUR, type Instant, MINUTE, SECOND } from "../../../../kernel/clock.ts";
import type { DeliveryOutcome } from "../model.ts";

/** So many failures are tried again in quick succession; the one after them is the regulator's to see. */
export const QUICK_FAILURES = 8;
const LONGEST_QUICK_WAIT = 256 * SECOND;
const SLOW_WAIT = 15 * MINUTE;
/** Nobody says for longer that they want to be left alone. */
const LONGEST_ASKED_WAIT = HOUR;

/** The most events one message carries, and the most endpoints an operator has: the platform keeps six connections of an object open. */
export const EVENTS_A_MESSAGE = 100;
export const MOST_ENDPOINTS = 5;

/** How long an answer may take: the first time so that nobody waits for it, and afterwards as long as a slow one needs. */
export const timeoutAfter = (failures: number): number => (failures === 0 ? 5 * SECOND : 15 * SECOND);

/**
 * How long is waited after failure n: min(2^n, 256) s for the first eight, then 15 min for as long as it takes, each by up to a fifth more or less as `draw` (from 0 up
 * to 1) has it; never less than the endpoint itself asked for, up to an hour.
 */
export function waitAfter(failures: number, askedMs: number, draw: number): number {
  const usual = failures <= QUICK_FAILURES ? Math.min(2 ** failures * SECOND, LONGEST_QUICK_WAIT) : SLOW_WAIT;
  return Math.max(Math.round(usual * (0.8 + 0.4 * draw)), Math.min(askedMs, LONGEST_ASKED_WAIT));
}

/** What `Retry-After` asks for, in ms: seconds or a date (RFC 9110 §10.2.3); 0 for none, or what cannot be read. */
export function askedWait(header: string | null, now: Instant): number {
  if (header === null) return 0;
  const wait = /^\d{1,9}$/.test(header.trim()) ? Number(header) * SECOND : Date.parse(header) - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : 0;
}

export const outcomeOf = (status: number): DeliveryOutcome => {
  if (status >= 200 && status < 300) return "received";
  if (status >= 300 && status < 400) return "redirected";
  if (status === 410) return "gone";
  return status === 429 ? "throttled" : "refused";
};

/** How an endpoint stands: `open` waits after a failure, `half-open` is being tried again, `closed` is as it should be. */
export type Breaker = "closed" | "open" | "half-open";

export const breakerOf = ({ failures, nextAt }: { failures: number; nextAt: Instant | null }, now: Instant): Breaker => {
  if (failures === 0) return "closed";
  return nextAt !== null && nextAt > now ? "open" : "half-open";
};

const EXCERPT_LENGTH = 200;

/** The beginning of an answer as it may be kept: one line of printable ASCII. */
export const excerptOf = (text: string): string => text.replace(/[^\x21-\x7e]+/g, " ").trim().slice(0, EXCERPT_LENGTH);
