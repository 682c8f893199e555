import { DAY, type Instant } from "../../../kernel/clock.ts";
import { dayAfter, dayStart, nairobiDay } from "../../../kernel/periods.ts";
import { type Office, readNearest } from "../../../office/database.ts";
import { progressRow } from "../office/store.ts";
import { type Dimension, FIGURES, type Figure, type Wait, WAITS } from "./model.ts";
import { type Range, unitsOf } from "./period.ts";
import { asOfFigures } from "./rules.ts";
import { medianOf } from "./staleness.ts";
import { countedRow, dailyCounts, firstDay, inForceBefore, lastRun, reachedEnds, shiftsIn, stalenessIn, sumsOf, waitsIn } from "./store.ts";

export interface DetailedDay {
  day: string;
  /** Everything Register did on the day is counted. */
  complete: boolean;
  /** Null where nobody counted. What is not listed is 0. */
  counts: { figure: Figure; value: string | null; count: number }[] | null;
  /** At the end of the day, or by now. */
  inForce: { policy: string; origin: string; count: number }[] | null;
}

/** Of the whole range; null where no day of it was counted. */
export interface EndFigures {
  reachedPromisedEnd: number;
  asked: number;
  kept: number;
  lapsed: number;
  ended: number;
  lengthened: number;
  /** Null where nobody did. */
  medianHours: Record<Wait, number | null>;
}

/** A Replica on a day. */
export interface DetailedStaleness {
  day: string;
  replica: string;
  samples: number;
  /** The worst hour's; null of a day without a sample. */
  p95Ms: number | null;
  worstMs: number | null;
}

export interface Detailed {
  asOf: Instant | null;
  days: DetailedDay[];
  ends: EndFigures | null;
  propagation: DetailedStaleness[];
  lastRun: { startedAt: Instant; finishedAt: Instant | null; processed: number; failed: number } | null;
}

/** How many days of a range Replicas' measurements are told of: the last ones. */
const MEASURED_DAYS = 7;

/** How the counts of a day are told: all figures as a whole, or one of them in parts. */
export interface Parts {
  by: Dimension;
  figure: Figure;
}

/** Exact figures, for staff. */
export async function readDetailed(office: Office, range: Range, { by, figure }: Parts, now: Instant): Promise<Detailed> {
  const until = dayStart(dayAfter(range.to, 1));
  const span = { from: dayStart(range.from), until };
  const [[counted], [copy], [first], counts, totals, opening, shifts, waits, [reached], hours, [run]] = await readNearest(office, (database) => database.batch([
    countedRow(database), progressRow(database), firstDay(database), dailyCounts(database, by === "all" ? FIGURES : [figure], by, range), sumsOf(database, range),
    inForceBefore(database, range.from), shiftsIn(database, range), waitsIn(database, range),
    // What lies ahead has not been reached.
    reachedEnds(database, { ...span, until: Math.min(until, now) }), stalenessIn(database, { from: Math.max(span.from, until - MEASURED_DAYS * DAY), until }), lastRun(database),
  ]));
  const asOf = counted && copy ? asOfFigures(counted, copy) : null;
  const isKnown = (day: string): boolean => first !== undefined && first.day <= day && asOf !== null && dayStart(day) <= asOf;
  const units = unitsOf("days", range);
  const inForce = stockOf(opening, shifts);
  const countsOf = Map.groupBy(counts, ({ day }) => day);
  const days = units.map((day): DetailedDay => {
    const stock = inForce(day);
    return {
      day,
      complete: isKnown(day) && dayStart(dayAfter(day, 1)) <= asOf!,
      counts: isKnown(day) ? (countsOf.get(day) ?? []).flatMap(({ figure, parts }) => parts.map(([value, count]) => ({ figure, value: value === "" ? null : value, count }))) : null,
      inForce: isKnown(day) ? stock : null,
    };
  });
  return { asOf, days, ends: units.some(isKnown) ? endsOf(totals, waits, reached!.count) : null, propagation: propagationOf(hours), lastRun: run ?? null };
}

interface Stock {
  policy: string;
  origin: string;
  change: number;
}

/** How many are in force at the end of one day after another. */
function stockOf(opening: readonly Stock[], shifts: readonly (Stock & { day: string })[]): (day: string) => { policy: string; origin: string; count: number }[] {
  const stock = new Map(opening.map(({ change, ...of }) => [`${of.policy} ${of.origin}`, { ...of, count: change }]));
  const ofDay = Map.groupBy(shifts, ({ day }) => day);
  return (day) => {
    for (const { policy, origin, change } of ofDay.get(day) ?? []) {
      const key = `${policy} ${origin}`;
      stock.set(key, { policy, origin, count: (stock.get(key)?.count ?? 0) + change });
    }
    return [...stock.values()].filter(({ count }) => count !== 0);
  };
}

function endsOf(totals: readonly { figure: Figure; count: number }[], waits: readonly { wait: Wait; hours: number; count: number }[], reachedPromisedEnd: number): EndFigures {
  const sum = (figure: Figure): number => totals.find((row) => row.figure === figure)?.count ?? 0;
  const medians = WAITS.map((wait) => [wait, medianOf(waits.filter((row) => row.wait === wait))] as const);
  return {
    reachedPromisedEnd, asked: sum("ending-asked"), kept: sum("ending-kept"), lapsed: sum("ending-lapsed"), ended: sum("ended"), lengthened: sum("lengthened"),
    medianHours: Object.fromEntries(medians) as Record<Wait, number | null>,
  };
}

type HourRow = Omit<DetailedStaleness, "day"> & { hour: Instant };

function propagationOf(rows: readonly HourRow[]): DetailedStaleness[] {
  const days = Map.groupBy(rows, ({ hour, replica }) => `${nairobiDay(hour).date} ${replica}`);
  return [...days.values()].map((hours) => {
    const measured = hours.filter(({ samples }) => samples > 0);
    const worst = (name: "p95Ms" | "worstMs") => (measured.length > 0 ? Math.max(...measured.map((row) => row[name]!)) : null);
    return { day: nairobiDay(hours[0]!.hour).date, replica: hours[0]!.replica, samples: measured.reduce((sum, { samples }) => sum + samples, 0), p95Ms: worst("p95Ms"), worstMs: worst("worstMs") };
  });
}
