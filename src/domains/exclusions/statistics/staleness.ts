import { type Clock, DAY, HOUR, type Instant, MINUTE } from "../../../kernel/clock.ts";
import type { Office } from "../../../office/database.ts";
import type { Minutes, Staleness } from "./model.ts";
import { dropStaleness, putStaleness, stalenessOf } from "./store.ts";

/** A Replica, by its name, that says how old its copy is. */
export interface AskedReplica {
  name: string;
  /** Ms since it asked Register for what it has; throws when it cannot vouch for its copy. Has a deadline. */
  age(): Promise<number>;
}

export interface SampleParts {
  office: Office;
  replicas: readonly AskedReplica[];
  clock: Clock;
}

const KEPT_MS = 400 * DAY;

/**
 * Asks each Replica once how old its copy is and notes it under this minute. The time the answer took counts in, as it does
 * for who checks (counted from sending the question). Who does not answer is noted as that: the minute is unknown. What two
 * note of one minute at once is one of both.
 */
export async function sampleReplicas({ office: { primary }, replicas, clock }: SampleParts): Promise<void> {
  const now = clock();
  const hour = now - (now % HOUR);
  const minute = Math.floor((now - hour) / MINUTE);
  const measured = await Promise.all(replicas.map(async (replica) => ({ replica: replica.name, ms: await measure(replica, clock) })));
  const known = new Map((await stalenessOf(primary, hour)).map(({ replica, minutes }) => [replica, minutes]));
  const rows = measured.map(({ replica, ms }) => {
    const minutes = { [minute]: ms, ...known.get(replica) };
    return { hour, replica, minutes, ...summaryOf(minutes) };
  });
  if (rows.length > 0) await primary.batch([putStaleness(primary, rows), dropStaleness(primary, hour - KEPT_MS)]);
}

async function measure({ age }: AskedReplica, clock: Clock): Promise<number | null> {
  const sentAt: Instant = clock();
  try {
    return Math.ceil((await age()) + Math.max(0, clock() - sentAt));
  } catch {
    return null;
  }
}

export function summaryOf(minutes: Minutes): Staleness {
  const samples = Object.values(minutes).filter((ms) => ms !== null).toSorted((one, other) => one - other);
  return { samples: samples.length, medianMs: at(samples, 0.5), p95Ms: at(samples, 0.95), worstMs: at(samples, 1) };
}

/** The smallest value that such a share of the sorted is not above; null of none. */
const at = (sorted: readonly number[], share: number): number | null => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;

/** The middle of values by how many there are of each; null of none. */
export function medianOf(counted: readonly { hours: number; count: number }[]): number | null {
  const sorted = counted.toSorted((one, other) => one.hours - other.hours);
  let left = Math.ceil(sorted.reduce((sum, { count }) => sum + count, 0) / 2);
  return sorted.find(({ count }) => (left -= count) <= 0)?.hours ?? null;
}
