import type { Verdict } from "../../../adapters/identity-registry/port.ts";
import { HOUR, type Instant, MINUTE } from "../../../kernel/clock.ts";
import type { Details, Stated } from "../vault/model.ts";

/** The task that asks the registry about documents; due at once when the person says something new. */
export const VERIFY_TASK = "verify-documents";

/** What the registry said of a document, and when. */
export interface Asked {
  verdict: Verdict;
  at: Instant;
}

/** A document as it was stated, and what the person says of themself beside it. */
export interface Claimed {
  /** Oldest first. */
  history: readonly Stated[];
  details: Pick<Details, "name" | "dateOfBirth"> | null;
  /** When the details were last changed. */
  claimedAt: Instant;
  /** Oldest first. */
  asked: readonly Asked[];
}

const LONGEST_WAIT = 6 * HOUR;
/** A minute, doubling, up to six hours: two weeks in all. */
const ATTEMPTS = 64;

/**
 * When the registry is asked of a document next. Null: not before the person says something new, because the register has it firm,
 * it takes a name and a date of birth to ask, the registry has answered, or has been away for two weeks.
 */
export function askAt({ history, details, claimedAt, asked }: Claimed): Instant | null {
  const stated = history.at(-1);
  if (!stated || stated.provisionalUntil === null || !details?.name || !details.dateOfBirth) return null;
  const since = Math.max(stated.at, claimedAt);
  const tried = asked.filter(({ at }) => at >= since);
  const last = tried.at(-1);
  if (!last) return since;
  if (last.verdict !== "unavailable" || tried.length >= ATTEMPTS) return null;
  return last.at + Math.min(MINUTE * 2 ** (tried.length - 1), LONGEST_WAIT);
}
