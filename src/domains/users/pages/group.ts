import { PURPOSES, type Purpose } from "../../../check/question.ts";
import { DAY, HOUR, type Instant } from "../../../kernel/clock.ts";
import type { FoundCheck } from "../model.ts";

/** What one operator asked on one day. */
export interface DayOfChecks {
  operator: string;
  /** An instant of the day. */
  day: Instant;
  purposes: { purpose: Purpose; spans: string[] }[];
  /** Of the checks, newest first. */
  answerIds: string[];
}

/** Nairobi is three hours ahead, all year. */
const NAIROBI = 3 * HOUR;

/** Checks by operator and day in Nairobi, in the order they come. */
export function byOperatorAndDay(checks: readonly FoundCheck[]): DayOfChecks[] {
  const groups = Map.groupBy(checks, ({ operator, hour }) => `${Math.floor((hour + NAIROBI) / DAY)} ${operator}`);
  return [...groups.values()].map((asked) => ({
    operator: asked[0]!.operator,
    day: asked[0]!.hour,
    purposes: PURPOSES.map((purpose) => ({ purpose, spans: spansOf(asked.filter((check) => check.purpose === purpose)) }))
      .filter(({ spans }) => spans.length > 0),
    answerIds: asked.map(({ answerId }) => answerId),
  }));
}

/** Hours of the day, those that follow each other in one span: `14:00–16:00`. */
function spansOf(checks: readonly FoundCheck[]): string[] {
  const hours = [...new Set(checks.map(({ hour }) => ((hour + NAIROBI) % DAY) / HOUR))].toSorted((a, b) => a - b);
  const spans: [from: number, to: number][] = [];
  for (const hour of hours) {
    const last = spans.at(-1);
    if (last?.[1] === hour) last[1] = hour + 1;
    else spans.push([hour, hour + 1]);
  }
  return spans.map(([from, to]) => `${clock(from)}–${clock(to)}`);
}

const clock = (hour: number): string => `${String(hour).padStart(2, "0")}:00`;
