import { type NumberedKeys, parseNumberedKeys } from "../bst/key-config.ts";
import { concat, lengthPrefixed, utf8 } from "../kernel/bytes.ts";
import type { Random } from "../kernel/clock.ts";
import { decrypt, encrypt, NONCE_BYTES, type Place, placeBytes, TAG_BYTES } from "./sealed.ts";

const KEY_BYTES = 32;
const WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + TAG_BYTES;
/** 1 was bound to its place in another way, and is not read. */
const VERSION = 2;
const KEY_ID = /^[1-9]\d{0,8}$/;

/** Reads BOX_KEYS, the key-encryption keys; throws as `parseNumberedKeys`. */
export const parseBoxKeys = (config: string): NumberedKeys => parseNumberedKeys("BOX_KEYS", config);

/** A wrapped data key begins with its version and the id of the key-encryption key. */
const header = (keyId: string): Uint8Array => concat(Uint8Array.of(VERSION, keyId.length), utf8(keyId));

const headerBytes = (wrapped: Uint8Array): number => 2 + (wrapped[1] ?? 0);

const bound = (keyId: string, place: Place): Uint8Array => lengthPrefixed(utf8("data key"), header(keyId), placeBytes(place));

/** Under which key-encryption key a data key, or a box, says that it is wrapped; null when it does not say. */
export function keyIdOf(wrapped: Uint8Array): string | null {
  const id = String.fromCharCode(...wrapped.subarray(2, headerBytes(wrapped)));
  return KEY_ID.test(id) ? id : null;
}

/** Envelope encryption: each record has a data key of its own, wrapped by a key-encryption key that can be rotated. */
export class Envelope {
  private readonly keys: NumberedKeys;
  private readonly random: Random;

  constructor(keys: NumberedKeys, random: Random) {
    this.keys = keys;
    this.random = random;
  }

  /** The id of the key-encryption key that wraps from now on. */
  get current(): string {
    return this.keys.current;
  }

  /** The ids of all key-encryption keys that are there. */
  get keyIds(): string[] {
    return [...this.keys.byId.keys()];
  }

  /** A fresh data key, and the same one wrapped for storage at `place`. */
  newDataKey(place: Place): { dataKey: Uint8Array; wrapped: Uint8Array } {
    const dataKey = this.random(KEY_BYTES);
    return { dataKey, wrapped: this.#wrap(dataKey, place) };
  }

  /** Throws when the key-encryption key is not there, or the wrapped key was altered or belongs elsewhere. */
  unwrap(wrapped: Uint8Array, place: Place): Uint8Array {
    const keyId = keyIdOf(wrapped);
    if (wrapped[0] !== VERSION || keyId === null) throw new Error("not a data key of this version");
    const key = this.keys.byId.get(keyId);
    if (!key) throw new Error(`no box key "${keyId}"`);
    return decrypt(key, wrapped.subarray(headerBytes(wrapped)), bound(keyId, place));
  }

  /** The same data key under the current key-encryption key; null when it is already. Throws as `unwrap`. */
  rewrap(wrapped: Uint8Array, place: Place): Uint8Array | null {
    const isCurrent = wrapped[0] === VERSION && keyIdOf(wrapped) === this.current;
    return isCurrent ? null : this.#wrap(this.unwrap(wrapped, place), place);
  }

  /** A box: a record with its own data key, for one place, on its way to somebody who holds the same keys. */
  seal(plaintext: Uint8Array, place: Place): Uint8Array {
    const { dataKey, wrapped } = this.newDataKey(place);
    return concat(wrapped, encrypt(dataKey, plaintext, placeBytes(place), this.random));
  }

  /** Throws unless the box was sealed for this place and is whole. */
  open(box: Uint8Array, place: Place): Uint8Array {
    const end = headerBytes(box) + WRAPPED_BYTES;
    return decrypt(this.unwrap(box.subarray(0, end), place), box.subarray(end), placeBytes(place));
  }

  #wrap(dataKey: Uint8Array, place: Place): Uint8Array {
    const { current, byId } = this.keys;
    return concat(header(current), encrypt(byId.get(current)!, dataKey, bound(current, place), this.random));
  }
}
