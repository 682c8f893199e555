import { gcm } from "@noble/ciphers/aes.js";
import { type NumberedKeys, parseNumberedKeys } from "../../bst/key-config.ts";
import { concat, fromUtf8, lengthPrefixed, utf8 } from "../../kernel/bytes.ts";
import type { Random } from "../../kernel/clock.ts";

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + 16;
const VERSION = 1;

/** Reads BOX_KEYS, the keys that wrap data keys; throws as `parseNumberedKeys`. */
export const parseBoxKeys = (config: string): NumberedKeys => parseNumberedKeys("BOX_KEYS", config);

/** AES-256-GCM (NIST SP 800-38D) with a random nonce before the ciphertext; `place` says where it may stand. */
export function sealUnder(key: Uint8Array, plaintext: Uint8Array, place: Uint8Array, random: Random): Uint8Array {
  const nonce = random(NONCE_BYTES);
  return concat(nonce, gcm(key, nonce, place).encrypt(plaintext));
}

/** Throws when the text was altered, moved from its place, or sealed under another key. */
export const openUnder = (key: Uint8Array, sealed: Uint8Array, place: Uint8Array): Uint8Array =>
  gcm(key, sealed.subarray(0, NONCE_BYTES), place).decrypt(sealed.subarray(NONCE_BYTES));

/** A data key as it is stored: version, the wrapping key's id, the wrapped key. */
const header = (keyId: string): Uint8Array => concat(Uint8Array.of(VERSION, keyId.length), utf8(keyId));

const keyPlace = (keyId: string, place: string): Uint8Array => lengthPrefixed(utf8("data key"), header(keyId), utf8(place));

/** Envelope encryption: each record has a data key of its own, wrapped by a key-encryption key that can be rotated. */
export class Envelope {
  private readonly keys: NumberedKeys;
  private readonly random: Random;

  constructor(keys: NumberedKeys, random: Random) {
    this.keys = keys;
    this.random = random;
  }

  /** A fresh data key, and the same one wrapped for storage at `place`. */
  newDataKey(place: string): { dataKey: Uint8Array; wrapped: Uint8Array } {
    const { current, byId } = this.keys;
    const dataKey = this.random(KEY_BYTES);
    const wrapped = sealUnder(byId.get(current)!, dataKey, keyPlace(current, place), this.random);
    return { dataKey, wrapped: concat(header(current), wrapped) };
  }

  /** Throws when the wrapping key is not there, or the wrapped key was altered or belongs elsewhere. */
  unwrap(wrapped: Uint8Array, place: string): Uint8Array {
    const keyId = readKeyId(wrapped);
    const key = this.keys.byId.get(keyId);
    if (!key) throw new Error(`no box key "${keyId}"`);
    return openUnder(key, wrapped.subarray(header(keyId).length), keyPlace(keyId, place));
  }

  /** A box: a record with its own data key, for one place, on its way to somebody who holds the same keys. */
  seal(plaintext: Uint8Array, place: string): Uint8Array {
    const { dataKey, wrapped } = this.newDataKey(place);
    return concat(wrapped, sealUnder(dataKey, plaintext, utf8(place), this.random));
  }

  /** Throws unless the box was sealed for this place and is whole. */
  open(box: Uint8Array, place: string): Uint8Array {
    const end = header(readKeyId(box)).length + WRAPPED_BYTES;
    return openUnder(this.unwrap(box.subarray(0, end), place), box.subarray(end), utf8(place));
  }
}

function readKeyId(wrapped: Uint8Array): string {
  if (wrapped[0] !== VERSION) throw new Error("not a sealed record of this version");
  return fromUtf8(wrapped.subarray(2, 2 + wrapped[1]!));
}
