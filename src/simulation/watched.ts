import type { FirstAnswer, ReplicaPoll } from "../check/feed.ts";
import type { PollOutcome, View } from "../check/view.ts";
import type { Manifest } from "../snapshot/manifest.ts";

/** What an isolate's view is seen to do. */
export interface Watcher {
  count: (what: string) => void;
  told: (what: string) => void;
  /** Rows up to `seq` are applied from now on. */
  applied: (from: number, to: number) => void;
}

/** A view of the given make that tells what becomes of it. */
export function watched(Make: typeof View, { count, told, applied }: Watcher): View {
  class Watched extends Make {
    override apply(poll: ReplicaPoll, when: { sentAt: number; receivedAt: number }): PollOutcome {
      const [from, wasCold] = [this.applied, this.cold];
      if (!wasCold && poll.logId !== this.logId && poll.from <= from + 1 && poll.seq >= from) count("another log, which only its id tells apart");
      const outcome = super.apply(poll, when);
      count(`a poll at an isolate: ${outcome}`);
      told(`${outcome}, ${from} → ${this.applied} of ${poll.seq}, from ${poll.from}, log ${poll.logId.slice(-4)}, age ${poll.age}`);
      if (!wasCold && this.applied > from) applied(from + 1, this.applied);
      return outcome;
    }

    override begin(first: FirstAnswer, manifest: Manifest | null): void {
      count(manifest ? "a view begun from a snapshot" : "a view begun from the log");
      super.begin(first, manifest);
    }

    override adopt(manifest: Manifest): void {
      count("a newer snapshot adopted");
      super.adopt(manifest);
    }

    override evict(budget: number): void {
      const before = this.bytes;
      super.evict(budget);
      if (this.bytes < before) count("a shard dropped for its weight");
    }
  }
  return new Watched();
}
