import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ExclusionSet, type WantedShard } from "../../src/check/exclusion-set.ts";
import { contentHash, type ShardSet } from "../../src/snapshot/manifest.ts";
import { rowOf, type ShardBits } from "../../src/snapshot/row.ts";
import { encodeShard, Shard } from "../../src/snapshot/shard.ts";

/** Few people in few shards, so that they meet. */
const person = (n: number): Uint8Array => new Uint8Array(16).with(0, (n % 4) * 64).with(5, n);
const PEOPLE = Array.from({ length: 24 }, (_, n) => person(n));
const BUDGET = 100;

const aStep = fc.oneof(
  { weight: 6, arbitrary: fc.record({ act: fc.constant("change" as const), who: fc.nat(23), excluded: fc.boolean() }) },
  { weight: 6, arbitrary: fc.record({ act: fc.constant("apply" as const) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("publish" as const), bits: fc.constantFrom<ShardBits>(8, 8, 8, 10), lag: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("adopt" as const) }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant("want" as const), who: fc.nat(23) }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant("live" as const), who: fc.nat(23), lag: fc.nat(3), late: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ act: fc.constant("install" as const), which: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("evict" as const) }) },
);
type Step = typeof aStep extends fc.Arbitrary<infer T> ? T : never;

/** A shard's bytes on their way: published ones, or a Replica's own as of row `sequence`. */
interface Fetch {
  wanted: WantedShard;
  live: { bytes: Uint8Array; sequence: number } | null;
}

/**
 * The set under test beside the log it follows, some rows behind, with a publisher, Replicas that are behind or ahead of
 * the set, and fetches that come back late, twice or never.
 */
class Model {
  readonly log: { p: Uint8Array; excluded: boolean }[] = [];
  readonly set = new ExclusionSet(0);
  readonly blobs = new Map<string, Uint8Array>();
  readonly published: { set: ShardSet; sequence: number }[] = [];
  readonly fetches: Fetch[] = [];
  applied = 0;

  async take(step: Step): Promise<void> {
    if (step.act === "change") this.log.push({ p: PEOPLE[step.who]!, excluded: step.excluded });
    if (step.act === "apply") this.#apply();
    if (step.act === "publish") await this.#publish(step.bits, step.lag);
    // A snapshot is announced by a row after those it holds.
    if (step.act === "adopt") for (const { set, sequence } of this.published) if (sequence <= this.applied) this.set.adopt(set, sequence);
    if (step.act === "want") {
      const wanted = [this.set.wanted(PEOPLE[step.who]!) ?? [], this.set.stale()].flat();
      this.fetches.push(...wanted.map((one) => ({ wanted: one, live: null })));
    }
    if (step.act === "live") this.#live(this.set.wanted(PEOPLE[step.who]!), this.log.length - step.lag, step.late);
    if (step.act === "install") this.#install(this.fetches[step.which % this.fetches.length]);
    if (step.act === "evict") this.set.evict();
  }

  /** Whether the person is excluded after each row from what the set has applied to the log's end. */
  truths(p: Uint8Array): Set<boolean> {
    const rows = Array.from({ length: this.log.length - this.applied + 1 }, (_, n) => this.applied + n);
    return new Set(rows.map((sequence) => this.#isExcluded(p, sequence)));
  }

  #isExcluded = (p: Uint8Array, sequence: number): boolean => this.log.slice(0, sequence).findLast((row) => row.p === p)?.excluded ?? false;

  #members = (sequence: number): Uint8Array[] => PEOPLE.filter((p) => this.#isExcluded(p, sequence)).toSorted(Buffer.compare);

  #apply(): void {
    for (; this.applied < this.log.length; this.applied++) {
      const { p, excluded } = this.log[this.applied]!;
      this.set.put(p, excluded, this.applied + 1);
    }
  }

  /** As a publication in steps has it: shards may hold rows from after the sequence it is announced with. */
  async #publish(shardBits: ShardBits, lag: number): Promise<void> {
    const shards: (string | null)[] = Array(2 ** shardBits).fill(null);
    for (const [shard, ps] of Map.groupBy(this.#members(this.log.length), (p) => rowOf(p, shardBits).shard)) {
      const bytes = encodeShard(shard, shardBits, ps);
      shards[shard] = await contentHash(bytes);
      this.blobs.set(shards[shard]!, bytes);
    }
    const sequence = Math.max(this.published.at(-1)?.sequence ?? 0, this.log.length - lag);
    this.published.push({ set: { rootEpoch: 0, shardBits, shards }, sequence });
  }

  #live(wanted: WantedShard | null, sequence: number, late: boolean): void {
    if (!wanted || sequence < 0) return;
    const { index, shardBits } = wanted;
    const bytes = encodeShard(index, shardBits, this.#members(sequence).filter((p) => rowOf(p, shardBits).shard === index));
    const fetch: Fetch = { wanted, live: { bytes, sequence } };
    if (late) this.fetches.push(fetch);
    else this.#install(fetch);
  }

  #install(fetch: Fetch | undefined): void {
    if (fetch?.live) this.set.installLive(fetch.wanted, new Shard(fetch.live.bytes), fetch.live.sequence);
    else if (fetch) this.set.install(fetch.wanted, new Shard(this.blobs.get(fetch.wanted.hash)!));
    while (this.set.bytes > BUDGET) this.set.evict();
  }
}

it("whatever is published, fetched late, asked of a Replica, evicted and changed, says nothing or what is so, and keeps to its budget", async () => {
  let [known, unknown, evicted] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(fc.array(aStep, { maxLength: 80, size: "max" }), async (steps) => {
      const model = new Model();
      for (const step of steps) {
        await model.take(step);
        if (step.act === "evict") evicted++;
        if (step.act === "install") expect(model.set.bytes).toBeLessThanOrEqual(BUDGET);
        for (const p of PEOPLE) {
          const said = model.set.has(p);
          if (said === null) unknown++;
          else known++;
          if (said !== null) expect(model.truths(p)).toContain(said);
        }
      }
    }),
    { numRuns: 300 },
  );
  expect(Math.min(known, unknown, evicted)).toBeGreaterThan(100);
});

describe("a Replica's own shard", () => {
  const [early, late] = [person(0), person(4)];
  const place = { rootEpoch: 0, shardBits: 8 as const, index: 0 };
  const shardOf = (...ps: Uint8Array[]): Uint8Array => encodeShard(0, 8, ps);
  const published = async (bytes: Uint8Array): Promise<ShardSet> =>
    ({ rootEpoch: 0, shardBits: 8, shards: Array<string | null>(256).fill(null).with(0, await contentHash(bytes)) });

  it("keeps the log's rows over it until published bytes after it have taken its place", async () => {
    const set = new ExclusionSet(0, await published(shardOf(early)), 10);
    set.installLive(place, new Shard(shardOf(early)), 12);
    set.put(late, true, 13);
    set.adopt(await published(shardOf(early, late)), 12);
    expect([set.stale(), set.overlaySize, set.has(early), set.has(late)]).toEqual([[], 1, true, true]);
    set.adopt(await published(shardOf(early, late)), 14);
    const [stale] = set.stale();
    expect([set.overlaySize, set.has(late)]).toEqual([1, true]);
    set.install(stale!, new Shard(shardOf(early, late)));
    expect([set.stale(), set.overlaySize, set.has(early), set.has(late)]).toEqual([[], 0, true, true]);
  });

  it("is not taken for the published one, which may say another thing by the same name later", async () => {
    const same = await published(shardOf(early));
    const set = new ExclusionSet(0, same, 10);
    set.put(late, true, 11);
    set.installLive(place, new Shard(shardOf(early, late)), 11);
    set.put(late, false, 12);
    set.adopt(same, 12);
    expect([set.has(early), set.has(late)]).toEqual([true, false]);
  });
});
