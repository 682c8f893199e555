import { fromBase64, toBase64 } from "../kernel/bytes.ts";
import { type Hash, HASH_BYTES } from "./merkle.ts";

/** What the lines of a log's texts hold, each in its one form: what reads otherwise is not ours to guess. */

/** Sizes, indices and times are below this: the tools of the field count in signed 64 bits. */
const LIMIT = 1n << 63n;

/** No proof about a tree of such a size is longer. */
export const MAX_PROOF_HASHES = 63;

/** ASCII decimal below 2^63 without sign or leading zeroes; null for anything else. */
export function parseDecimal(text: string): bigint | null {
  if (!/^(?:0|[1-9][0-9]{0,18})$/.test(text)) return null;
  const value = BigInt(text);
  return value < LIMIT ? value : null;
}

/** RFC 4648 §4 with padding and zero bits at its end; null for anything else. */
export function parseBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  const bytes = fromBase64(text);
  return toBase64(bytes) === text ? bytes : null;
}

/** 32 bytes in base64; null for anything else. */
export function parseHash(text: string): Hash | null {
  const bytes = parseBase64(text);
  return bytes?.length === HASH_BYTES ? bytes : null;
}

/** A proof's hashes, one to a line; null when a line is anything else. */
export function parseHashes(lines: readonly string[]): Hash[] | null {
  const hashes = lines.map(parseHash);
  return hashes.every((hash) => hash !== null) ? hashes : null;
}

/** What stands behind `<name> ` in a line; null when the line is another. */
export const parseField = (name: string, line = ""): string | null => (line.startsWith(`${name} `) ? line.slice(name.length + 1) : null);
