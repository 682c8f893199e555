import { concat } from "../kernel/bytes.ts";
import { TILE_WIDTH } from "./tiles.ts";

/** A bundle of log entries, each behind its length as a 16-bit big-endian number (C2SP tlog-tiles, "Log entries"). */

export const MAX_ENTRY_BYTES = 0xffff;

const LENGTH_BYTES = 2;

/** Throws RangeError when an entry is longer than its length can say, or there are none or more than 256. */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length === 0 || entries.length > TILE_WIDTH) throw new RangeError("a bundle holds 1 to 256 entries");
  return concat(...entries.flatMap((entry) => [encodeLength(entry.length), entry]));
}

function encodeLength(length: number): Uint8Array {
  if (length > MAX_ENTRY_BYTES) throw new RangeError("an entry too long for a bundle");
  return Uint8Array.of(length >> 8, length & 0xff);
}

/** The entries of a bundle; null unless the bytes are exactly so many of them. */
export function decodeBundle(bytes: Uint8Array, width: number): Uint8Array[] | null {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (entries.length < width) {
    const length = (bytes[at]! << 8) | bytes[at + 1]!;
    at += LENGTH_BYTES;
    if (at + length > bytes.length) return null;
    entries.push(bytes.slice(at, at + length));
    at += length;
  }
  return at === bytes.length ? entries : null;
}
