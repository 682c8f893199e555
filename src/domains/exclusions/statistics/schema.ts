import { z } from "@hono/zod-openapi";
import { DEFINITIONS, METHOD } from "./definitions.ts";
import { DIMENSIONS, FIGURES } from "./model.ts";

const instant = z.iso.datetime();
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const month = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/);
const count = z.int().min(0);
const ms = z.int().min(0).nullable();

const asOf = instant.nullable().openapi({ description: "Everything the register had done by then is counted; null before anything was." });
const value = z.string().nullable().openapi({ description: "A policy's, an origin's or a channel's name, or a county's code; null where nobody said one, and of `all`." });
const definitions = z.record(z.string(), z.string()).openapi({ description: "What each figure is." });

const cell = {
  count: count.nullable().openapi({ description: "Null unless published." }),
  status: z.enum(["published", "suppressed", "no-data"]).openapi({ description: METHOD }),
};
const Cell = z.strictObject(cell).openapi("StatisticsCell");
const cells = (description: string) => z.array(z.strictObject({ value, ...cell }).openapi("StatisticsValueCell")).openapi({ description });

export const PublishedQuery = z.strictObject({
  from: month.optional().openapi({ description: "The first month; eleven before `to`, unless said." }),
  to: month.optional().openapi({ description: "The last month, which must be over; the newest such, unless said. At most 24 months are told at once." }),
});

export const PublishedAnswer = z.strictObject({
  asOf,
  method: z.string(),
  definitions,
  months: z.array(z.strictObject({
    month,
    begun: Cell,
    inForce: Cell,
    byPolicy: cells("Those begun, by their policy."),
    byOrigin: cells("Those begun, by who wanted them."),
    byCounty: cells("Those begun, by the county their holder said."),
  })),
  propagation: z.array(z.strictObject({
    hour: instant,
    samples: count,
    p95Ms: ms.openapi({ description: "Of the copy that was furthest behind; null where nobody measured." }),
    worstMs: ms,
  })).openapi({ description: `The last 24 full hours. ${DEFINITIONS.propagation}` }),
}).openapi("ExclusionStatistics");

const isDay = (text: string): boolean => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
const realDay = day.refine(isDay, "is no day");

export const DetailedQuery = z.strictObject({
  from: realDay.optional().openapi({ description: "The first day in Nairobi; 29 before `to`, unless said." }),
  to: realDay.optional().openapi({ description: "The last day; today, unless said. At most 31 days are told at once." }),
  by: z.enum(DIMENSIONS).default("all").openapi({ description: "By what the counts of a figure are told apart; `all` tells every figure as a whole." }),
  figure: z.enum(FIGURES).default("begun").openapi({ description: "Which one is told apart." }),
});

const median = count.nullable().openapi({ description: "Null where nobody did." });

export const DetailedAnswer = z.strictObject({
  asOf,
  definitions,
  days: z.array(z.strictObject({
    day,
    complete: z.boolean().openapi({ description: "Everything the register did on the day is counted." }),
    counts: z.array(z.strictObject({ figure: z.enum(FIGURES), value, count })).nullable().openapi({ description: "What was asked for and is not listed is 0; null is a day nobody counted." }),
    inForce: z.array(z.strictObject({ policy: z.string(), origin: z.string(), count })).nullable().openapi({ description: DEFINITIONS.inForce }),
  })),
  ends: z.strictObject({
    reachedPromisedEnd: count, asked: count, kept: count, lapsed: count, ended: count, lengthened: count,
    medianHours: z.strictObject({ "end-to-asked": median, "asked-to-ended": median, "asked-to-kept": median }),
  }).nullable().openapi({ description: "Of the whole range; null where no day of it was counted." }),
  propagation: z.array(z.strictObject({ day, replica: z.string(), samples: count, p95Ms: ms.openapi({ description: "The worst hour's." }), worstMs: ms })).openapi({
    description: `Of the range's last 7 days. A day that is not listed was not measured. ${DEFINITIONS.propagation}`,
  }),
  lastRun: z.strictObject({ startedAt: instant, finishedAt: instant.nullable(), processed: count, failed: count }).nullable().openapi({
    description: "The last time there were days to count: how many were counted, and how many could not be. Without an end it is at work, or was cut off.",
  }),
}).openapi("DetailedExclusionStatistics");
