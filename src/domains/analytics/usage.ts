import type { Instant } from "../../kernel/clock.ts";
import { startOfDay } from "../../kernel/periods.ts";
import type { Transaction } from "../../objects/database.ts";
import type { CommittedCount, UsagePeriod, UsageQuestion } from "./model.ts";
import { periodsOf, summarize } from "./rules.ts";
import { countsBetween, factsOf, spentOn } from "./store.ts";

const COUNTS_AT_ONCE = 10_000;

/** What is known of each hour or day that begins before the question's end. */
export function usage(database: Transaction, question: UsageQuestion, now: Instant): UsagePeriod[] {
  const starts = periodsOf(question);
  return starts.length === 0 ? [] : summarize(factsOf(database, starts[0]!, question.to), starts, now);
}

export const committed = (database: Transaction, from: Instant, to: Instant): CommittedCount[] =>
  countsBetween(database, from, to, COUNTS_AT_ONCE);

export const spentToday = (database: Transaction, keyId: string, now: Instant): number =>
  spentOn(database, startOfDay(now), keyId);
