import type { FoundAnswer } from "../../check/evidence.ts";
import { PURPOSES } from "../../check/question.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../../kernel/clock.ts";
import { startOfDay } from "../../kernel/periods.ts";
import type { FoundCount, KeyDay, UsagePeriod, UsageQuestion } from "./model.ts";

/** Batches that were passed over: a later one came before them. */
export interface Gap {
  first: number;
  last: number;
  seenAt: Instant;
}

/** Which of one isolate's batches were heard of: all up to the newest but those in the gaps. */
export interface Heard {
  newest: number;
  gaps: readonly Gap[];
}

/** A batch that is missing so long counts as lost; should it come after all, it is taken and lost no more. */
export const LATE = 5 * MINUTE;

/** What is heard of after this batch; null when it was heard of before. */
export function hear({ newest, gaps }: Heard, batch: number, now: Instant): Heard | null {
  if (batch > newest) {
    const passed = batch === newest + 1 ? [] : [{ first: newest + 1, last: batch - 1, seenAt: now }];
    return { newest: batch, gaps: [...gaps, ...passed] };
  }
  const gap = gaps.find(({ first, last }) => first <= batch && batch <= last);
  if (!gap) return null;
  const rest = [{ ...gap, last: batch - 1 }, { ...gap, first: batch + 1 }].filter(({ first, last }) => first <= last);
  return { newest, gaps: [...gaps.filter((other) => other !== gap), ...rest] };
}

/** How many answers found somebody: one that found two identifiers is one. */
export function foundCounts(found: readonly FoundAnswer[]): FoundCount[] {
  const answers = [...new Map(found.map((answer) => [answer.answerId, answer])).values()];
  const groups = Map.groupBy(answers, ({ hour, purpose }) => `${hour} ${purpose}`);
  return [...groups.values()].map((group) => ({ hour: group[0]!.hour, purpose: group[0]!.purpose, count: group.length }));
}

/** What is stored of an operator's hours. */
export interface UsageFacts {
  answers: { hour: Instant; purpose: string; clear: number; found: number }[];
  dropped: { hour: Instant; answers: number }[];
  gaps: Gap[];
}

/** Beginnings of the hours or days of a question. */
export function periodsOf({ from, to, by }: UsageQuestion): Instant[] {
  const starts: Instant[] = [];
  // Half a day beyond a day is within the next one, however long a day is.
  const next = (at: Instant): Instant => (by === "hour" ? at + HOUR : startOfDay(at + DAY + 12 * HOUR));
  for (let at = by === "hour" ? from - (from % HOUR) : startOfDay(from); at < to; at = next(at)) starts.push(at);
  return starts;
}

/** What the facts say of each period. Where they say nothing, neither does the answer. */
export function summarize(facts: UsageFacts, starts: readonly Instant[], now: Instant): UsagePeriod[] {
  const startOf = (at: Instant): Instant | undefined => starts.findLast((start) => start <= at);
  const answers = Map.groupBy(facts.answers, ({ hour }) => startOf(hour));
  const dropped = Map.groupBy(facts.dropped, ({ hour }) => startOf(hour));
  const lost = Map.groupBy(facts.gaps.filter(({ seenAt }) => seenAt <= now - LATE), ({ seenAt }) => startOf(seenAt));
  return starts.map((from) => {
    const known = answers.has(from) || dropped.has(from) || lost.has(from);
    return {
      from,
      purposes: byPurpose(answers.get(from) ?? []),
      batchesLost: known ? sum(lost.get(from) ?? [], ({ first, last }) => last - first + 1) : null,
      answersDropped: known ? sum(dropped.get(from) ?? [], ({ answers }) => answers) : null,
    };
  });
}

/** What is stored of a key's days. */
export interface KeyFacts {
  spent: { day: Instant; checks: number }[];
  answers: { day: Instant; purpose: string; clear: number; found: number }[];
}

/** What the facts say of each of a key's days. */
export const daysOfKey = ({ spent, answers }: KeyFacts, starts: readonly Instant[]): KeyDay[] =>
  starts.map((from) => ({
    from,
    checks: atLeast(spent.filter(({ day }) => day === from), ({ checks }) => checks),
    purposes: byPurpose(answers.filter(({ day }) => day === from)),
  }));

function byPurpose(answers: readonly { purpose: string; clear: number; found: number }[]): UsagePeriod["purposes"] {
  const counted = PURPOSES.map((purpose) => {
    const rows = answers.filter((row) => row.purpose === purpose);
    return [purpose, { clear: atLeast(rows, ({ clear }) => clear), found: atLeast(rows, ({ found }) => found) }] as const;
  });
  return Object.fromEntries(counted) as UsagePeriod["purposes"];
}

const sum = <Row>(rows: readonly Row[], value: (row: Row) => number): number => rows.reduce((total, row) => total + value(row), 0);

/** Nothing counted is no data: a count that was lost looks the same. */
const atLeast = <Row>(rows: readonly Row[], value: (row: Row) => number): number | null => sum(rows, value) || null;
