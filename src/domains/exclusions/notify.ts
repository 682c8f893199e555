import type { Instant, Random } from "../../kernel/clock.ts";
import { uuidv7 } from "../../kernel/ids.ts";
import type { Transaction } from "../../objects/database.ts";
import { enqueue } from "./deliveries/store.ts";
import type { Exclusion } from "./model.ts";
import type { ExclusionNotice } from "./outbox.ts";

/** Puts what happened to an exclusion on its way to the person. */
export function notify(
  transaction: Transaction, template: ExclusionNotice["template"], exclusion: Exclusion, now: Instant, random: Random,
): void {
  const { personId, reference, policy, endMode, startedAt, endsAt, endableFrom, measureUntil, annulsAt } = exclusion;
  const nextAt = endableFrom ?? measureUntil ?? annulsAt;
  const notice: ExclusionNotice = { template, reference, policy, endMode, startedAt, endsAt, nextAt };
  enqueue(transaction, { id: uuidv7(now, random), personId, createdAt: now, topic: "notice", notice });
}
