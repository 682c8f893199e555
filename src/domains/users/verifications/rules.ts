import type { Verdict } from "../../../adapters/identity-registry/port.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../../../kernel/clock.ts";
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
  /** When documents of this person's did not fit, any of them, oldest first. */
  mismatches: readonly Instant[];
}

const LONGEST_WAIT = 6 * HOUR;
/** A minute, doubling, up to six hours: two weeks in all. */
const ATTEMPTS = 64;
/** So often a day somebody may be wrong: enough for slips, too few to guess at another's day of birth. */
const MISMATCHES_A_DAY = 5;

/**
 * When the registry is asked of a document next. Null: not before the person says something new, because the register has it firm,
 * it takes a name and a date of birth to ask, the registry has answered, or has been away for two weeks.
 */
export function askAt({ mismatches, ...claimed }: Claimed): Instant | null {
  const at = wishedAt(claimed);
  const limiting = mismatches.at(-MISMATCHES_A_DAY);
  return at !== null && limiting !== undefined ? Math.max(at, limiting + DAY) : at;
}

function wishedAt({ history, details, claimedAt, asked }: Omit<Claimed, "mismatches">): Instant | null {
  const stated = history.at(-1);
  if (!stated || stated.provisionalUntil === null || !details?.name || !details.dateOfBirth) return null;
  const since = Math.max(stated.at, claimedAt);
  const tried = asked.filter(({ at }) => at >= since);
  const last = tried.at(-1);
  if (!last) return since;
  if (last.verdict !== "unavailable" || tried.length >= ATTEMPTS) return null;
  return last.at + Math.min(MINUTE * 2 ** (tried.length - 1), LONGEST_WAIT);
}
