import type { Instant } from "../../kernel/clock.ts";
import type { CommittedCount, CountedBatch, KeyDay, KeyUsageQuestion, UsagePeriod, UsageQuestion } from "./model.ts";

/** What one operator asked; the object is named by the operator's id. It knows nobody who was asked about. */
export interface UsageApi {
  /** Takes a batch; false when it was taken before, and then nothing changes. */
  record(batch: CountedBatch, sentAt: Instant): Promise<boolean>;
  /** Every hour or day that begins before `to`, from the one that holds `from`. */
  usage(question: UsageQuestion): Promise<UsagePeriod[]>;
  /** The counts of the minutes from `from` until before `to`, in the order of minutes and batches; at most 10,000. */
  committed(from: Instant, to: Instant): Promise<CommittedCount[]>;
  /** Every day that begins before `to`, from the one that holds `from`. */
  keyUsage(question: KeyUsageQuestion): Promise<KeyDay[]>;
  /** By key, the beginning of the last of 90 days in Nairobi on which it is known to have asked. */
  keysUsed(): Promise<Record<string, Instant>>;
  /** What a key has spent this day in Nairobi, as far as it is known. */
  spentToday(keyId: string): Promise<number>;
}
