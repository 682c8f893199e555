import { DAY, HOUR, type Instant, MINUTE, type Random } from "../../kernel/clock.ts";
import type { Result } from "../../kernel/result.ts";

/** How long a code is right. */
export const CODE_LIFE = 10 * MINUTE;

/** Wrong codes a person may type before the code is void: with three, a guess succeeds once in 333,333. Questions that could be guesses cost one too. */
export const TRIES = 3;

/**
 * How many codes one phone is sent: enough for somebody whose messages come late or whose session breaks, too few to
 * harass a stranger, and never more than 24 guesses a day at anybody's codes.
 */
const SEND_LIMITS = [
  { count: 3, within: 15 * MINUTE },
  { count: 8, within: DAY },
] as const;

/** Older sends no longer count anywhere. */
export const SENDS_COUNT_FOR = DAY;

/** How many of a phone's messages are replied to: enough for somebody who mistypes, and an end to two machines that answer each other. */
export const REPLY_LIMITS = [
  { count: 5, within: HOUR },
  { count: 15, within: DAY },
] as const;

const CODES = 1_000_000;
const DIGITS = 6;

/** The largest multiple of a million that 32 bits hold: numbers from it on would make low codes likelier. */
const FAIR_BELOW = Math.floor(2 ** 32 / CODES) * CODES;

/** Six digits, each code equally likely. */
export function drawCode(random: Random): string {
  for (;;) {
    const bytes = random(4);
    const number = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
    if (number < FAIR_BELOW) return String(number % CODES).padStart(DIGITS, "0");
  }
}

/** Whether the text can be a code at all; what cannot does not cost a try. */
export const isCode = (text: string): boolean => /^\d{6}$/.test(text);

/** When the next may be sent: null is now. `sends` are the instants of those already sent. */
export function retryAt(sends: readonly Instant[], now: Instant, limits: readonly { count: number; within: number }[] = SEND_LIMITS): Instant | null {
  const waits = limits.flatMap(({ count, within }) => {
    const counted = sends.filter((at) => at > now - within).toSorted((a, b) => a - b);
    return counted.length < count ? [] : [counted[counted.length - count]! + within];
  });
  return waits.length > 0 ? Math.max(...waits) : null;
}

/** A form's code as it stands. */
export interface Standing {
  expiresAt: Instant;
  triesLeft: number;
}

/** Whether a code can still be typed. */
export const stands = (code: Standing | null, now: Instant): code is Standing =>
  code !== null && code.expiresAt > now && code.triesLeft > 0;

export type Verdict = Result<object, { refusal: "code-wrong"; triesLeft: number } | { refusal: "code-expired" | "code-used-up" }>;

/** What a try at a form's code amounts to. A form without a code is told the same as one whose code is over. */
export function judge(code: Standing | null, attempt: "right" | "wrong" | "unreadable", now: Instant): Verdict {
  if (!code || code.expiresAt <= now) return { ok: false, refusal: "code-expired" };
  if (code.triesLeft === 0) return { ok: false, refusal: "code-used-up" };
  if (attempt === "right") return { ok: true };
  const triesLeft = code.triesLeft - (attempt === "wrong" ? 1 : 0);
  return triesLeft === 0 ? { ok: false, refusal: "code-used-up" } : { ok: false, refusal: "code-wrong", triesLeft };
}
