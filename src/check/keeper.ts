import type { Pseudonym } from "../bst/kinds.ts";
import { type Clock, type Instant, SECOND } from "../kernel/clock.ts";
import type { Manifest } from "../snapshot/manifest.ts";
import { Shard } from "../snapshot/shard.ts";
import type { ManifestKeys } from "../snapshot/signature.ts";
import type { ExclusionSet, WantedShard } from "./exclusion-set.ts";
import type { FirstAnswer, FirstQuestion, ManifestRef, ReplicaApi } from "./feed.ts";
import { type BlobHome, Published, readManifest } from "./published.ts";
import { View } from "./view.ts";

/** Where an isolate learns from. Each call has a deadline and throws when it passes. */
export type Feed = Pick<ReplicaApi, "poll" | "first" | "shard">;

export interface KeeperParts {
  feed: Feed;
  /** Where published bytes are, in the order to ask. */
  homes: readonly BlobHome[];
  manifestKeys: ManifestKeys;
  clock: Clock;
  wait: (ms: number) => Promise<void>;
  /** What the isolate knows at first: nothing. Tests hand in one that errs. */
  view?: View | undefined;
  /** What the shards in memory may weigh, all sets together. */
  budgetBytes?: number | undefined;
  /** Up to which part of that shards are fetched before anybody asks for them. */
  aheadShare?: number | undefined;
  /** Told of what should not happen; never of a person. */
  report: (what: string, error: unknown) => void;
}

/** Pause between polls under traffic, and when no check came for a second. */
const BUSY_MS = 300;
const QUIET_MS = 1_500;
/**
 * How often the clock is looked at: it cannot be set back unseen by more than passed since, and the lease's guard covers
 * that. A timer may come early by half.
 */
const WATCH_MS = 100;
/** A background loop ends before the platform would end it at 30 s. A request that comes before takes over from it. */
const LOOP_MS = 25 * SECOND;
const HANDOVER_MS = 12 * SECOND;
const MAX_PAGES = 20;
const FETCHES_AT_ONCE = 4;
/** A turn goes back to polling after so many shards; the rest wait for the next. */
const FETCHES_A_TURN = 32;
/** Shards nobody asked for yet are fetched until a loop has fetched so many, for it may make about 1,000 calls in all. */
const AHEAD_A_LOOP = 600;
/** The rest of the budget is for what is asked for. */
const AHEAD_SHARE = 0.75;
/** A fetch not back by now is taken for lost with the request it ran beside. */
const FETCH_LOST_MS = 10 * SECOND;
/** What nobody asks for is not fetched again sooner after it was not to be had. */
const VAIN_REST_MS = 10 * SECOND;
/** Half of what an isolate may use: the other half is for the overlay, the directory and the requests. */
const BUDGET_BYTES = 64 * 1_048_576;

const NOBODY: FirstQuestion = { keyHash: "", operator: "", asked: [] };

interface Missing {
  set: ExclusionSet;
  shard: WantedShard;
  /** Nobody asked for it yet. */
  ahead?: boolean;
}

/** Keeps one isolate's view current, beside the requests. Its state is plain data: no request waits on another's promise. */
export class Keeper {
  readonly view: View;
  readonly report: KeeperParts["report"];
  readonly #parts: KeeperParts;
  readonly #published: Published;
  readonly #wanted = new Map<string, Missing>();
  /** Hashes being fetched, and since when. */
  readonly #fetching = new Map<string, Instant>();
  /** Hashes that were not to be had, and when. */
  readonly #vain = new Map<string, Instant>();
  #first: FirstAnswer | null = null;
  #adopted: string | null = null;
  /** A manifest that must not be believed, so that it is reported once and not read again. */
  #refused: string | null = null;
  /** The newest loop, by number: any older one ends. */
  #loop = 0;
  #loopAt: Instant = Number.NEGATIVE_INFINITY;
  #loopFetched = 0;
  #beatAt: Instant = Number.NEGATIVE_INFINITY;
  #checkedAt: Instant = Number.NEGATIVE_INFINITY;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#published = new Published(parts);
    this.view = parts.view ?? new View();
    this.report = parts.report;
  }

  /** Notes that a shard was missed, so that the loop fetches it. */
  want(rootEpoch: number, p: Pseudonym): void {
    const set = this.view.set(rootEpoch);
    const shard = set.wanted(p);
    if (shard) this.#wanted.set(`${rootEpoch}/${shard.index}`, { set, shard });
  }

  /** Asks a Replica outright; a cold view begins from the answer. */
  async first(question: FirstQuestion): Promise<FirstAnswer> {
    const answer = await this.#parts.feed.first(question);
    if (this.view.cold) this.#first = answer;
    return answer;
  }

  /** Polls until every row is applied and the clock is believed, or there is nothing to be had. */
  async refresh(): Promise<void> {
    for (let page = 0; page < MAX_PAGES && !this.view.cold; page++) {
      const sentAt = this.#parts.clock();
      const poll = await this.#parts.feed.poll(this.view.applied, this.view.logId);
      const outcome = this.view.apply(poll, { sentAt, receivedAt: this.#parts.clock() });
      if (outcome === "clock-set" || outcome === "log-went-back") this.report(outcome, null);
      if (outcome === "log-went-back" || outcome === "older") return;
      if (outcome === "complete" && this.view.staleness(this.#parts.clock()) !== null) return;
    }
  }

  /**
   * Notes a check, and says whether `keepFresh` has to be run beside this request: because nobody keeps the view fresh, or
   * whoever does will have to end soon.
   */
  checked(): boolean {
    this.#checkedAt = this.#parts.clock();
    const sinceBeat = this.#checkedAt - this.#beatAt;
    return sinceBeat >= 2 * QUIET_MS || sinceBeat < 0 || this.#checkedAt - this.#loopAt >= HANDOVER_MS;
  }

  /**
   * Keeps polling for 25 s, beyond the answer it runs beside, or until another takes over. What fails is tried again at
   * the next turn; meanwhile the lease runs out by itself. When nobody polls any more, nobody sees a clock that is set,
   * and the lease ends.
   */
  async keepFresh(): Promise<void> {
    const loop = ++this.#loop;
    const startedAt = (this.#loopAt = this.#parts.clock());
    this.#loopFetched = 0;
    const goesOn = (): boolean => loop === this.#loop && this.#parts.clock() - startedAt < LOOP_MS;
    const watching = this.#watch(goesOn);
    while (goesOn()) {
      this.#beatAt = this.#parts.clock();
      const done = await this.#turn().catch((error: unknown) => this.report("refresh", error));
      await this.#rest(done !== false);
    }
    await watching;
    if (loop !== this.#loop) return;
    this.#beatAt = Number.NEGATIVE_INFINITY;
    this.view.lease.lapse();
  }

  /** Timers keep their own time: a clock that shows less than one took was set back. */
  async #watch(goesOn: () => boolean): Promise<void> {
    const { clock, wait } = this.#parts;
    while (goesOn()) {
      const since = clock();
      await wait(WATCH_MS);
      const now = clock();
      this.view.staleness(now);
      if (now - since < WATCH_MS / 2) this.view.lease.lapse();
    }
  }

  /** Until the next turn: shortly under traffic, which may begin meanwhile, and while there is more to fetch. */
  async #rest(done: boolean): Promise<void> {
    const { clock, wait } = this.#parts;
    const since = clock();
    const isQuiet = (): boolean => done && clock() - this.#checkedAt >= SECOND && clock() - since < QUIET_MS;
    do await wait(BUSY_MS);
    while (isQuiet());
  }

  /** Answers whether every shard that may be fetched is there. */
  async #turn(): Promise<boolean> {
    if (this.view.cold) await this.#begin();
    await this.refresh();
    await this.#adopt().catch((error: unknown) => this.report("manifest", error));
    return this.#fetchShards();
  }

  async #begin(): Promise<void> {
    const first = this.#first ?? (await this.#parts.feed.first(NOBODY));
    this.#first = null;
    const manifest = first.manifest && (await this.#manifest(first.manifest, first.logId));
    // Another loop may have begun meanwhile, and have shards already.
    if ((first.manifest && !manifest) || !this.view.cold) return;
    this.#adopted = first.manifest?.hash ?? null;
    this.view.begin(first, manifest);
  }

  async #adopt(): Promise<void> {
    const { announced, logId } = this.view;
    if (!announced || !logId || announced.hash === this.#adopted) return;
    const manifest = await this.#manifest(announced, logId);
    if (!manifest) return;
    this.view.adopt(manifest);
    this.#adopted = announced.hash;
  }

  /** The announced manifest; null when it must not be believed, and what is known stays as it is. */
  async #manifest(ref: ManifestRef, logId: string): Promise<Manifest | null> {
    if (ref.hash === this.#refused) return null;
    try {
      return await readManifest(this.#published, this.#parts.manifestKeys, ref, logId);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#refused = ref.hash;
      this.report("manifest-refused", error);
      return null;
    }
  }

  async #fetchShards(): Promise<boolean> {
    const missing = this.#missing();
    const queue = missing.slice(0, FETCHES_A_TURN);
    const fetchNext = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) await this.#fetch(next);
    };
    await Promise.all(Array.from({ length: FETCHES_AT_ONCE }, fetchNext));
    return missing.length <= FETCHES_A_TURN;
  }

  /** What was asked for first, then what an adopted snapshot has newer bytes for, then what is going to be asked for. */
  #missing(): Missing[] {
    const sets = [...this.view.sets()];
    const of = (pick: (set: ExclusionSet) => WantedShard[]): Missing[] =>
      sets.flatMap((set) => pick(set).map((shard) => ({ set, shard }))).filter(({ shard }) => !this.#isFetching(shard) && !this.#since(this.#vain, shard, VAIN_REST_MS));
    const ahead = of((set) => set.absent()).slice(0, Math.max(0, AHEAD_A_LOOP - this.#loopFetched));
    return [...this.#wanted.values(), ...of((set) => set.stale()), ...ahead.map((one) => ({ ...one, ahead: true }))];
  }

  get #budget(): number {
    return this.#parts.budgetBytes ?? BUDGET_BYTES;
  }

  #isFetching(shard: WantedShard): boolean {
    return this.#since(this.#fetching, shard, FETCH_LOST_MS);
  }

  /** Whether that was less than `ms` ago. */
  #since(times: ReadonlyMap<string, Instant>, { hash }: WantedShard, ms: number): boolean {
    return this.#parts.clock() - (times.get(hash) ?? Number.NEGATIVE_INFINITY) < ms;
  }

  /** Shared state is plain data: what a fetch brings is installed by whoever ran it, and nobody waits for it. */
  async #fetch({ set, shard, ahead }: Missing): Promise<void> {
    if (this.#isFetching(shard) || (ahead && this.view.bytes >= this.#budget * (this.#parts.aheadShare ?? AHEAD_SHARE))) return;
    this.#beatAt = this.#parts.clock();
    this.#fetching.set(shard.hash, this.#beatAt);
    this.#loopFetched++;
    for (const [name, wanted] of this.#wanted) if (wanted.shard.hash === shard.hash) this.#wanted.delete(name);
    try {
      const brought = await this.#bring({ set, shard, ahead: ahead === true });
      if (brought) this.#vain.delete(shard.hash);
      else this.#vain.set(shard.hash, this.#parts.clock());
      this.view.evict(this.#budget);
    } catch (error) {
      this.#vain.set(shard.hash, this.#parts.clock());
      this.report("shard", error);
    } finally {
      this.#fetching.delete(shard.hash);
    }
  }

  /** Installs the published bytes or, when no home has them and they were asked for, what a Replica holds in their place; false when that is not to be had either. */
  async #bring({ set, shard, ahead }: Missing): Promise<boolean> {
    const bytes = await this.#published.read(shard.hash);
    if (bytes) {
      set.install(shard, new Shard(bytes));
      return true;
    }
    if (ahead) return false;
    const { rootEpoch, shardBits, index } = shard;
    const live = await this.#parts.feed.shard({ rootEpoch, shardBits, index });
    if (!live) return false;
    if (live.logId !== this.view.logId || this.view.contradicts(live)) throw new Error("a shard of another log");
    this.report("shard-in-no-home", new Error(`shard ${index} came from a Replica`));
    set.installLive(shard, new Shard(live.bytes), live.seq);
    return true;
  }
}
