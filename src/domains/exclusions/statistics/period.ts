import { ProblemError } from "../../../api/problem.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { dayAfter, monthAfter, nairobiDay } from "../../../kernel/periods.ts";

/** Months, or days, from one to another, both with them. */
export interface Range {
  from: string;
  to: string;
}

interface Grain {
  most: number;
  usual: number;
  /** The newest that can be asked for. */
  newest: (now: Instant) => string;
  after: (unit: string, by: number) => string;
}

const GRAINS = {
  months: { most: 24, usual: 12, newest: (now) => monthAfter(nairobiDay(now).date.slice(0, 7), -1), after: monthAfter },
  days: { most: 31, usual: 30, newest: (now) => nairobiDay(now).date, after: dayAfter },
} satisfies Record<string, Grain>;

/** The range that is asked for, or the newest one. Throws the problem `field-invalid`, at the parameter that is wrong. */
export function rangeOf(grain: keyof typeof GRAINS, { from, to }: { from?: string | undefined; to?: string | undefined }, now: Instant): Range {
  const { most, usual, newest, after } = GRAINS[grain];
  const last = to ?? newest(now);
  if (last > newest(now)) throw wrong("to", `is not ${grain === "months" ? "over" : "there"} yet; the newest is ${newest(now)}`);
  const first = from ?? after(last, 1 - usual);
  if (first > last) throw wrong(from === undefined ? "to" : "from", "must not be after to");
  if (after(first, most) <= last) throw wrong("from", `at most ${most} ${grain} are told at once`);
  return { from: first, to: last };
}

const wrong = (parameter: string, detail: string): ProblemError => new ProblemError("field-invalid", { errors: [{ pointer: `/${parameter}`, detail }] });

/** Each of the range. */
export function unitsOf(grain: keyof typeof GRAINS, { from, to }: Range): string[] {
  const units: string[] = [];
  for (let unit = from; unit <= to; unit = GRAINS[grain].after(unit, 1)) units.push(unit);
  return units;
}
