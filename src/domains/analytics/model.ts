import type { EvidenceBatch } from "../../check/evidence.ts";
import type { Purpose } from "../../check/question.ts";
import type { Instant } from "../../kernel/clock.ts";

/** How often somebody was found within an hour; by whom, and who, is not said here. */
export interface FoundCount {
  /** The hour's beginning. */
  hour: Instant;
  purpose: Purpose;
  count: number;
}

/** A batch of evidence without the people it found. */
export type CountedBatch = Omit<EvidenceBatch, "excluded"> & { found: FoundCount[] };

/** What an operator asked within an hour or a day, as far as it is known. */
export interface UsagePeriod {
  /** Its beginning; a day begins in Nairobi. */
  from: Instant;
  /** At least so many answers. Null is no data, which says nothing about what the operator did. */
  purposes: Record<Purpose, { clear: number | null; found: number | null }>;
  /** Batches that are known to have been sent and did not come, by when that was seen; null when nothing was heard of. */
  batchesLost: number | null;
  /** Answers that isolates could not keep until they could send them; null when nothing was heard of. */
  answersDropped: number | null;
}

/** One batch's count of `clear` answers within a minute, and the root that commits to their ids. */
export interface CommittedCount {
  minute: Instant;
  purpose: Purpose;
  count: number;
  /** Hexadecimal; see `AnswerIds`. */
  root: string;
  isolate: string;
  batch: number;
  /** The id of the audit entry that counts it; null until one does. */
  entry: string | null;
}

/** What one key asked on a day in Nairobi, as far as it is known. Null is no data. */
export interface KeyDay {
  /** The day's beginning. */
  from: Instant;
  /** At least so many, whatever was answered. */
  checks: number | null;
  purposes: UsagePeriod["purposes"];
}

export interface KeyUsageQuestion {
  keyId: string;
  from: Instant;
  /** Exclusive. */
  to: Instant;
}

export interface UsageQuestion {
  from: Instant;
  /** Exclusive. */
  to: Instant;
  by: "hour" | "day";
}
