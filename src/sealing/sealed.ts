import { gcm } from "@noble/ciphers/aes.js";
import { concat, fromUtf8, lengthPrefixed, utf8 } from "../kernel/bytes.ts";
import type { Random } from "../kernel/clock.ts";

/** Where a sealed value stands, its row by the id of the row. It opens nowhere else. */
export interface Place {
  table: string;
  column: string;
  row: string;
}

export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;

export const placeBytes = ({ table, column, row }: Place): Uint8Array => lengthPrefixed(...[table, column, row].map(utf8));

/** AES-256-GCM (NIST SP 800-38D): a random nonce, the ciphertext and its tag; `bound` is not in it, but must be the same to open it. */
export function encrypt(key: Uint8Array, plaintext: Uint8Array, bound: Uint8Array, random: Random): Uint8Array {
  const nonce = random(NONCE_BYTES);
  return concat(nonce, gcm(key, nonce, bound).encrypt(plaintext));
}

/** Throws when anything was altered, or the key or what it is bound to is another. */
export const decrypt = (key: Uint8Array, sealed: Uint8Array, bound: Uint8Array): Uint8Array =>
  gcm(key, sealed.subarray(0, NONCE_BYTES), bound).decrypt(sealed.subarray(NONCE_BYTES));

/** Seals a value that JSON can carry under a record's data key, for one place. */
export const sealValue = (dataKey: Uint8Array, value: unknown, place: Place, random: Random): Uint8Array =>
  encrypt(dataKey, utf8(JSON.stringify(value)), placeBytes(place), random);

/** Throws when the value was altered, moved from its place, or sealed under another key; no error says anything of the value. */
export function openValue<Value>(dataKey: Uint8Array, sealed: Uint8Array, place: Place): Value {
  return parsed(decrypt(dataKey, sealed, placeBytes(place))) as Value;
}

/** The parser's own message would quote the value. */
function parsed(plaintext: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8(plaintext));
  } catch {
    throw new Error("what was sealed is no JSON");
  }
}
