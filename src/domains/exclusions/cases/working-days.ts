import { DAY, HOUR, type Instant } from "../../../kernel/clock.ts";
import { nairobiDay } from "../../../kernel/periods.ts";

/** Days on which nobody works, as `2026-12-25`. */
export type Holidays = ReadonlySet<string>;

const isWorkingDay = (date: string, holidays: Holidays): boolean => {
  const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.has(date);
};

/** The last millisecond in Nairobi of the working day that comes so many working days after the day of `start`, which does not count. */
export function workingDaysAfter(start: Instant, days: number, holidays: Holidays): Instant {
  let at = start;
  for (let left = days; left > 0; ) {
    at += DAY;
    if (isWorkingDay(nairobiDay(at).date, holidays)) left--;
  }
  return nairobiDay(at).endsAt - 1;
}

/** The last millisecond in Nairobi of a day written `2027-05-01`; null when there is no such day. */
export function endOfDay(date: string): Instant | null {
  const noon = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T09:00:00Z`) : Number.NaN;
  if (Number.isNaN(noon)) return null;
  const { date: read, endsAt } = nairobiDay(noon);
  return read === date && noon > -HOUR ? endsAt - 1 : null;
}
