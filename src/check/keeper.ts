import type { Pseudonym } from "../bst/kinds.ts";
import { type Clock, type Instant, SECOND } from "../kernel/clock.ts";
import { contentHash, decodeManifest, type Manifest } from "../snapshot/manifest.ts";
import { Shard } from "../snapshot/shard.ts";
import type { ExclusionSet, WantedShard } from "./exclusion-set.ts";
import type { FirstAnswer, FirstQuestion, ReplicaApi } from "./feed.ts";
import { View } from "./view.ts";

/** Where an isolate learns from. Each call has a deadline and throws when it passes. */
export type Feed = Pick<ReplicaApi, "poll" | "first">;

/** Published bytes under their SHA-256 in hexadecimal; null when they are not to be had now. */
export type BlobStore = (hash: string) => Promise<Uint8Array | null>;

export interface KeeperParts {
  feed: Feed;
  blobs: BlobStore;
  clock: Clock;
  wait: (ms: number) => Promise<void>;
  /** Told of what should not happen; never of a person. */
  report: (what: string, error: unknown) => void;
}

/** Pause between polls under traffic, and when no check came for a second. */
const BUSY_MS = 300;
const QUIET_MS = 1_500;
/** A background loop ends before the platform would end it at 30 s; the next request starts another. */
const LOOP_MS = 25 * SECOND;
const MAX_PAGES = 20;
const FETCHES_AT_ONCE = 4;

const NOBODY: FirstQuestion = { keyHash: "", operator: "", asked: [] };

/** Keeps one isolate's view current, beside the requests. Its state is plain data: no request waits on another's promise. */
export class Keeper {
  readonly view = new View();
  readonly report: KeeperParts["report"];
  readonly #parts: KeeperParts;
  readonly #wanted = new Map<string, { set: ExclusionSet; shard: WantedShard }>();
  #first: FirstAnswer | null = null;
  #adopted: string | null = null;
  #beatAt: Instant = Number.NEGATIVE_INFINITY;
  #checkedAt: Instant = Number.NEGATIVE_INFINITY;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
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
      const poll = await this.#parts.feed.poll(this.view.applied);
      const outcome = this.view.apply(poll, { sentAt, receivedAt: this.#parts.clock() });
      if (outcome === "clock-set" || outcome === "log-went-back") this.report(outcome, null);
      if (outcome === "log-went-back" || outcome === "older") return;
      if (outcome === "complete" && this.view.staleness(this.#parts.clock()) !== null) return;
    }
  }

  /** Notes a check, and says whether nobody keeps the view fresh, so that `keepFresh` has to be run beside this request. */
  checked(): boolean {
    this.#checkedAt = this.#parts.clock();
    const sinceBeat = this.#checkedAt - this.#beatAt;
    return sinceBeat >= 2 * QUIET_MS || sinceBeat < 0;
  }

  /**
   * Keeps polling for 25 s, beyond the answer it runs beside. What fails is tried again at the next turn; meanwhile the
   * lease runs out by itself.
   */
  async keepFresh(): Promise<void> {
    const startedAt = this.#parts.clock();
    while (this.#parts.clock() - startedAt < LOOP_MS) {
      this.#beatAt = this.#parts.clock();
      await this.#turn().catch((error: unknown) => this.report("refresh", error));
      await this.#parts.wait(this.#pause());
    }
    this.#beatAt = Number.NEGATIVE_INFINITY;
  }

  #pause(): number {
    return this.#parts.clock() - this.#checkedAt < SECOND ? BUSY_MS : QUIET_MS;
  }

  async #turn(): Promise<void> {
    if (this.view.cold) await this.#begin();
    await this.refresh();
    await this.#adopt();
    await this.#fetchShards();
  }

  async #begin(): Promise<void> {
    const first = this.#first ?? (await this.#parts.feed.first(NOBODY));
    this.#first = null;
    this.#adopted = first.manifest?.hash ?? null;
    this.view.begin(first, first.manifest && (await this.#manifest(first.manifest.hash)));
  }

  async #adopt(): Promise<void> {
    const announced = this.view.announced;
    if (!announced || announced.hash === this.#adopted) return;
    this.view.adopt(await this.#manifest(announced.hash));
    this.#adopted = announced.hash;
  }

  async #fetchShards(): Promise<void> {
    const stale = [...this.view.sets()].flatMap((set) => set.stale().map((shard) => ({ set, shard })));
    const queue = [...this.#wanted.values(), ...stale];
    this.#wanted.clear();
    const fetchNext = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        next.set.install(next.shard, new Shard(await this.#blob(next.shard.hash)));
      }
    };
    await Promise.all(Array.from({ length: FETCHES_AT_ONCE }, fetchNext));
  }

  #manifest = async (hash: string): Promise<Manifest> => decodeManifest(await this.#blob(hash));

  /** Published bytes, believed only under their own hash. */
  async #blob(hash: string): Promise<Uint8Array> {
    const bytes = await this.#parts.blobs(hash);
    if (!bytes) throw new Error("a published blob is not to be had");
    if ((await contentHash(bytes)) !== hash) throw new Error("a published blob is damaged");
    return bytes;
  }
}
