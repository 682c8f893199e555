import type { Instant } from "../../../kernel/clock.ts";
import type { ProjectionPage } from "../projection/rpc.ts";

/** How far the office's copy of Register is. */
export interface Progress {
  version: number;
  logId: string | null;
  position: number;
  generation: number;
  wholeGeneration: number;
  asOf: Instant | null;
  movedAt: Instant | null;
}

/** Where a copy that was never begun stands. */
export const NOTHING_YET: Progress = { version: 0, logId: null, position: 0, generation: 0, wholeGeneration: 0, asOf: null, movedAt: null };

/** After which change Register is asked: from the beginning when the copy is to begin anew. */
export const askedAfter = ({ logId, position }: Progress): number => (logId === null ? 0 : position);

type Place = Pick<ProjectionPage, "logId" | "head" | "position" | "at">;

/**
 * What becomes of the copy with a page; null when the page is of another log and was not asked for from its beginning. Throws
 * when Register has done less than it had: it lost rows and does not know it yet.
 */
export function advance(progress: Progress, page: Place, now: Instant): Progress | null {
  const begins = page.logId !== progress.logId;
  if (begins && askedAfter(progress) > 0) return null;
  if (page.position > page.head) throw new Error(`the register has fewer changes than were read of it: ${page.head}, not ${page.position}`);
  const generation = begins ? progress.generation + 1 : progress.generation;
  const whole = page.position >= page.head;
  return {
    version: progress.version + 1,
    logId: page.logId,
    position: page.position,
    generation,
    wholeGeneration: whole ? generation : progress.wholeGeneration,
    asOf: whole ? page.at : progress.asOf,
    movedAt: now,
  };
}

/** Of a log that is over nothing is followed: the copy begins anew. What is listed stays until the new copy is whole. */
export const beginAnew = (progress: Progress): Progress => ({ ...progress, version: progress.version + 1, logId: null, position: 0 });

/** How many changes the copy lacks. */
export const behind = (progress: Progress, { logId, head }: Pick<ProjectionPage, "logId" | "head">): number =>
  logId === progress.logId ? Math.max(0, head - progress.position) : head;
