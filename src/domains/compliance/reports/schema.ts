import { z } from "@hono/zod-openapi";
import { pageAnswer } from "../../../api/listing.ts";
import { line } from "../../../api/text.ts";
import { DAY } from "../../../kernel/clock.ts";
import { namesSomebody } from "../../users/index.ts";
import { BANDS, type Band, SOURCES } from "../standing/model.ts";
import { MONTH, MOST_DAYS } from "../standing/period.ts";

const instant = z.iso.datetime();
const day = z.iso.date();
const month = z.string().regex(MONTH, "must be a month, such as 2026-10").openapi({ examples: ["2026-10"] });
const operatorId = z.string().regex(/^[a-z0-9]{4,32}$/);

/** A text that is kept in clear. */
export const statement = (max: number) => line(max).min(10).refine((text) => !namesSomebody(text), "must name nobody by number or address");

export const OperatorPath = z.object({ operator: operatorId });
export const ReportPath = z.object({ operator: operatorId, reportId: z.uuid() });
export const ReportFilters = { month: month.optional() };

/** Not a number for what is no day, which is refused as such. */
const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY;

export const ScoreQuery = z
  .strictObject({
    month: month.optional().openapi({ description: "A month in Nairobi; the running one, unless said." }),
    from: day.optional().openapi({ description: "The first day in Nairobi; in the place of the month." }),
    to: day.optional().openapi({ description: "The first day that is not of it." }),
  })
  .refine(({ from, to }) => (from === undefined) === (to === undefined), { path: ["to"], message: "goes with from" })
  .refine(({ month, from }) => month === undefined || from === undefined, { path: ["month"], message: "goes without from and to" })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, { path: ["to"], message: "must be after from" })
  .refine(({ from, to }) => from === undefined || to === undefined || daysBetween(from, to) <= MOST_DAYS, { path: ["to"], message: `at most ${MOST_DAYS} days` });

const number = z.number().nullable();

const FindingAnswer = z
  .strictObject({
    name: z.string(),
    version: z.int().openapi({ description: "Of the formula." }),
    title: z.string(),
    explanation: z.string().openapi({ description: "What it shows, and what it cannot." }),
    formula: z.string().openapi({ description: "Arithmetic over the inputs; what rests on null is null, and so is what is divided by 0." }),
    weight: z.number(),
    inputs: z.record(z.string(), number).openapi({ description: "The numbers that went in. Null is no data." }),
    loss: z
      .strictObject({ batchesLost: number, answersDropped: number, daysUnknown: z.int() })
      .nullable()
      .openapi({ description: "What is known to be missing of these counts, which are lower bounds; null where nothing is counted by the way." }),
    value: z.number().min(0).max(1).nullable().openapi({ description: "Null is no data: neither a violation nor the opposite." }),
    events: z.array(z.string()).openapi({ description: "Where what it rests on is listed, as far as you may read it." }),
    source: z.enum(SOURCES),
  })
  .openapi("ComplianceFinding");

const scored = {
  score: z.number().min(0).max(100).nullable().openapi({ description: "Null is no data: too little of the weight rests on any." }),
  band: z.enum(Object.keys(BANDS) as [Band, ...Band[]]).nullable(),
  part: z.number().min(0).max(1).openapi({ description: "How much of the weight rests on data." }),
  leastPart: z.number().openapi({ description: "How much has to for a score." }),
};

export const ScoreAnswer = z
  .strictObject({ operator: z.string(), from: day, to: day.openapi({ description: "Exclusive." }), computedAt: instant, ...scored, findings: z.array(FindingAnswer) })
  .openapi("ComplianceScore");

const reported = {
  id: z.uuid(),
  operator: z.string(),
  month: z.string(),
  edition: z.int().openapi({ description: "Computed anew it stands beside those before." }),
  computedAt: instant,
  computedBy: z.string(),
  reason: z.string().nullable().openapi({ description: "Why it was computed anew; null of the first." }),
  ...scored,
};

const ListedReportAnswer = z.strictObject(reported).openapi("ListedComplianceReport");
export const ReportAnswer = z.strictObject({ ...reported, findings: z.array(FindingAnswer) }).openapi("ComplianceReport");
export const ReportsAnswer = pageAnswer(ListedReportAnswer).openapi("ComplianceReports");

export const AnewRequest = z.strictObject({ month, reason: statement(300) }).openapi("ComplianceReportAnew");
