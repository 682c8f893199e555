import { Temporal } from "temporal-polyfill";
import type { Instant } from "./clock.ts";

/** Kenya keeps UTC+3 all year; the zone is named so that the law, not an offset, decides. */
const ZONE = "Africa/Nairobi";

/**
 * A length of time as a policy states it. `hours` ends at the exact instant; the others are calendar lengths that end
 * with a day in Nairobi, and never before `minimumDays` whole days have passed.
 */
export type Period =
  | { unit: "hours"; count: number }
  | { unit: "days" | "months" | "years"; count: number; minimumDays: number };

/** The last millisecond of the day in Nairobi that holds `date`. */
const endOfDay = (date: Temporal.PlainDate): Temporal.ZonedDateTime =>
  date.add({ days: 1 }).toZonedDateTime(ZONE).subtract({ milliseconds: 1 });

/** The first millisecond of the day in Nairobi that holds the instant. */
export const startOfDay = (instant: Instant): Instant =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(ZONE).startOfDay().epochMilliseconds;

/**
 * The instant at which a period that starts at `start` ends. Months and years clamp to the month's last day; where that
 * would be shorter than the promised number of days, the later date wins.
 */
export function periodEnd(start: Instant, period: Period): Instant {
  const from = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(ZONE);
  if (period.unit === "hours") return from.add({ hours: period.count }).epochMilliseconds;
  const date = from.toPlainDate();
  const calendar = date.add({ [period.unit]: period.count });
  const promised = date.add({ days: period.minimumDays });
  return endOfDay(Temporal.PlainDate.compare(calendar, promised) < 0 ? promised : calendar).epochMilliseconds;
}

/**
 * How many whole years somebody born on `birth` (`1990-03-27`) has lived, by the calendar day in Nairobi that holds `at`. A year is full
 * on the birthday itself; for who was born on 29 February and has none, on 1 March. Below 0 before the birth.
 */
export function ageOn(birth: string, at: Instant): number {
  const born = Temporal.PlainDate.from(birth);
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(ZONE).toPlainDate();
  const hadBirthday = today.month > born.month || (today.month === born.month && today.day >= born.day);
  return today.year - born.year - (hadBirthday ? 0 : 1);
}

/** The day in Nairobi that holds `at`, as `2027-02-28`, and the instant the next one begins. */
export function nairobiDay(at: Instant): { date: string; endsAt: Instant } {
  const date = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(ZONE).toPlainDate();
  return { date: date.toString(), endsAt: date.add({ days: 1 }).toZonedDateTime(ZONE).epochMilliseconds };
}

/** The instant the day begins in Nairobi. */
export const dayStart = (date: string): Instant => Temporal.PlainDate.from(date).toZonedDateTime(ZONE).epochMilliseconds;

/** The day so many days later, or earlier: `2027-02-28` and 1 make `2027-03-01`. */
export const dayAfter = (date: string, days: number): string => Temporal.PlainDate.from(date).add({ days }).toString();

/** The month so many months later, or earlier: `2026-12` and 1 make `2027-01`. */
export const monthAfter = (month: string, months: number): string => Temporal.PlainYearMonth.from(month).add({ months }).toString();

/** The last millisecond in Nairobi of a day written `2027-02-28`; null for what is none. */
export function endOfDayOn(day: string): Instant | null {
  try {
    return /^\d{4}-\d\d-\d\d$/.test(day) ? endOfDay(Temporal.PlainDate.from(day)).epochMilliseconds : null;
  } catch {
    return null;
  }
}

/** What a clock in Nairobi shows: the weekday, 1 for Monday to 7, the hour, 0 to 23, and the time as `07:05`. */
export function nairobiClock(at: Instant): { weekday: number; hour: number; time: string } {
  const { dayOfWeek, hour, minute } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(ZONE);
  return { weekday: dayOfWeek, hour, time: `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}` };
}
