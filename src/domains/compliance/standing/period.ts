import type { Instant } from "../../../kernel/clock.ts";
import { DAY } from "../../../kernel/clock.ts";
import { dayAfter, dayStart, monthAfter, nairobiDay } from "../../../kernel/periods.ts";
import type { Days } from "./model.ts";

/** Of an older day nobody keeps counts any more. */
export const MOST_DAYS = 92;

/** `2026-10`. */
export const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

export const daysOfMonth = (month: string): Days => ({ from: `${month}-01`, to: `${monthAfter(month, 1)}-01` });

export const monthOf = (at: Instant): string => nairobiDay(at).date.slice(0, 7);

/** What of them has begun. None where all lie ahead. */
export function begun({ from, to }: Days, now: Instant): Days | null {
  const tomorrow = dayAfter(nairobiDay(now).date, 1);
  return from >= tomorrow ? null : { from, to: to < tomorrow ? to : tomorrow };
}

export const spanOf = ({ from, to }: Days): { from: Instant; to: Instant } => ({ from: dayStart(from), to: dayStart(to) });

/** How many months back reports are made up for that were not made in time. */
const LOOKED_BACK = 2;

/** The months that are over and whose grace is, the oldest first; as far back as counts are kept. */
export function monthsToReport(now: Instant, graceDays: number): string[] {
  const newest = monthAfter(monthOf(now - graceDays * DAY), -1);
  return Array.from({ length: LOOKED_BACK }, (_, at) => monthAfter(newest, at + 1 - LOOKED_BACK));
}
