import { concat, utf8 } from "../kernel/bytes.ts";

/** What a witness signs of a checkpoint, and when: `cosignature/v1` of C2SP tlog-cosignature. Times are in POSIX seconds. */

const TIME_BYTES = 8;
/** The format leaves the highest bit of the time unused. */
const LIMIT = 1n << 63n;

/** The bytes that are signed. `text` is the checkpoint's, with its last line feed. */
export const cosignedMessage = (text: string, time: bigint): Uint8Array => utf8(`cosignature/v1\ntime ${time}\n${text}`);

/** What stands in the note: the time, 64 bits big-endian, and the Ed25519 signature. Throws RangeError when the time cannot be said. */
export function encodeCosignature(time: bigint, signature: Uint8Array): Uint8Array {
  if (time < 0n || time >= LIMIT) throw new RangeError("a time that cannot be said");
  const head = new Uint8Array(TIME_BYTES);
  new DataView(head.buffer).setBigUint64(0, time);
  return concat(head, signature);
}

/** Null when there is no time that a signature could stand behind. */
export function decodeCosignature(bytes: Uint8Array): { time: bigint; signature: Uint8Array } | null {
  if (bytes.length < TIME_BYTES) return null;
  const time = new DataView(bytes.buffer, bytes.byteOffset, TIME_BYTES).getBigUint64(0);
  return time < LIMIT ? { time, signature: bytes.subarray(TIME_BYTES) } : null;
}
