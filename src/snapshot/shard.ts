import type { Pseudonym } from "../bst/kinds.ts";
import { rowOf, type ShardBits } from "./row.ts";

/**
 * One shard of the set, in the bytes it is stored, sent and searched in.
 *
 *     0  4  "NSER"
 *     4  1  format, 1
 *     5  1  shardBits
 *     6  2  the shard's number       (little-endian, as all numbers here)
 *     8  4  count of rows
 *    12  4  zero
 *    16  8  each row, ascending: upper 32 bits, lower 32 bits
 */
const MAGIC = 0x5245534e;
const FORMAT = 1;
const HEADER_BYTES = 16;
const ROW_BYTES = 8;

/** The shard's bytes. `members` are its pseudonyms in ascending order. */
export function encodeShard(shard: number, shardBits: ShardBits, members: readonly Pseudonym[]): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + ROW_BYTES * members.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint8(4, FORMAT);
  view.setUint8(5, shardBits);
  view.setUint16(6, shard, true);
  view.setUint32(8, members.length, true);
  members.forEach((p, at) => {
    const row = rowOf(p, shardBits);
    if (row.shard !== shard) throw new RangeError("a pseudonym of another shard");
    view.setUint32(HEADER_BYTES + ROW_BYTES * at, row.high, true);
    view.setUint32(HEADER_BYTES + ROW_BYTES * at + 4, row.low, true);
  });
  return bytes;
}

/** A shard searched in place, without parsing. */
export class Shard {
  readonly shard: number;
  readonly shardBits: ShardBits;
  readonly count: number;
  readonly #words: Uint32Array;

  /** Throws RangeError unless the bytes are a whole shard in ascending order: a damaged one must never answer. */
  constructor(bytes: Uint8Array) {
    const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
    const view = new DataView(aligned.buffer, aligned.byteOffset, aligned.byteLength);
    if (aligned.length < HEADER_BYTES || view.getUint32(0, true) !== MAGIC) throw new RangeError("not a shard");
    if (view.getUint8(4) !== FORMAT) throw new RangeError("a shard of an unknown format");
    const shardBits = view.getUint8(5);
    if (shardBits !== 8 && shardBits !== 10) throw new RangeError("a shard of an unknown width");
    this.shardBits = shardBits;
    this.shard = view.getUint16(6, true);
    this.count = view.getUint32(8, true);
    if (aligned.length !== HEADER_BYTES + ROW_BYTES * this.count) throw new RangeError("a shard cut short");
    this.#words = new Uint32Array(aligned.buffer, aligned.byteOffset + HEADER_BYTES, 2 * this.count);
    for (let at = 1; at < this.count; at++) {
      if (this.#compare(at, this.#words[2 * at - 2]!, this.#words[2 * at - 1]!) <= 0) {
        throw new RangeError("a shard out of order");
      }
    }
  }

  get bytes(): number {
    return HEADER_BYTES + this.#words.byteLength;
  }

  /**
   * Whether the row is in the shard. Rows are pseudonyms, so they are spread evenly and interpolation finds one in a
   * few probes whatever the size; it halves the interval after eight, so that no set of rows can make it slow.
   */
  has(high: number, low: number): boolean {
    let from = 0;
    let to = this.count - 1;
    for (let probe = 0; from <= to; probe++) {
      const at = probe < 8 ? this.#guess(from, to, high) : (from + to) >>> 1;
      const order = this.#compare(at, high, low);
      if (order === 0) return true;
      if (order < 0) from = at + 1;
      else to = at - 1;
    }
    return false;
  }

  #guess(from: number, to: number, high: number): number {
    const lowest = this.#words[2 * from]!;
    const highest = this.#words[2 * to]!;
    if (high <= lowest) return from;
    if (high >= highest) return to;
    return from + Math.floor(((high - lowest) / (highest - lowest)) * (to - from));
  }

  #compare(at: number, high: number, low: number): number {
    return this.#words[2 * at]! - high || this.#words[2 * at + 1]! - low;
  }
}
