import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { firstOf, type Lineage } from "../../../bst/lineage.ts";
import { lengthPrefixed, toHex, utf8 } from "../../../kernel/bytes.ts";

/** What cases are found by: HMAC-SHA-256 under the office's lookup key, each with a label of its own. Nothing else can be found by them. */
export class CaseKeys {
  readonly #lookupKey: Uint8Array;

  /** `lookupKey`: 32 bytes. */
  constructor(lookupKey: Uint8Array) {
    this.#lookupKey = lookupKey;
  }

  /** Of a phone, by the pseudonym that stays. */
  phone(p: Lineage): string {
    return this.#keyed("case phone", firstOf(p));
  }

  /** Of a file's bytes: the same file is known again, and nobody can try files out. */
  file(bytes: Uint8Array): string {
    return this.#keyed("case evidence", bytes);
  }

  /** Of a request: whoever reads it cannot guess what it said. */
  request(...parts: unknown[]): string {
    return this.#keyed("case request", utf8(JSON.stringify(parts)));
  }

  #keyed(label: string, bytes: Uint8Array): string {
    return toHex(hmac(sha256, this.#lookupKey, lengthPrefixed(utf8(label), bytes)));
  }
}
