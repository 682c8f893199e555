import type { Instant } from "../kernel/clock.ts";
import { answerable } from "./lease.ts";
import type { View } from "./view.ts";

/** How an isolate is, for whoever watches the register: nothing of it says anything about a person or an operator. */
export interface Status {
  /** Whether it may answer `clear` from memory. */
  vouches: boolean;
  /** The last row of the change log it holds. */
  sequence: number;
  /** The data's greatest possible age; null when nothing is known. */
  maxStalenessMs: number | null;
  /** For how long nothing new was recorded, as far as it knows. */
  logAgeMs: number | null;
  /** The published set: shards in memory, shards there are, and what those in memory weigh. */
  shards: { resident: number; published: number; bytes: number };
}

export function statusOf(view: View, now: Instant): Status {
  const maxStalenessMs = view.staleness(now);
  const shards = { resident: 0, published: 0, bytes: 0 };
  for (const set of view.sets()) {
    const { resident, published } = set.shards;
    shards.resident += resident;
    shards.published += published;
    shards.bytes += set.bytes;
  }
  const vouches = answerable(maxStalenessMs) === "everything";
  return { vouches, sequence: view.applied, maxStalenessMs, logAgeMs: view.logAge, shards };
}
