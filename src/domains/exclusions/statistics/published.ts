import { DAY, HOUR, type Instant } from "../../../kernel/clock.ts";
import { COUNTIES } from "../../../kernel/reference/counties.ts";
import { dayStart, monthAfter } from "../../../kernel/periods.ts";
import { type Office, readNearest } from "../../../office/database.ts";
import { ORIGINS } from "../model.ts";
import { POLICY_CODES } from "../policies.ts";
import { progressRow } from "../office/store.ts";
import { type Range, unitsOf } from "./period.ts";
import { NO_DATA, publishCells, type Published, type PublishedHour, type PublishedMonth, publishRounded, publishTotal, type ValueCell } from "./publish.ts";
import { asOfFigures } from "./rules.ts";
import { countedRow, firstDay, monthlyCounts, monthlyShifts, stalenessIn } from "./store.ts";

/** What there is of each dimension, in the order it is told in. */
const VALUES = { policy: [...POLICY_CODES, "custom"], origin: [...ORIGINS], county: [...Object.keys(COUNTIES).toSorted(), ""] } as const;
type PublishedDimension = keyof typeof VALUES;

type Monthly = readonly { month: string; value: string; count: number }[];

/** What everybody may be told: months that are over, in few and coarse tables, and the last day's measurements. */
export async function readPublished(office: Office, range: Range, now: Instant): Promise<Published> {
  const days = { from: `${range.from}-01`, to: lastDayOf(range.to) };
  const hour = now - (now % HOUR);
  const [[counted], [copy], [first], all, policy, origin, county, shifts, hours] = await readNearest(office, (database) => database.batch([
    countedRow(database), progressRow(database), firstDay(database), monthlyCounts(database, "begun", "all", days), monthlyCounts(database, "begun", "policy", days),
    monthlyCounts(database, "begun", "origin", days), monthlyCounts(database, "begun", "county", days), monthlyShifts(database, days.to),
    stalenessIn(database, { from: hour - DAY, until: hour }),
  ]));
  const asOf = counted && copy ? asOfFigures(counted, copy) : null;
  const isKnown = (month: string): boolean => first !== undefined && first.day.slice(0, 7) <= month && asOf !== null && dayStart(`${monthAfter(month, 1)}-01`) <= asOf;
  const months = unitsOf("months", range).map((month) => monthOf(month, isKnown(month), { all, policy, origin, county }, shifts));
  return { asOf, months, propagation: propagationOf(hours, hour) };
}

/** A text that is after every day of the month, and before any of the next. */
const lastDayOf = (month: string): string => `${month}-31`;

function monthOf(month: string, isKnown: boolean, counts: Record<"all" | PublishedDimension, Monthly>, shifts: readonly { month: string; change: number }[]): PublishedMonth {
  const of = (dimension: PublishedDimension) => cellsOf(dimension, isKnown ? counts[dimension].filter((row) => row.month === month) : null);
  const begun = counts.all.find((row) => row.month === month)?.count ?? 0;
  const inForce = shifts.reduce((sum, shift) => (shift.month <= month ? sum + shift.change : sum), 0);
  return {
    month, begun: isKnown ? publishTotal(begun) : NO_DATA, inForce: isKnown ? publishRounded(inForce) : NO_DATA,
    byPolicy: of("policy"), byOrigin: of("origin"), byCounty: of("county"),
  };
}

/** Every value there can be has its cell, and any other that was counted: together they are the total. */
function cellsOf(dimension: PublishedDimension, counted: Monthly | null): ValueCell[] {
  const count = new Map(counted?.map((row) => [row.value, row.count]));
  const values = [...new Set([...VALUES[dimension], ...count.keys()])];
  const cells = counted ? publishCells(values.map((value) => count.get(value) ?? 0)) : values.map(() => NO_DATA);
  return values.map((value, at) => ({ value: value === "" ? null : value, ...cells[at]! }));
}

type HourRow = Pick<PublishedHour, "hour" | "samples" | "p95Ms" | "worstMs">;

/** Of each of the last 24 hours the worst Replica. */
function propagationOf(rows: readonly HourRow[], until: Instant): PublishedHour[] {
  const byHour = Map.groupBy(rows, ({ hour }) => hour);
  return Array.from({ length: DAY / HOUR }, (_, at) => until - DAY + at * HOUR).map((hour) => {
    const measured = (byHour.get(hour) ?? []).filter(({ samples }) => samples > 0);
    return { hour, samples: measured.reduce((sum, { samples }) => sum + samples, 0), p95Ms: worst(measured, "p95Ms"), worstMs: worst(measured, "worstMs") };
  });
}

const worst = (rows: readonly HourRow[], name: "p95Ms" | "worstMs"): number | null => (rows.length > 0 ? Math.max(...rows.map((row) => row[name]!)) : null);
