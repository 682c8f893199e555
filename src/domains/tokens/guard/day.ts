import type { CanonicalIdentifier } from "../../../bst/kinds.ts";
import { DAY, type Instant, type Random } from "../../../kernel/clock.ts";
import { startOfDay } from "../../../kernel/periods.ts";
import type { Transaction } from "../../../objects/database.ts";
import { setDueOnce } from "../../../objects/due.ts";
import { estimate, longestRun, look, newSketch } from "./neighbours.ts";
import { type DayFigures, EXHAUSTION_DAYS } from "./rules.ts";
import { beginDay, changeDay, dayAt, exhaustedSince, forgetCounts, forgetDays, type StoredDay } from "./store.ts";

/** The task that forgets ended days, and counts of long ago. */
export const FORGET_TOKENS_TASK = "forget-tokens";

const COUNTS_KEPT = 731 * DAY;
const SALT_BYTES = 16;

/** The day that holds `now`, begun if it is not: one that may bring `expected` identifiers. */
export function theDay(transaction: Transaction, expected: number, now: Instant, random: Random): StoredDay {
  const day = startOfDay(now);
  const known = dayAt(transaction, day);
  if (known) return known;
  const row = { day, ...newSketch(random(SALT_BYTES), expected), longestRun: 0, tokenised: 0, excluded: 0, warned: [] };
  beginDay(transaction, row);
  setDueOnce(transaction, FORGET_TOKENS_TASK, day + DAY);
  return row;
}

/** The day once it saw these. */
export function seen(transaction: Transaction, day: StoredDay, identifiers: readonly CanonicalIdentifier[]): StoredDay {
  look(day, identifiers);
  const after = { ...day, longestRun: Math.max(day.longestRun, longestRun(identifiers)) };
  changeDay(transaction, day.day, { identifiers: after.identifiers, blocks: after.blocks, longestRun: after.longestRun });
  return after;
}

/** The day once so many were handed out, so many of them excluded. */
export function handedOut(transaction: Transaction, day: StoredDay, tokenised: number, excluded: number): StoredDay {
  const after = { ...day, tokenised: day.tokenised + tokenised, excluded: day.excluded + excluded };
  changeDay(transaction, day.day, { tokenised: after.tokenised, excluded: after.excluded });
  return after;
}

/** What the rules are judged by. */
export const figuresOf = (database: Transaction, day: StoredDay, expectedShare: number): DayFigures => ({
  identifiers: estimate(day.identifiers),
  blocks: estimate(day.blocks),
  oneIn: day.oneIn,
  longestRun: day.longestRun,
  tokenised: day.tokenised,
  excluded: day.excluded,
  expectedShare,
  exhaustedDays: exhaustedSince(database, day.day - (EXHAUSTION_DAYS - 1) * DAY),
});

/** Forgets what is over; answers when to come again. */
export function forgetTokens(transaction: Transaction, now: Instant): Instant {
  forgetDays(transaction, startOfDay(now));
  forgetCounts(transaction, startOfDay(now - COUNTS_KEPT));
  return startOfDay(now) + DAY;
}
