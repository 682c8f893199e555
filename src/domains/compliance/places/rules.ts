import { HOUR, type Instant } from "../../../kernel/clock.ts";

/** A copied entry whose place was asked for, and what was answered. */
export interface AskedEntry {
  position: number;
  at: Instant;
  leaf: number | null;
}

/**
 * The last entry, in the order they were copied, that need not be asked for again; null when it is none. Register tells the log in the same order: what
 * stands before one that is there, and is not there an hour after it was done, was lost with a Register that was restored.
 */
export function doneWith(asked: readonly AskedEntry[], now: Instant): number | null {
  const last = asked.findLastIndex(({ leaf }) => leaf !== null);
  const waits = asked.findIndex(({ leaf, at }, index) => leaf === null && (index > last || now - at < HOUR));
  return asked[(waits < 0 ? asked.length : waits) - 1]?.position ?? null;
}
