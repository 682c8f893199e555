import type { Pseudonym } from "../bst/kinds.ts";
import type { ShardSet } from "../snapshot/manifest.ts";
import { rowOf } from "../snapshot/row.ts";
import { encodeShard, Shard } from "../snapshot/shard.ts";
import type { ShardPlace } from "./feed.ts";
import { keyOf } from "./pseudonym-key.ts";

/** A shard in memory, and the log's row up to which it holds the set, or further. */
interface Resident {
  /** Null when nobody published it. */
  hash: string | null;
  shard: Shard;
  sequence: number;
  /** When it was last asked, on the set's own count of questions. */
  usedAt: number;
}

/** A shard to fetch: its place and the hash its published bytes have. */
export interface WantedShard extends ShardPlace {
  hash: string;
}

const EMPTY = new Shard(encodeShard(0, 8, []));

const emptyAt = (sequence: number): Resident => ({ hash: null, shard: EMPTY, sequence, usedAt: 0 });

export const emptySet = (rootEpoch: number): ShardSet => ({
  rootEpoch,
  shardBits: 8,
  shards: Array.from({ length: 256 }, () => null),
});

/**
 * Who is excluded, for one root epoch: shards and, over them, the rows of the log since. The overlay has every row after
 * the published snapshot's, and no shard holds less than that, so that row by row it makes each of them whole: it is
 * asked first. A shard may be ahead of it; then its answer is that of a later row. Presence means excluded, and only a
 * `released` row ends it, never a clock.
 */
export class ExclusionSet {
  readonly #overlay = new Map<string, { excluded: boolean; sequence: number }>();
  readonly #resident = new Map<number, Resident>();
  #published: ShardSet;
  #sequence: number;
  #bytes = 0;
  #questions = 0;

  /** With nothing published, the set is empty at the log's beginning and the overlay is all of it. */
  constructor(rootEpoch: number, published: ShardSet | null = null, sequence = 0) {
    this.#published = published ?? emptySet(rootEpoch);
    this.#sequence = sequence;
  }

  put(p: Pseudonym, excluded: boolean, sequence: number): void {
    this.#overlay.set(keyOf(p), { excluded, sequence });
  }

  /** Whether the pseudonym is excluded; null when its shard is not in memory, which says nothing. */
  has(p: Pseudonym): boolean | null {
    const change = this.#overlay.get(keyOf(p));
    if (change) return change.excluded;
    const { shard, high, low } = rowOf(p, this.#published.shardBits);
    const resident = this.#resident.get(shard);
    if (resident) {
      resident.usedAt = ++this.#questions;
      return resident.shard.has(high, low);
    }
    return this.#published.shards[shard] === null ? false : null;
  }

  /** The published shard that would answer for this pseudonym, when it is not in memory. */
  wanted(p: Pseudonym): WantedShard | null {
    return this.#wantedAt(rowOf(p, this.#published.shardBits).shard);
  }

  /** Takes a shard's published bytes. Those of a snapshot before are not the set any more, because the overlay was trimmed, and are refused. */
  install({ index, hash }: WantedShard, shard: Shard): void {
    if (this.#published.shards[index] === hash) this.#take(index, hash, shard, this.#sequence);
  }

  /**
   * Takes a shard that nobody published and that holds the set up to row `sequence`. One from before the snapshot is
   * refused, because the overlay was trimmed. It stays until a snapshot after it is adopted, which makes it stale.
   */
  installLive({ index, shardBits }: ShardPlace, shard: Shard, sequence: number): void {
    if (sequence >= this.#sequence && shardBits === this.#published.shardBits) this.#take(index, null, shard, sequence);
  }

  #take(index: number, hash: string | null, shard: Shard, sequence: number): void {
    if (shard.shard !== index || shard.shardBits !== this.#published.shardBits) throw new RangeError("another shard's bytes");
    this.#keep(index, { hash, shard, sequence, usedAt: ++this.#questions });
    this.#trim();
  }

  /** What the shards in memory weigh. */
  get bytes(): number {
    return this.#bytes;
  }

  /** How many shards are in memory, and how many of the published ones hold anybody. */
  get shards(): { resident: number; published: number } {
    return { resident: this.#resident.size, published: this.#published.shards.filter((hash) => hash !== null).length };
  }

  /** Drops the shard that was not asked for the longest; it is fetched again, as it then is, when it is missed. */
  evict(): void {
    let oldest: [number, Resident] | null = null;
    for (const entry of this.#resident) if (!oldest || entry[1].usedAt < oldest[1].usedAt) oldest = entry;
    if (!oldest) return;
    this.#drop(oldest[0]);
    this.#trim();
  }

  /**
   * A newer snapshot was published. Shards in memory whose bytes did not change are as new as it; the others keep
   * answering, with the overlay that completes them, until those `stale` names have been fetched. An older one is ignored:
   * the overlay no longer completes it.
   */
  adopt(published: ShardSet, sequence: number): void {
    if (sequence < this.#sequence) return;
    if (published.shardBits !== this.#published.shardBits) for (const index of this.#resident.keys()) this.#drop(index);
    else published.shards.forEach((hash, index) => this.#adoptShard(index, hash, sequence));
    this.#published = published;
    this.#sequence = sequence;
    this.#trim();
  }

  #adoptShard(index: number, hash: string | null, sequence: number): void {
    const wasEmpty = this.#published.shards[index] === null;
    const resident = this.#resident.get(index) ?? (wasEmpty && emptyAt(this.#sequence));
    if (!resident) return;
    if (hash === null) this.#drop(index);
    else this.#keep(index, hash === resident.hash ? { ...resident, sequence } : resident);
  }

  #keep(index: number, resident: Resident): void {
    this.#drop(index);
    this.#resident.set(index, resident);
    this.#bytes += resident.shard.bytes;
  }

  #drop(index: number): void {
    this.#bytes -= this.#resident.get(index)?.shard.bytes ?? 0;
    this.#resident.delete(index);
  }

  /** Shards in memory that an adopted snapshot has newer bytes for. */
  stale(): WantedShard[] {
    const indexes = [...this.#resident].filter(([, resident]) => resident.sequence < this.#sequence).map(([index]) => index);
    return indexes.flatMap((index) => this.#wantedAt(index, true) ?? []);
  }

  /** Published shards that are not in memory. */
  absent(): WantedShard[] {
    return this.#published.shards.flatMap((_, index) => this.#wantedAt(index) ?? []);
  }

  /** Rows of the log this set keeps over its shards. */
  get overlaySize(): number {
    return this.#overlay.size;
  }

  #wantedAt(index: number, replace = false): WantedShard | null {
    const hash = this.#published.shards[index];
    if (!hash || (this.#resident.has(index) && !replace)) return null;
    const { rootEpoch, shardBits } = this.#published;
    return { rootEpoch, shardBits, index, hash };
  }

  /** Drops the overlay's rows that every shard in memory, and every one yet to be fetched, already holds. */
  #trim(): void {
    let held = this.#sequence;
    for (const { sequence } of this.#resident.values()) held = Math.min(held, sequence);
    for (const [key, { sequence }] of this.#overlay) if (sequence <= held) this.#overlay.delete(key);
  }
}
