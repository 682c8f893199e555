import type { Instant } from "../../kernel/clock.ts";
import { startOfDay } from "../../kernel/periods.ts";
import type { Transaction } from "../../objects/database.ts";
import type { CommittedCount, KeyDay, KeyUsageQuestion, UsagePeriod, UsageQuestion } from "./model.ts";
import { daysOfKey, periodsOf, summarize } from "./rules.ts";
import { countsBetween, factsOf, keyFactsOf, lastDays, spentOn } from "./store.ts";

const COUNTS_AT_ONCE = 10_000;

/** What is known of each hour or day that begins before the question's end. */
export function usage(database: Transaction, question: UsageQuestion, now: Instant): UsagePeriod[] {
  const starts = periodsOf(question);
  return starts.length === 0 ? [] : summarize(factsOf(database, starts[0]!, question.to), starts, now);
}

export const committed = (database: Transaction, from: Instant, to: Instant): CommittedCount[] =>
  countsBetween(database, from, to, COUNTS_AT_ONCE);

export function keyUsage(database: Transaction, { keyId, from, to }: KeyUsageQuestion): KeyDay[] {
  const starts = periodsOf({ from, to, by: "day" });
  return starts.length === 0 ? [] : daysOfKey(keyFactsOf(database, { keyId, from: starts[0]!, to }), starts);
}

export const keysUsed = (database: Transaction): Record<string, Instant> => Object.fromEntries(lastDays(database).map(({ keyId, day }) => [keyId, day]));

export const spentToday = (database: Transaction, keyId: string, now: Instant): number =>
  spentOn(database, startOfDay(now), keyId);
