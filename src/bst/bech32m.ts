/** The checksum of bech32m (BIP-350), as much of it as a token needs: folding symbols into a 30-bit remainder. */

/** The symbol of each 5-bit value (BIP-173). */
export const ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/** What prefix, data and checksum of an intact text fold to. */
export const INTACT = 0x2bc830a3;

const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** What the five bits that leave the remainder put back into it, for each of their 32 values. */
const REDUCTION = Int32Array.from({ length: 32 }, (_, leaving) =>
  GENERATOR.reduce((sum, term, bit) => ((leaving >> bit) & 1 ? sum ^ term : sum), 0),
);

/** The remainder after one more 5-bit value. */
export const fold = (remainder: number, value: number): number =>
  ((remainder & 0x1ffffff) << 5) ^ value ^ REDUCTION[remainder >>> 25]!;

/** The remainder that the human-readable part, in lower case, leaves for the data to start from. */
export function foldPrefix(prefix: string): number {
  const codes = Array.from(prefix, (char) => char.charCodeAt(0));
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)].reduce(fold, 1);
}

/** The six checksum values behind data that left this remainder. */
export function checksumValues(remainder: number): number[] {
  const rest = [0, 0, 0, 0, 0, 0].reduce(fold, remainder) ^ INTACT;
  return [25, 20, 15, 10, 5, 0].map((shift) => (rest >> shift) & 31);
}
