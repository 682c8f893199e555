import type { Instant } from "../kernel/clock.ts";
import type { Manifest } from "../snapshot/manifest.ts";
import { Directory } from "./directory.ts";
import { emptySet, ExclusionSet } from "./exclusion-set.ts";
import type { Change, FirstAnswer, LogHead, ManifestRef, ReplicaPoll } from "./feed.ts";
import { Lease } from "./lease.ts";

/**
 * What came of a poll. `complete`: every row is applied and the lease renewed. `more`: ask again for the rest. `older`:
 * of a log that ours came after. `restart`: the rows do not follow on ours or are of another log; the view is cold again.
 * `clock-set`: two more polls have to agree. `log-went-back`: nothing is answered from here until there is a new log. Of
 * the last two someone should know.
 */
export type PollOutcome = "complete" | "more" | "older" | "restart" | "clock-set" | "log-went-back";

/**
 * What one isolate knows: the log's rows up to `applied`, as directory and sets, and how old that is at most. It starts
 * cold, knowing nothing; then nothing is answered from it.
 */
export class View {
  readonly lease = new Lease();
  directory = new Directory();
  /** The newest published snapshot the log told of; null before the first. */
  announced: ManifestRef | null = null;
  #sets = new Map<number, ExclusionSet>();
  #logId: string | null = null;
  #applied = 0;
  #appliedAt: Instant = 0;
  /** Rows up to here are in the directory already; it arrived whole with a first answer. */
  #directoryFrom = 0;
  #broken = false;

  /** Cold: there is no log to follow yet. */
  get cold(): boolean {
    return this.#logId === null;
  }

  /** The log that is followed; null while cold. */
  get logId(): string | null {
    return this.#logId;
  }

  get applied(): number {
    return this.#applied;
  }

  /** For how long nothing new was recorded, in ms of Register's clock, when last asked; null before the first poll. */
  get logAge(): number | null {
    return this.lease.t === null ? null : Math.max(0, this.lease.t - this.#appliedAt);
  }

  /** How old every answer from here is at most; null when nothing may be answered. */
  staleness(now: Instant): number | null {
    return this.#broken ? null : this.lease.staleness(now);
  }

  set(rootEpoch: number): ExclusionSet {
    let set = this.#sets.get(rootEpoch);
    if (!set) this.#sets.set(rootEpoch, (set = new ExclusionSet(rootEpoch)));
    return set;
  }

  sets(): Iterable<ExclusionSet> {
    return this.#sets.values();
  }

  /** Starts to follow the log a first answer is from: its directory, and the snapshot its rows are read over. */
  begin(first: FirstAnswer, manifest: Manifest | null): void {
    this.#forget();
    this.#logId = first.logId;
    this.#applied = manifest?.sequence ?? 0;
    this.#appliedAt = first.t;
    this.#directoryFrom = first.seq;
    this.directory = new Directory(first.directory);
    this.announced = first.manifest;
    for (const set of manifest?.sets ?? []) {
      this.#sets.set(set.rootEpoch, new ExclusionSet(set.rootEpoch, set, manifest!.sequence));
    }
  }

  /** Reads the sets over a newer snapshot from now on. */
  adopt(manifest: Manifest): void {
    for (const { rootEpoch } of manifest.sets) this.set(rootEpoch);
    for (const [rootEpoch, set] of this.#sets) {
      const published = manifest.sets.find((one) => one.rootEpoch === rootEpoch) ?? emptySet(rootEpoch);
      set.adopt(published, manifest.sequence);
    }
  }

  /** Drops shards, those of the heaviest set first, until what is in memory weighs no more than `budget` bytes. */
  evict(budget: number): void {
    while (this.bytes > budget) [...this.sets()].toSorted((a, b) => b.bytes - a.bytes)[0]!.evict();
  }

  /** What the shards in memory weigh, all sets together. */
  get bytes(): number {
    let bytes = 0;
    for (const set of this.sets()) bytes += set.bytes;
    return bytes;
  }

  /** A copy that lags behind ours is only older; one that knows a later time and fewer rows is of a log that lost some, and that log is not believed again. */
  contradicts(head: LogHead): boolean {
    return head.logId === this.#logId && (this.#broken || (head.seq < this.#applied && head.t > this.#appliedAt));
  }

  /** Takes a poll by when it was sent and answered. Only one whose rows are all applied renews the lease. */
  apply(poll: ReplicaPoll, when: { sentAt: Instant; receivedAt: Instant }): PollOutcome {
    if (poll.logId !== this.#logId) return this.#otherLog(poll);
    if (this.contradicts(poll)) {
      this.#broken = true;
      return "log-went-back";
    }
    if (this.#applied + 1 < poll.from) return this.#restart();
    for (const row of poll.rows) {
      if (row.seq <= this.#applied) continue;
      if (row.seq !== this.#applied + 1) return this.#restart();
      this.#applyRow(row);
    }
    if (this.#applied < poll.seq) return "more";
    return this.lease.renew({ t: poll.t, age: poll.age, ...when }) ? "complete" : "clock-set";
  }

  #otherLog(head: LogHead): PollOutcome {
    return this.lease.t !== null && head.t < this.lease.t ? "older" : this.#restart();
  }

  #applyRow(row: Change): void {
    this.#applied = row.seq;
    this.#appliedAt = row.t;
    if (row.type === "excluded" || row.type === "released") {
      this.set(row.rootEpoch).put(row.p, row.type === "excluded", row.seq);
    } else if (row.type === "manifest") {
      this.announced = row.manifest;
    } else if (row.seq > this.#directoryFrom) {
      if (row.type === "operator") this.directory.putOperator(row.operator);
      if (row.type === "key") this.directory.putKey(row.key);
      if (row.type === "epoch") this.directory.putEpoch(row.epoch);
      if (row.type === "generation") this.directory.generations.put(row.generation);
      if (row.type === "allowance") this.directory.putAllowance(row.allowance);
    }
  }

  #restart(): PollOutcome {
    this.#forget();
    return "restart";
  }

  #forget(): void {
    this.lease.drop();
    this.directory = new Directory();
    this.announced = null;
    this.#sets = new Map();
    this.#logId = null;
    this.#applied = 0;
    this.#appliedAt = 0;
    this.#directoryFrom = 0;
    this.#broken = false;
  }
}
