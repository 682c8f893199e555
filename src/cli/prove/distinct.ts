/** Counting what is different among more than should be in memory at once, exactly. */

/** 16-byte values in one table with open addressing. They are outputs of a keyed hash, so that their own first bits will do for one. */
class ValueSet {
  readonly #words: Uint32Array;
  readonly #taken: Uint8Array;
  readonly #slots: number;
  size = 0;

  /** `slots`: a power of two. */
  constructor(slots: number) {
    this.#slots = slots;
    this.#words = new Uint32Array(4 * slots);
    this.#taken = new Uint8Array(slots);
  }

  /** The four words at `at` of `from`. Throws RangeError when there is no room. */
  add(from: Uint32Array, at: number): void {
    let slot = from[at + 1]! & (this.#slots - 1);
    while (this.#taken[slot]) {
      if (this.#holds(slot, from, at)) return;
      slot = (slot + 1) & (this.#slots - 1);
    }
    if (++this.size === this.#slots) throw new RangeError("more values than there is room for");
    this.#taken[slot] = 1;
    this.#words.set(from.subarray(at, at + 4), 4 * slot);
  }

  #holds(slot: number, from: Uint32Array, at: number): boolean {
    for (let word = 0; word < 4; word++) if (this.#words[4 * slot + word] !== from[at + word]) return false;
    return true;
  }
}

/** 143 MB of table. */
const SLOTS = 2 ** 23;
const LOAD = 0.6;

/**
 * How many different 16-byte values there are among `total`, which `read` gives anew for each pass: a pass counts the
 * share of them that the table holds, told by their first word, and no value is in two shares.
 */
export function countDistinct(read: () => Iterable<Uint8Array>, total: number, slots = SLOTS): number {
  const passes = Math.ceil(total / (slots * LOAD));
  let distinct = 0;
  for (let pass = 0; pass < passes; pass++) {
    const set = new ValueSet(slots);
    for (const bytes of read()) {
      const words = new Uint32Array(Uint8Array.from(bytes).buffer);
      for (let at = 0; at < words.length; at += 4) if (words[at]! % passes === pass) set.add(words, at);
    }
    distinct += set.size;
  }
  return distinct;
}
