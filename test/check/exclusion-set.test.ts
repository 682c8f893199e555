import fc from "fast-check";
import { expect, it } from "vitest";
import { ExclusionSet, type WantedShard } from "../../src/check/exclusion-set.ts";
import { toHex } from "../../src/kernel/bytes.ts";
import { contentHash, type ShardSet } from "../../src/snapshot/manifest.ts";
import { rowOf, type ShardBits } from "../../src/snapshot/row.ts";
import { encodeShard, Shard } from "../../src/snapshot/shard.ts";

/** Few people in few shards, so that they meet. */
const person = (n: number): Uint8Array => new Uint8Array(16).with(0, (n % 4) * 64).with(5, n);
const PEOPLE = Array.from({ length: 24 }, (_, n) => person(n));
const BUDGET = 100;

const aStep = fc.oneof(
  { weight: 6, arbitrary: fc.record({ act: fc.constant("change" as const), who: fc.nat(23), excluded: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("publish" as const), bits: fc.constantFrom<ShardBits>(8, 8, 8, 10), lag: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("adopt" as const) }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant("want" as const), who: fc.nat(23) }) },
  { weight: 5, arbitrary: fc.record({ act: fc.constant("install" as const), which: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("evict" as const) }) },
);
type Step = typeof aStep extends fc.Arbitrary<infer T> ? T : never;

/** The set under test beside a naive one, with a publisher and fetches that come back late, twice or never. */
class Model {
  readonly truth = new Set<string>();
  readonly set = new ExclusionSet(0);
  readonly blobs = new Map<string, Uint8Array>();
  readonly published: { set: ShardSet; sequence: number }[] = [];
  readonly fetches: WantedShard[] = [];
  sequence = 0;

  async take(step: Step): Promise<void> {
    if (step.act === "change") this.#change(PEOPLE[step.who]!, step.excluded);
    if (step.act === "publish") await this.#publish(step.bits, step.lag);
    if (step.act === "adopt") for (const { set, sequence } of this.published) this.set.adopt(set, sequence);
    if (step.act === "want") this.fetches.push(...[this.set.wanted(PEOPLE[step.who]!) ?? [], this.set.stale()].flat());
    if (step.act === "install") this.#install(this.fetches[step.which % this.fetches.length]);
    if (step.act === "evict") this.set.evict();
  }

  #change(p: Uint8Array, excluded: boolean): void {
    this.set.put(p, excluded, ++this.sequence);
    if (excluded) this.truth.add(toHex(p));
    else this.truth.delete(toHex(p));
  }

  /** As a publication in steps has it: shards may hold rows from after the sequence it is announced with. */
  async #publish(shardBits: ShardBits, lag: number): Promise<void> {
    const shards: (string | null)[] = Array(2 ** shardBits).fill(null);
    const members = PEOPLE.filter((p) => this.truth.has(toHex(p))).toSorted(Buffer.compare);
    for (const [shard, ps] of Map.groupBy(members, (p) => rowOf(p, shardBits).shard)) {
      const bytes = encodeShard(shard, shardBits, ps);
      shards[shard] = await contentHash(bytes);
      this.blobs.set(shards[shard]!, bytes);
    }
    const sequence = Math.max(this.published.at(-1)?.sequence ?? 0, this.sequence - lag);
    this.published.push({ set: { rootEpoch: 0, shardBits, shards }, sequence });
  }

  #install(wanted: WantedShard | undefined): void {
    if (wanted) this.set.install(wanted, new Shard(this.blobs.get(wanted.hash)!));
    while (this.set.bytes > BUDGET) this.set.evict();
  }
}

it("whatever is published, fetched late, evicted and changed, says nothing or what is so, and keeps to its budget", async () => {
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
          if (said !== null) expect(said).toBe(model.truth.has(toHex(p)));
        }
      }
    }),
    { numRuns: 300 },
  );
  expect(Math.min(known, unknown, evicted)).toBeGreaterThan(100);
});
