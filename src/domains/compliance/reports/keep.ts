import { systemActor } from "../../../kernel/actor.ts";
import { HOUR } from "../../../kernel/clock.ts";
import { daysOfMonth, monthsToReport, spanOf } from "../standing/period.ts";
import { type ComputeParts, report } from "./compute.ts";
import { type JobParts, runThrough } from "./job.ts";
import { withoutReport } from "./store.ts";

export type KeepParts = ComputeParts & JobParts;

const ITSELF = systemActor("compliance-reports");

/**
 * Reports each month that is over and whose grace is, of every operator that has no report of it yet; whoever could not be reported comes again an hour
 * later. Throws when the office's database does not answer.
 */
export async function keepReports(parts: KeepParts): Promise<void> {
  for (const month of monthsToReport(parts.clock(), parts.terms.graceDays)) {
    const { to } = spanOf(daysOfMonth(month));
    await runThrough(parts, {
      job: "reports", period: month, againMs: HOUR,
      next: (after, limit) => withoutReport(parts.office, month, to, after, limit),
      each: (operator) => report(parts, ITSELF, operator, month),
    });
  }
}
