import { systemActor } from "../../../kernel/actor.ts";
import { DAY, HOUR, type Instant, SECOND } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { daysOfMonth, monthsToReport, spanOf } from "../standing/period.ts";
import { type ComputeParts, report } from "./compute.ts";
import { dropRuns, finishRun, insertRun, lastRun, type StoredRun, withoutReport } from "./store.ts";

export interface KeepParts extends ComputeParts {
  /** Hears of each operator that could not be reported; it does not keep the others from it. */
  report: (error: unknown) => void;
}

const ITSELF = systemActor("compliance-reports");
/** What one run takes on; the next minute's goes on from there. */
const RUN_MS = 15 * SECOND;
const AT_ONCE = 10;
const RUNS_KEPT_MS = 90 * DAY;

/**
 * Reports each month that is over and whose grace is, of every operator that has no report of it yet, some at a time; whoever could not be reported comes
 * again an hour later. How far it came is in each run's record; a minute in which there is nothing to do leaves none. Any number may be at it: who is
 * reported twice is reported once. Throws when the office's database does not answer.
 */
export async function keepReports(parts: KeepParts): Promise<void> {
  for (const month of monthsToReport(parts.clock(), parts.terms.graceDays)) await reportMonth(parts, month);
}

async function reportMonth(parts: KeepParts, month: string): Promise<void> {
  const { office, clock, random } = parts;
  const startedAt = clock();
  const next = (after: string) => withoutReport(office, month, spanOf(daysOfMonth(month)).to, after, AT_ONCE);
  const after = goesOnAfter(await lastRun(office, month), startedAt);
  let some = after === null ? [] : await next(after);
  if (after === null || (some.length === 0 && after === "")) return;
  const run: StoredRun = { id: uuidv7(startedAt, random), month, startedAt, finishedAt: null, reached: after, processed: 0, failed: 0 };
  await office.primary.batch([insertRun(office.primary, run), dropRuns(office.primary, uuidv7(startedAt - RUNS_KEPT_MS, (length) => new Uint8Array(length)))]);
  while (some.length > 0 && clock() < startedAt + RUN_MS) {
    const done = await Promise.allSettled(some.map(({ id }) => report(parts, ITSELF, id, month)));
    const broken = done.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
    broken.forEach(parts.report);
    run.processed += done.length - broken.length;
    run.failed += broken.length;
    run.reached = some.at(-1)!.id;
    some = await next(run.reached);
  }
  await finishRun(office.primary, run.id, { ...run, finishedAt: clock(), reached: some.length === 0 ? null : run.reached });
}

/** Where the run before came to; null while there is nothing to begin anew. One that was cut off is gone on with where it began. */
function goesOnAfter(last: StoredRun | undefined, now: Instant): string | null {
  if (!last) return "";
  if (last.reached !== null) return last.reached;
  return now >= last.startedAt + HOUR ? "" : null;
}
