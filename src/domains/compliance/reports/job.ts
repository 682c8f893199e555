import { type Clock, DAY, type Instant, type Random, SECOND } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import type { Office } from "../../../office/database.ts";
import type { Job } from "./model.ts";
import { dropRuns, finishRun, insertRun, lastRun, type StoredRun } from "./store.ts";

export interface JobParts {
  office: Office;
  clock: Clock;
  random: Random;
  /** Hears of each operator it could not be done for; it does not keep the others from it. */
  report: (error: unknown) => void;
}

interface Work {
  job: Job;
  period: string;
  /** How long after it came to all it begins anew, for whom it could not be done; null never. */
  againMs: number | null;
  /** The next operators after one, by their ids, for whom it is to be done. */
  next: (after: string, limit: number) => Promise<{ id: string }[]>;
  each: (operator: string) => Promise<unknown>;
}

/** What one run takes on; the next minute's goes on from there. */
const RUN_MS = 15 * SECOND;
const AT_ONCE = 10;
const RUNS_KEPT_MS = 90 * DAY;

/**
 * Does something for each operator once a period, some at a time and one's failure beside the others; how far it came is in the run's record. Any number
 * may be at it, because what is done twice is done once. A minute in which there is nothing to do leaves no record.
 */
export async function runThrough(parts: JobParts, { job, period, againMs, next, each }: Work): Promise<void> {
  const { office, clock, random } = parts;
  const startedAt = clock();
  const after = goesOnAfter(await lastRun(office, job, period), againMs, startedAt);
  let some = after === null ? [] : await next(after, AT_ONCE);
  if (after === null || (some.length === 0 && after === "")) return;
  const run: StoredRun = { id: uuidv7(startedAt, random), job, period, startedAt, finishedAt: null, reached: after, processed: 0, failed: 0 };
  await office.primary.batch([insertRun(office.primary, run), dropRuns(office.primary, uuidv7(startedAt - RUNS_KEPT_MS, (length) => new Uint8Array(length)))]);
  while (some.length > 0 && clock() < startedAt + RUN_MS) {
    const done = await Promise.allSettled(some.map(({ id }) => each(id)));
    const broken = done.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
    broken.forEach(parts.report);
    run.processed += done.length - broken.length;
    run.failed += broken.length;
    run.reached = some.at(-1)!.id;
    some = await next(run.reached, AT_ONCE);
  }
  await finishRun(office.primary, run.id, { ...run, finishedAt: clock(), reached: some.length === 0 ? null : run.reached });
}

/** Where the run before came to; null while there is nothing to begin anew. One that was cut off is gone on with where it began. */
function goesOnAfter(last: StoredRun | undefined, againMs: number | null, now: Instant): string | null {
  if (!last) return "";
  if (last.reached !== null) return last.reached;
  return againMs !== null && now >= last.startedAt + againMs ? "" : null;
}
